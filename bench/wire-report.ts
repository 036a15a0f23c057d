import type { Bar } from './bar-chart.ts';
import type { MeasuredAnswer, MeasuredAnswers, MeasuredFloor } from './wire-answers.ts';
import type { MeasuredRate } from './wire-rates.ts';

export interface WireResults extends MeasuredAnswers {
  readonly rates: readonly MeasuredRate[];
}

/** One thing that was asked of the service. */
interface Demand {
  readonly what: string;
  readonly asked: string;
  readonly measured: string;
  readonly isMet: boolean;
}

/** Time to the floor's, of answers of a million rows. */
const askedRatios: Readonly<Record<string, number>> = {
  VOTable: 1.3,
  CSV: 1.3,
  'VOTable BINARY2': 1.25,
};
const longAnswer = 1_000_000;

/** Milliseconds to the first byte; FITS begins with what only the last row tells. */
const askedFirstByte = 50;
const lateFormats: readonly string[] = ['FITS'];

/** MB. */
const askedMemory = 150;

/** Queries a second, milliseconds, and the part of the bare pool's rate that will do as well. */
const asked = { clients: 32, rate: 1500, p99: 60, ofPool: 1.5 } as const;

/** Floors of one SELECT that differ by more tell of a machine that was not quiet. */
const quiet = 1.25;

/** Markdown: what was asked, and everything that was measured. */
export function reportOf(results: WireResults): string {
  const { answers, floors, psql, rates } = results;
  const blocks = [
    demandLines(demandsOf(results)),
    rates.length === 0 ? [] : rateLines(rates),
    answers.length === 0 ? [] : answerLines(answers),
    psql.map(
      ({ rows, selection, seconds }) => `- psql, ${nameOf({ rows, selection })}: ${seconds} s`,
    ),
    floorLines(floors),
  ];
  const written = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${written.join('\n\n')}\n`;
}

/** The longest answers: how many times the floor each takes, and how much it may. */
export function barsOf({ answers }: WireResults): readonly Bar[] {
  const most = Math.max(...answers.map(({ rows }) => rows));
  return answers
    .filter(({ rows }) => rows === most)
    .map((answer) => {
      const limit = askedRatioOf(answer);
      const label = `${nameOf(answer)}: ${answer.format}`;
      return { label, value: answer.ratio, ...(limit === null ? {} : { limit }) };
    });
}

/** A line for the terminal as soon as there is one. */
export function answerLine(answer: MeasuredAnswer): string {
  const { format, ratio, total, floor, firstByte, bytes, rows, peak, loopDelay } = answer;
  const limit = askedRatioOf(answer);
  const cells = [
    nameOf(answer),
    format,
    ratio.toFixed(2),
    limit === null ? '' : `${limit.toFixed(2)}, ${verdict(ratio <= limit)}`,
    seconds(total),
    seconds(floor),
    seconds(answer.async),
    whole((rows / total) * 1000),
    (bytes / 1000 / total).toFixed(0),
    firstByte.toFixed(0),
    peak.toFixed(0),
    loopDelay.toFixed(1),
  ];
  return `| ${cells.join(' | ')} |`;
}

function demandsOf(results: WireResults): readonly Demand[] {
  const { answers, rates } = results;
  const ratios = answers.flatMap((answer): readonly Demand[] => {
    const limit = askedRatioOf(answer);
    if (limit === null) return [];
    const what = `${answer.format}, ${nameOf(answer)}: time / floor`;
    return [demand(what, { limit, value: answer.ratio, digits: 2 })];
  });
  const inTime = answers.filter(({ format }) => !lateFormats.includes(format));
  const late = inTime.toSorted((one, other) => other.firstByte - one.firstByte).slice(0, 1);
  const large = answers.toSorted((one, other) => other.peak - one.peak).slice(0, 1);
  const most = [
    ...late.map((answer) => {
      const what = `first byte, but for FITS (ms); latest: ${answer.format}, ${nameOf(answer)}`;
      return demand(what, { limit: askedFirstByte, value: answer.firstByte });
    }),
    ...large.map((answer) => {
      const what = `memory of the service (MB); most: ${answer.format}, ${nameOf(answer)}`;
      return demand(what, { limit: askedMemory, value: answer.peak });
    }),
  ];
  return [...ratios, ...most, ...rateDemands(rates)];
}

function demand(
  what: string,
  { limit, value, digits = 0 }: { limit: number; value: number; digits?: number },
): Demand {
  const [most, measured] = [limit.toFixed(digits), value.toFixed(digits)];
  return { what, asked: `<= ${most}`, measured, isMet: value <= limit };
}

function rateDemands(rates: readonly MeasuredRate[]): readonly Demand[] {
  return rates
    .filter(({ clients }) => clients === asked.clients)
    .map(({ clients, http, pool }) => {
      const isQuick = http.rate >= asked.rate && http.p99 < asked.p99;
      return {
        what: `small queries of ${String(clients)} clients`,
        asked: `>= ${whole(asked.rate)}/s, p99 < ${String(asked.p99)} ms; or the pool's rate / ${String(asked.ofPool)}`,
        measured: `${whole(http.rate)}/s, p99 ${http.p99.toFixed(0)} ms; pool ${whole(pool.rate)}/s`,
        isMet: isQuick || http.rate * asked.ofPool >= pool.rate,
      };
    });
}

