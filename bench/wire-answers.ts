import type { ResultFormat } from '../src/format/result-format.ts';
import { resultFormats } from '../src/format/result-formats.ts';
import type { WireFormat } from '../src/row-batch.ts';
import { readFloor } from './floor.ts';
import { download, downloadResult, type Form, peakMemory } from './http-client.ts';
import { median } from './measure.ts';
import { maxRecords, psqlSeconds, type WireQuery, type WireSetting } from './wire-setting.ts';

/** What of all answers is measured. */
export interface AnswerChoice {
  readonly rowCounts: readonly number[];
  readonly selections: readonly Selection[];
  /** Names that the clients use: `votable`, `csv`... */
  readonly formats: readonly string[] | null;
  /** At most: what takes long has fewer. */
  readonly rounds: number;
}

export type Selection = keyof typeof selections;

const tenColumns =
  'obs_id, access_url, s_ra, s_dec, t_min, t_max, access_estsize, s_region, calib_level, cloud_uri';
export const selections = { '10 columns': tenColumns, 'all columns': '*' } as const;

export function isSelection(name: string): name is Selection {
  return Object.hasOwn(selections, name);
}

export const allSelections = Object.keys(selections).filter(isSelection);

/** One query in one format, sync and async. Times are medians, in milliseconds. */
export interface MeasuredAnswer {
  readonly rows: number;
  readonly selection: Selection;
  readonly format: string;
  /** Total to floor, the median of those of each round. */
  readonly ratio: number;
  readonly total: number;
  readonly floor: number;
  readonly async: number;
  readonly firstByte: number;
  readonly bytes: number;
  /** MB. */
  readonly peak: number;
  readonly loopDelay: number;
}

/** The same SELECT in the same wire formats, read and dropped each time that it was a floor. */
export interface MeasuredFloor {
  readonly rows: number;
  readonly selection: Selection;
  readonly wireFormats: string;
  /** Milliseconds. */
  readonly times: readonly number[];
}

/** By psql, its own output format, dropped. */
interface MeasuredPsql {
  readonly rows: number;
  readonly selection: Selection;
  /** Seconds, or why not. */
  readonly seconds: string;
}

export interface MeasuredAnswers {
  readonly answers: readonly MeasuredAnswer[];
  readonly floors: readonly MeasuredFloor[];
  readonly psql: readonly MeasuredPsql[];
}

/** Milliseconds of rounds after which no further one begins. */
const enough = 20_000;

/** Written as another format is, but for a line. */
const repeated: readonly string[] = ['VOTable TABLEDATA', 'CSV without header'];

/** Every chosen answer, sync and async, beside its floor in the same round; each is told at once. */
export async function measureAnswers(
  setting: WireSetting,
  choice: AnswerChoice,
  tell: (answer: MeasuredAnswer) => void,
): Promise<MeasuredAnswers> {
  const [answers, psql]: [MeasuredAnswer[], MeasuredPsql[]] = [[], []];
  const floors = new Map<string, MeasuredFloor & { readonly times: number[] }>();
  for (const rows of choice.rowCounts) {
    for (const selection of choice.selections) {
      const text = `SELECT TOP ${String(rows)} ${selections[selection]} FROM ivoa.obscore`;
      const query = setting.translated(text);
      for (const format of resultFormats.filter((row) => isChosen(row, choice))) {
        const question = await questionOf(query, format);
        const times = await measureAnswer(question, setting, choice.rounds);
        const answer = { rows, selection, format: format.name, ...summaryOf(times) };
        answers.push(answer);
        tell(answer);
        keepFloors({ rows, selection, wireFormats: question.wireFormats.join() }, times, floors);
      }
      psql.push({ rows, selection, seconds: psqlSeconds(query.adql, setting.server) });
    }
  }
  return { answers, floors: [...floors.values()], psql };
}

/** A preview has no long answers. */
function isChosen({ name, aliases, rowLimit }: ResultFormat, { formats }: AnswerChoice): boolean {
  if (rowLimit !== undefined || repeated.includes(name)) return false;
  return formats === null || formats.some((one) => one === name || aliases.includes(one));
}

interface Question {
  readonly query: WireQuery;
  readonly form: Form;
  readonly wireFormats: readonly WireFormat[];
}

async function questionOf(query: WireQuery, format: ResultFormat): Promise<Question> {
  const { adql, columns } = query;
  const head = { columns, query: adql, warnings: [], requestDate: '' };
  const { wireFormats } = await format.createEncoder(head);
  const RESPONSEFORMAT = format.mediaType;
  const form = { LANG: 'ADQL', QUERY: adql, MAXREC: String(maxRecords), RESPONSEFORMAT };
  return { query, form, wireFormats };
}

/** Of each round; times in milliseconds. */
interface Times extends Pick<MeasuredAnswer, 'async' | 'peak' | 'bytes' | 'loopDelay'> {
  readonly floors: readonly number[];
  readonly totals: readonly number[];
  readonly firstBytes: readonly number[];
}

async function measureAnswer(
  { query, form, wireFormats }: Question,
  { server, service, probe }: WireSetting,
  rounds: number,
): Promise<Times> {
  const [floors, totals, firstBytes]: [number[], number[], number[]] = [[], [], []];
  let [bytes, async] = [0, 0];
  await probe.latest(service.processId);
  const peak = await peakMemory(service.processId, async () => {
    const began = performance.now();
    while (totals.length < rounds && performance.now() - began < enough) {
      floors.push(await readFloor(server.connection, query.statement, wireFormats));
      const answer = await download(`${service.url}/sync`, form);
      totals.push(answer.total);
      firstBytes.push(answer.firstByte);
      bytes = answer.bytes;
    }
    async = await runJob(service.url, form);
  });
  const loopDelay = await probe.latest(service.processId);
  return { floors, totals, firstBytes, bytes, async, peak, loopDelay };
}

function summaryOf(times: Times): Omit<MeasuredAnswer, 'rows' | 'selection' | 'format'> {
  const { floors, totals, firstBytes, bytes, async, peak, loopDelay } = times;
  return {
    ratio: median(totals.map((total, round) => total / (floors[round] ?? Number.NaN))),
    total: median(totals),
    floor: median(floors),
    firstByte: median(firstBytes),
    ...{ bytes, async, peak, loopDelay },
  };
}

function keepFloors(
  of: Omit<MeasuredFloor, 'times'>,
  { floors }: Times,
  kept: Map<string, MeasuredFloor & { readonly times: number[] }>,
): void {
  const key = Object.values(of).join();
  const known = kept.get(key) ?? { ...of, times: [] };
  known.times.push(...floors);
  kept.set(key, known);
}

/** Milliseconds from posting a job to the last byte of its result. */
async function runJob(url: string, form: Form): Promise<number> {
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
