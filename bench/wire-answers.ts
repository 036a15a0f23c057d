import type { ResultFormat } from '../src/format/result-format.ts';
import { resultFormats } from '../src/format/result-formats.ts';
import type { Bar } from './bar-chart.ts';
import { readFloor } from './floor.ts';
import { download, downloadResult, peakMemory } from './http-client.ts';
import { median } from './measure.ts';
import { maxRecords, psqlSeconds, type WireQuery, type WireSetting } from './wire-setting.ts';

/** What of all answers is measured. */
export interface AnswerChoice {
  readonly rowCounts: readonly number[];
  readonly selections: readonly Selection[];
  /** Names that the clients use: `votable`, `csv`... */
  readonly formats: readonly string[] | null;
  readonly rounds: number;
}

export type Selection = keyof typeof selections;

const tenColumns =
  'obs_id, access_url, s_ra, s_dec, t_min, t_max, access_estsize, s_region, calib_level, cloud_uri';
const selections = { '10 columns': tenColumns, 'all columns': '*' } as const;

export function isSelection(name: string): name is Selection {
  return Object.hasOwn(selections, name);
}

export const allSelections = Object.keys(selections).filter(isSelection);

const heading = [
  '| answer | format | s | floor s | ratio | async s | rows/s | MB/s | first byte ms | peak MB | loop p99 ms |',
  '| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |',
];

/** Every chosen answer, sync and async, beside its floor in the same round. A line for each to `tell`. */
export async function measureAnswers(
  setting: WireSetting,
  choice: AnswerChoice,
  tell: (line: string) => void,
): Promise<readonly Bar[]> {
  const bars: Bar[] = [];
  ['', ...heading].forEach(tell);
  for (const rows of choice.rowCounts) {
    for (const selection of choice.selections) {
      const query = setting.translated(
        `SELECT TOP ${String(rows)} ${selections[selection]} FROM ivoa.obscore`,
      );
      const name = `${rows.toLocaleString('en')} x ${selection}`;
      for (const format of resultFormats.filter((row) => isChosen(row, choice))) {
        const measured = await measureAnswer({ ...query, format }, setting, choice.rounds);
        tell(`| ${name} | ${format.name} | ${cellsOf(measured, rows).join(' | ')} |`);
        bars.push({ label: `${name}: ${format.name}`, value: ratioOf(measured) });
      }
      tell(`| ${name} | psql | ${psqlSeconds(query.adql, setting.server)} | | | | | | | | |`);
    }
  }
  return bars;
}

/** A preview has no long answers. */
function isChosen({ name, aliases, rowLimit }: ResultFormat, { formats }: AnswerChoice): boolean {
  if (rowLimit !== undefined) return false;
  return formats === null || formats.some((one) => one === name || aliases.includes(one));
}

/** Medians; times in milliseconds. */
interface Measured {
  readonly floor: number;
  readonly total: number;
  readonly async: number;
  readonly firstByte: number;
  readonly bytes: number;
  /** MB. */
  readonly peak: number;
  readonly loopDelay: number;
}

function ratioOf({ total, floor }: Measured): number {
  return total / floor;
}

function cellsOf(measured: Measured, rows: number): readonly string[] {
  const { total, floor, bytes, firstByte, peak, loopDelay } = measured;
  const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(2);
  return [
    seconds(total),
    seconds(floor),
    ratioOf(measured).toFixed(2),
    seconds(measured.async),
    Math.round((rows / total) * 1000).toLocaleString('en'),
    (bytes / 1000 / total).toFixed(0),
    firstByte.toFixed(0),
    peak.toFixed(0),
    loopDelay.toFixed(1),
  ];
}

async function measureAnswer(
  query: WireQuery & { readonly format: ResultFormat },
  { server, service, probe }: WireSetting,
  rounds: number,
): Promise<Measured> {
  const { adql, statement, columns, format } = query;
  const form = {
    LANG: 'ADQL',
    QUERY: adql,
    MAXREC: String(maxRecords),
    RESPONSEFORMAT: format.mediaType,
  };
  const head = { columns, query: adql, warnings: [], requestDate: '' };
  const { wireFormats } = await format.createEncoder(head);
  const [floors, totals, firsts]: [number[], number[], number[]] = [[], [], []];
  let [bytes, asyncTime] = [0, 0];
  await probe.latest(service.processId);
  const peak = await peakMemory(service.processId, async () => {
    for (let round = 0; round < rounds; round += 1) {
      floors.push(await readFloor(server.connection, statement, wireFormats));
      const answer = await download(`${service.url}/sync`, form);
      totals.push(answer.total);
      firsts.push(answer.firstByte);
      bytes = answer.bytes;
    }
    asyncTime = await runJob(service.url, form);
  });
  const loopDelay = await probe.latest(service.processId);
  const [floor, total, firstByte] = [median(floors), median(totals), median(firsts)];
  return { floor, total, async: asyncTime, firstByte, bytes, peak, loopDelay };
}

/** Milliseconds from posting a job to the last byte of its result. */
async function runJob(url: string, form: Readonly<Record<string, string>>): Promise<number> {
  const began = performance.now();
  const body = new URLSearchParams({ ...form, PHASE: 'RUN' });
  const posted = await fetch(`${url}/async`, { method: 'POST', body, redirect: 'manual' });
  const job = new URL(posted.headers.get('location') ?? '', url).href;
  let phase = 'QUEUED';
  while (phase === 'QUEUED' || phase === 'EXECUTING') {
    const document = await (await fetch(`${job}?WAIT=30`)).text();
    phase = /phase>(\w+)</.exec(document)?.[1] ?? '';
  }
  if (phase !== 'COMPLETED') throw new Error(`the job ended as ${phase}`);
  await downloadResult(`${job}/results/result`);
  const total = performance.now() - began;
  await fetch(job, { method: 'DELETE', redirect: 'manual' });
  return total;
}