function demandLines(demands: readonly Demand[]): readonly string[] {
  if (demands.length === 0) return [];
  return [
    '| asked | at most or at least | measured | |',
    '| --- | --- | --- | --- |',
    ...demands.map(({ what, isMet, ...rest }) => {
      return `| ${what} | ${rest.asked} | ${rest.measured} | ${verdict(isMet)} |`;
    }),
  ];
}

function rateLines(rates: readonly MeasuredRate[]): readonly string[] {
  return [
    '| clients | bare pool / cloudtap | queries/s | median ms | p99 ms | bare pool queries/s | median ms | p99 ms |',
    '| --: | --: | --: | --: | --: | --: | --: | --: |',
    ...rates.map(({ clients, http, pool }) => {
      const cells = [http, pool].flatMap(({ rate, median, p99 }) => [
        whole(rate),
        median.toFixed(2),
        p99.toFixed(1),
      ]);
      const ratio = (pool.rate / http.rate).toFixed(2);
      return `| ${[String(clients), ratio, ...cells].join(' | ')} |`;
    }),
  ];
}

function answerLines(answers: readonly MeasuredAnswer[]): readonly string[] {
  return [
    '| answer | format | s / floor s | asked | s | floor s | async s | rows/s | MB/s | first byte ms | peak MB | loop p99 ms |',
    '| --- | --- | --: | --- | --: | --: | --: | --: | --: | --: | --: | --: |',
    ...answers.map(answerLine),
  ];
}

/** How quiet the machine was: the same SELECT takes the same time then. */
function floorLines(floors: readonly MeasuredFloor[]): readonly string[] {
  return floors
    .filter(({ times }) => times.length > 1)
    .map(({ times, ...of }) => {
      const [least, most] = [Math.min(...times), Math.max(...times)];
      const noise = most / least > quiet ? ': the machine was not quiet, ratios may be off' : '';
      const binary = of.wireFormats.split(',').filter((format) => format === 'binary').length;
      const count = `${String(times.length)} times, ${String(binary)} columns in binary`;
      return `- floor of ${nameOf(of)} (${count}): ${seconds(least)} to ${seconds(most)} s${noise}`;
    });
}

function askedRatioOf({ rows, format }: MeasuredAnswer): number | null {
  return rows < longAnswer ? null : (askedRatios[format] ?? null);
}

function nameOf({ rows, selection }: Pick<MeasuredAnswer, 'rows' | 'selection'>): string {
  return `${whole(rows)} x ${selection}`;
}

function verdict(isMet: boolean): string {
  return isMet ? 'met' : 'missed';
}

function whole(number: number): string {
  return Math.round(number).toLocaleString('en');
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}
