/**
 * `npm run bench:peer`: long answers in TABLEDATA, a query of one row, and the same as a job, by
 * cloudtap and by DaCHS (Debian's `python3-gavo` with postgresql-15-pgsphere and postgresql-15-q3c) on
 * the same rows: one client, one run, in turn. Each has its own database, DaCHS PostgreSQL 15 with
 * pgSphere, cloudtap the embedded one, read alone for the floor. All of them share the machine.
 *
 * Takes some 5 minutes, and the full catalogue of `npm run bench` in `.data/bench-full` (or
 * `--folder`). A try: `--rows 20000 --rounds 1`, which only prints; the whole also writes
 * `bench/results/peer.md`. Without DaCHS it says so and ends.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { packageRoot } from '../src/package-root.ts';
import { readFloor } from './floor.ts';
import { download, type Form, peakMemory } from './http-client.ts';
import { median } from './measure.ts';
import { dachsVersion, startDachs } from './peer-dachs-server.ts';
import { type Selection, selections } from './wire-answers.ts';
import { maxRecords, startSetting, type WireSetting } from './wire-setting.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    folder: { type: 'string', default: join(packageRoot(), '.data', 'bench-full') },
  },
});
const rows = Number(values.rows ?? 1_000_000);
const rounds = Number(values.rounds);
const ownTable = 'ivoa.obscore';

/** A service that is measured. */
interface Candidate {
  readonly url: string;
  readonly processId: number;
  /** Its catalogue, as ADQL names it. */
  readonly table: string;
}

interface Question {
  readonly name: string;
  /** `{table}` stands for the catalogue. */
  readonly adql: string;
  /** Of the answer. */
  readonly rows: number;
  readonly rounds: number;
  /** @returns milliseconds until the last byte of the answer */
  readonly ask: (tapUrl: string, form: Form) => Promise<number>;
}

const version = await dachsVersion();
if (version === null) process.stdout.write('DaCHS is not installed\n');
else await compareWith(`DaCHS ${version}`);

