/**
 * `npm run bench:wire`: long answers in every format, and the rate of small queries, over HTTP.
 * Against them in the same run: the floor (the same SELECT read from PostgreSQL's socket, its bytes
 * dropped) and psql. Ratios are to the floor in the wire formats that the format asks for.
 * Needs the full catalogue of `npm run bench` in `.data/bench-full` (or the folder given); writes
 * `bench/results/wire.md` and `wire.svg`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { Agent } from 'node:http';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type OutputColumn, type SqlStatement, translate } from '../adql/index.ts';
import { type EmbeddedServer, startEmbedded } from '../src/database/embedded/start-embedded.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { resultFormats } from '../src/format/result-formats.ts';
import type { ResultFormat } from '../src/format/result-format.ts';
import { packageRoot } from '../src/package-root.ts';
import { loadCatalog } from '../src/tap-schema/load-catalog.ts';
import { type StartedService, startedService } from '../test/clients/started-service.ts';
import { type Bar, barChart } from './bar-chart.ts';
import { readFloor } from './floor.ts';
import { download, peakMemory } from './http-client.ts';
import { median } from './measure.ts';

const tenColumns =
  'obs_id, access_url, s_ra, s_dec, t_min, t_max, access_estsize, s_region, calib_level, cloud_uri';
const selections = { '10 columns': tenColumns, 'all columns': '*' };
const rowCounts = [100_000, 1_000_000];
const clientCounts = [1, 8, 32];
/** Milliseconds of small queries; the first fifth does not count. */
const rateDuration = 5000;
const rounds = 3;
const folder = process.argv[2] ?? join(packageRoot(), '.data', 'bench-full');

const lines: string[] = [];
const bars: Bar[] = [];
const agent = new Agent({ keepAlive: true });
const server = await startEmbedded({ dataDirectory: folder, log: () => undefined });
try {
  const { host, user, database, port } = server.connection;
  const url = `postgres://${user}@/${database}?host=${encodeURIComponent(host)}&port=${String(port)}`;
  const service = await startedService({ DATABASE_URL: url, MAXREC_HARD: '2000000' });
  try {
    await measureRates(service);
    await measureAnswers(service);
  } finally {
    await service.stop();
  }
} finally {
  agent.destroy();
  await server.stop();
}
const results = join(packageRoot(), 'bench', 'results');
await mkdir(results, { recursive: true });
await writeFile(join(results, 'wire.md'), `${lines.join('\n')}\n`);
await writeFile(join(results, 'wire.svg'), barChart('time of an answer / floor', bars));

function tell(line: string): void {
  lines.push(line);
  process.stdout.write(`${line}\n`);
}

async function measureAnswers(service: StartedService): Promise<void> {
  tell('');
  tell('| answer | format | s | floor s | ratio | rows/s | MB/s | first byte ms | peak MB |');
  tell('| --- | --- | --: | --: | --: | --: | --: | --: | --: |');
  for (const rows of rowCounts) {
    for (const name of Object.keys(selections)) {
      await measureFormats(name as keyof typeof selections, rows, service);
    }
  }
}

interface Measured {
  readonly query: string;
  readonly statement: SqlStatement;
  readonly columns: readonly OutputColumn[];
  readonly rows: number;
  readonly name: string;
}

async function measureFormats(
  selection: keyof typeof selections,
  rows: number,
  service: StartedService,
): Promise<void> {
  const query = `SELECT TOP ${String(rows)} ${selections[selection]} FROM ivoa.obscore`;
  const name = `${rows.toLocaleString('en')} x ${selection}`;
  const measured = { query, rows, name, ...(await translated(query, server)) };
  for (const format of resultFormats) {
    // A preview has no long answers.
    if (format.rowLimit === undefined) await measureFormat(measured, format, service);
  }
  tell(`| ${name} | psql | ${psqlSeconds(query, server)} | | | | | | |`);
}

