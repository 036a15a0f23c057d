import { median } from './measure.ts';
import type { Difference } from './sky-answers.ts';
import type { Candidate } from './sky-candidates.ts';
import type { Content } from './sky-content.ts';
import { goalsOf } from './sky-goals.ts';
import type { Measured } from './sky-timing.ts';

export interface SkyResults {
  /** Could pgSphere and q3c be asked? */
  readonly hasPeers: boolean;
  readonly measured: readonly Measured[];
  readonly differences: readonly Difference[];
  /** Greatest differences from pgSphere's distances, degrees, one for each catalogue. */
  readonly distances: readonly number[];
}

const contentNames: Readonly<Record<Content, string>> = {
  tess: '4,482,130 TESS images',
  small: '1,000,000 small footprints',
};

const peers = ['pgSphere', 'pgSphere, joined', 'q3c filter', 'q3c join'] as const;

/** Markdown: medians in ms, and medians of the ratios of runs that were made side by side. */
export function reportOf({ hasPeers, measured, differences, distances }: SkyResults): string {
  const lines = [
    'Medians of up to 60 runs, ms; behind the stroke cloudtap : other, the median of paired runs (below 1 cloudtap',
    'is quicker). `floor` fetches the same rows by their key; `joined` is pgSphere with a table of the different',
    'footprints, made by hand. `asked` is what the ratio may be at most.',
    ...(hasPeers
      ? []
      : [
          '',
          'pgSphere and q3c are not compared: postgresql-15-pgsphere and postgresql-15-q3c are not installed.',
        ]),
  ];
  for (const content of ['tess', 'small'] as const) {
    const rows = measured.filter((one) => one.content === content);
    if (rows.length === 0) continue;
    const heads = ['rows', 'cloudtap', 'floor', ...(hasPeers ? peers : []), 'asked'];
    lines.push('', `**${contentNames[content]}**`, '', `| question | ${heads.join(' | ')} |`);
    lines.push(`| --- |${heads.map(() => ' --: |').join('')}`);
    lines.push(...rows.map((one) => lineOf(one, hasPeers)));
  }
  if (hasPeers) lines.push('', ...differenceLines(differences), '', distanceLine(distances));
  return `${lines.join('\n')}\n`;
}

function lineOf(measured: Measured, hasPeers: boolean): string {
  const { question, timings } = measured;
  const own = timings.filter(({ name }) => name === 'cloudtap');
  const byRun = new Map(own.map((timing) => [timing.run, timing.milliseconds]));
  const cell = (candidate: Candidate): string => {
    const others = timings.filter(({ name }) => name === candidate);
    if (others.length === 0) return '';
    const ratios = others.map(({ run, milliseconds }) => (byRun.get(run) ?? 0) / milliseconds);
    const time = median(others.map(({ milliseconds }) => milliseconds));
    return `${time.toFixed(2)} / ${median(ratios).toFixed(2)}`;
  };
  const cells = [
    String(median(own.map(({ rows }) => rows))),
    median(own.map(({ milliseconds }) => milliseconds)).toFixed(2),
    cell('floor'),
    ...(hasPeers ? peers.map(cell) : []),
    verdictOf(measured),
  ];
  return `| ${question.name} | ${cells.join(' | ')} |`;
}

/** `0.5 x pgSphere: 0.32, met` */
function verdictOf(measured: Measured): string {
  return goalsOf(measured)
    .map(
      ({ asked, ratio, isMet }) => `${asked}: ${ratio.toFixed(2)}, ${isMet ? 'met' : '**missed**'}`,
    )
    .join('; ');
}

function distanceLine(distances: readonly number[]): string {
  const most = Math.max(...distances).toExponential(1);
  return `Distances of 200,000 pairs in each catalogue differ from those of pgSphere by ${most} degrees at most.`;
}

/** pgSphere takes what is nearer than 1e-9 radians for the same, degrees. */
const tolerance = 6e-8;

function differenceLines(differences: readonly Difference[]): readonly string[] {
  if (differences.length === 0) return ['All answers hold the same rows.'];
  return [
    'Answers that differ in some rows at a place:',
    '',
    ...differences.map(({ question, candidate, rows, farthest }) => {
      const reason =
        farthest <= tolerance
          ? 'all of them nearer to the border than 1e-9 radians, which pgSphere does not tell apart'
          : 'NOT explained by rounding';
      return `- ${question}, ${candidate}: ${String(rows)} rows, up to ${farthest.toExponential(1)} degrees from the border: ${reason}.`;
    }),
  ];
}