async function compareWith(peerName: string): Promise<void> {
  const setting = await startSetting(values.folder);
  const folder = await mkdtemp(join(tmpdir(), 'cloudtap-peer-'));
  try {
    const { columns } = setting.translated(`SELECT * FROM ${ownTable}`);
    const peer = await startDachs(folder, { server: setting.server.connection, columns, rows });
    try {
      await measure(setting, peer, peerName);
    } finally {
      await peer.stop();
    }
  } finally {
    await setting.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(setting: WireSetting, peer: Candidate, peerName: string): Promise<void> {
  const own = { ...setting.service, table: ownTable };
  const lines: string[] = [];
  const tell = (...cells: readonly string[]): void => {
    const line = `| ${cells.join(' | ')} |`;
    lines.push(line);
    process.stdout.write(`${line}\n`);
  };
  const heads = ['TABLEDATA', 'cloudtap', peerName, 'times quicker', 'floor'];
  tell(...heads, 'cloudtap MB', 'DaCHS MB');
  tell('---', '--:', '--:', '--:', '--:', '--:', '--:');
  for (const question of questions(await anyImage(peer))) {
    const [ours, theirs] = [runOf(question, own), runOf(question, peer)];
    const floor = floorOf(question, setting);
    for (const candidate of [own, peer]) await checkAnswer(question, candidate);
    await inTurn(question.rounds, [ours, theirs, floor]);
    const ratio = (median(theirs.times) / median(ours.times)).toFixed(1);
    const figures = [figure(question, ours), figure(question, theirs), ratio];
    const peaks = [ours.peak.toFixed(0), theirs.peak.toFixed(0)];
    tell(question.name, ...figures, figure(question, floor), ...peaks);
  }
  if (values.rows === undefined) await writeResults(lines);
}

async function writeResults(lines: readonly string[]): Promise<void> {
  const results = join(packageRoot(), 'bench', 'results');
  await mkdir(results, { recursive: true });
  await writeFile(join(results, 'peer.md'), `${lines.join('\n')}\n`);
}

function questions(image: string): readonly Question[] {
  const oneRow = {
    adql: `SELECT TOP 1 access_url FROM {table} WHERE obs_id = '${image}'`,
    rows: 1,
    rounds: 10 * rounds,
  };
  return [
    longAnswer(rows, '10 columns'),
    longAnswer(Math.min(rows, 100_000), 'all columns'),
    { name: 'one row by obs_id, sync', ...oneRow, ask: askSync },
    { name: 'the same as a job, POST to result', ...oneRow, ask: askAsync },
  ];
}

function longAnswer(count: number, selection: Selection): Question {
  const name = `${count.toLocaleString('en')} rows x ${selection}, sync`;
  const adql = `SELECT TOP ${String(count)} ${selections[selection]} FROM {table}`;
  return { name, adql, rows: count, rounds, ask: askSync };
}

/** The obs_id of an image that both have. */
async function anyImage({ url, table }: Candidate): Promise<string> {
  const QUERY = `SELECT TOP 1 obs_id FROM ${table}`;
  const form = { LANG: 'ADQL', QUERY, RESPONSEFORMAT: 'votable/td' };
  const answer = await post(`${url}/sync`, form);
  return /<TD>([^<]+)<\/TD>/.exec(await answer.text())?.[1] ?? '';
}

function post(url: string, form: Form): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
}

async function askSync(tapUrl: string, form: Form): Promise<number> {
  return (await download(`${tapUrl}/sync`, form)).total;
}

/**
 * Polls, because DaCHS looks only once a second when a client waits with WAIT; and it starts a job
 * only when told so after it was made.
 */
async function askAsync(tapUrl: string, form: Form): Promise<number> {
  const began = performance.now();
  const posted = await post(`${tapUrl}/async`, form);
  const job = new URL(posted.headers.get('location') ?? '', tapUrl).href;
  await post(`${job}/phase`, { PHASE: 'RUN' });
  for (;;) {
    const phase = (await (await fetch(`${job}/phase`)).text()).trim();
    if (phase === 'COMPLETED') break;
    if (phase !== 'QUEUED' && phase !== 'EXECUTING') throw new Error(`the job is ${phase}`);
    await delay(10);
  }
  await (await fetch(`${job}/results/result`)).text();
  return performance.now() - began;
}

/** What one candidate did with one question. */
interface Run {
  readonly processId: number;
  /** @returns milliseconds */
  readonly ask: () => Promise<number>;
  /** What it returned, one of each round. */
  readonly times: number[];
  /** The most memory that its process had, MB. */
  peak: number;
}

function runOf(question: Question, candidate: Candidate): Run {
  const { processId, url } = candidate;
  const form = formOf(question, candidate);
  return { processId, ask: () => question.ask(url, form), times: [], peak: 0 };
}

/** The same SELECT read from PostgreSQL's socket, its bytes dropped: no service can be quicker. */
function floorOf({ adql }: Question, { translated, server }: WireSetting): Run {
  const { statement, columns } = translated(adql.replace('{table}', ownTable));
  const wireFormats = columns.map(() => 'text' as const);
  const ask = () => readFloor(server.connection, statement, wireFormats);
  return { processId: 0, ask, times: [], peak: 0 };
}

function formOf({ adql }: Question, { table }: Candidate): Form {
  const QUERY = adql.replace('{table}', table);
  return { LANG: 'ADQL', QUERY, MAXREC: String(maxRecords), RESPONSEFORMAT: 'votable/td' };
}

async function inTurn(rounds: number, runs: readonly Run[]): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    for (const run of runs) {
      const peak = await peakMemory(run.processId, async () => {
        run.times.push(await run.ask());
      });
      run.peak = Math.max(run.peak, peak);
    }
  }
}

/** Does the answer have the rows that it is measured by? Warms the caches too; its time does not count. */
async function checkAnswer(question: Question, candidate: Candidate): Promise<void> {
  const answer = await post(`${candidate.url}/sync`, formOf(question, candidate));
  let [found, end] = [0, ''];
  for await (const chunk of answer.body ?? []) {
    const text = end + Buffer.from(chunk).toString('latin1');
    found += text.split('<TR>').length - 1;
    end = text.slice(-'<TR'.length);
  }
  if (found === question.rows) return;
  throw new Error(`${candidate.table} answered with ${String(found)} rows`);
}

/** Rows a second of a long answer, milliseconds of a small one. */
function figure({ rows }: Question, { times }: Run): string {
  const time = median(times);
  if (rows === 1) return `${time.toFixed(1)} ms`;
  return `${Math.round((rows / time) * 1000).toLocaleString('en')} rows/s`;
}