async function measureFormat(
  { query, statement, columns, rows, name }: Measured,
  format: ResultFormat,
  { url, processId }: StartedService,
): Promise<void> {
  const form = { LANG: 'ADQL', QUERY: query, MAXREC: '2000000', RESPONSEFORMAT: format.mediaType };
  const head = { columns, query, warnings: [], requestDate: '' };
  const { wireFormats } = format.createEncoder(head);
  const [floors, totals, firsts]: [number[], number[], number[]] = [[], [], []];
  let size = 0;
  const peak = await peakMemory(processId, async () => {
    for (let round = 0; round < rounds; round += 1) {
      floors.push(await readFloor(server.connection, statement, wireFormats));
      const { total, firstByte, bytes } = await download(`${url}/sync`, form, agent);
      totals.push(total);
      firsts.push(firstByte);
      size = bytes;
    }
  });
  const [floor, total] = [median(floors) / 1000, median(totals) / 1000];
  const times = [total.toFixed(2), floor.toFixed(2), (total / floor).toFixed(2)];
  const speeds = [Math.round(rows / total).toLocaleString('en'), (size / 1e6 / total).toFixed(0)];
  const cells = [
    name,
    format.name,
    ...times,
    ...speeds,
    median(firsts).toFixed(0),
    peak.toFixed(0),
  ];
  tell(`| ${cells.join(' | ')} |`);
  bars.push({ label: `${name}: ${format.name}`, value: total / floor });
}

async function translated(
  query: string,
  { connection }: EmbeddedServer,
): Promise<Pick<Measured, 'statement' | 'columns'>> {
  const database = await openDatabase({ owner: connection });
  const catalog = await loadCatalog(database.owner);
  await database.end();
  return translate(query, { catalog, language: 'ADQL-2.1', rowLimit: 2_000_001 });
}

/** As psql's own \timing tells it, its output dropped; psql is no part of the project. */
function psqlSeconds(query: string, { connection }: EmbeddedServer): string {
  const { host, user, database, port } = connection;
  const [select, rows] = [query.replace(/TOP \d+ /, ''), /TOP (\d+)/.exec(query)?.[1] ?? ''];
  const input = `\\timing on\n\\o /dev/null\n${select} LIMIT ${rows};\n`;
  const login = ['-h', host, '-p', String(port), '-U', user, '-d', database];
  const run = spawnSync('psql', ['-X', '-q', '-A', ...login], { input, encoding: 'utf8' });
  const time = /^Time: ([0-9.]+) ms/m.exec(run.error === undefined ? run.stdout : '')?.[1];
  return time === undefined ? 'no psql' : (Number(time) / 1000).toFixed(2);
}

async function measureRates(service: StartedService): Promise<void> {
  tell('| clients | queries/s | median ms | p99 ms |');
  tell('| --: | --: | --: | --: |');
  for (const clients of clientCounts) {
    const times = (await smallQueries(service.url, clients)).toSorted((a, b) => a - b);
    const rate = (times.length / (rateDuration * 0.8)) * 1000;
    const last = times[Math.floor(times.length * 0.99)] ?? Number.NaN;
    const cells = [clients, rate.toFixed(0), median(times).toFixed(2), last.toFixed(2)];
    tell(`| ${cells.join(' | ')} |`);
  }
}

/** Milliseconds of each query of so many clients that ask one after the other. */
async function smallQueries(url: string, clients: number): Promise<readonly number[]> {
  const keptAlive = new Agent({ keepAlive: true, maxSockets: clients });
  const query = `SELECT access_url FROM ivoa.obscore WHERE obs_id = 'tess2019141105932-s0012-3-4-0144-s'`;
  const began = performance.now();
  const times: number[] = [];
  const client = async (): Promise<void> => {
    while (performance.now() - began < rateDuration) {
      const { total } = await download(`${url}/sync`, { LANG: 'ADQL', QUERY: query }, keptAlive);
      if (performance.now() - began > rateDuration * 0.2) times.push(total);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  keptAlive.destroy();
  return times;
}
