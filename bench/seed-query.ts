/**
 * `npm run bench`: the seed's query (LIKE and equality forms) end to end over HTTP, on the sample
 * (sector 12) and on all 4,482,130 images of sectors 1-68. Against it, on the same database in the
 * same run: the raw driver with the SQL that the translator makes, and psql with the query as it is
 * written. Prints ratios: machines differ, ratios less so.
 * Databases are kept in `.data/bench-*`; the full one is loaded at the first run.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import pg from 'pg';
import { type SqlStatement, translate } from '../adql/index.ts';
import { type EmbeddedServer, startEmbedded } from '../src/database/embedded/start-embedded.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { packageRoot } from '../src/package-root.ts';
import { loadCatalog } from '../src/tap-schema/load-catalog.ts';
import { startedService } from '../test/clients/started-service.ts';
import { interleaved, median } from './measure.ts';

const columns = 'access_url, cloud_access, cloud_uri';
const queries = {
  'LIKE (the seed)': `SELECT ${columns} FROM ivoa.obscore WHERE obs_collection='TESS' AND dataproduct_type='image' AND obs_id LIKE 'tess%-s0012-3-4%'`,
  'equality (one row)': `SELECT ${columns} FROM ivoa.obscore WHERE obs_id = 'tess2019141105932-s0012-3-4-0144-s'`,
};
const rounds = 40;
const agent = new Agent({ keepAlive: true });
const main = join(packageRoot(), 'dist', 'src', 'main.js');

process.stdout.write(
  '| catalogue | query | rows | HTTP ms | driver ms | psql, as written ms | HTTP / driver |\n' +
    '| --- | --- | --: | --: | --: | --: | --: |\n',
);
await measure('sample', '.data/bench-sample', false);
await measure('all sectors', '.data/bench-full', true);

async function measure(name: string, folder: string, full: boolean): Promise<void> {
  const server = await startEmbedded({
    dataDirectory: join(packageRoot(), folder),
    log: () => undefined,
  });
  try {
    const settings = { DATABASE_URL: urlOf(server), SAMPLE: 'true' };
    const service = await startedService(settings);
    try {
      if (full && !(await isLoaded(service.url))) await loadAll(settings);
      for (const [form, query] of Object.entries(queries)) {
        await compare(`${name} | ${form}`, { query, server, url: service.url });
      }
    } finally {
      await service.stop();
    }
  } finally {
    await server.stop();
  }
}

interface Comparison {
  readonly query: string;
  readonly server: EmbeddedServer;
  readonly url: string;
}

async function compare(name: string, { query, server, url }: Comparison): Promise<void> {
  const client = new pg.Client({ ...server.connection });
  await client.connect();
  // Cut with the server when the comparison fails: that failure is the one to tell.
  client.on('error', () => undefined);
  const { text, values } = await translated(query, server);
  let rows = 0;
  const times = await interleaved(rounds, {
    http: () => post(`${url}/sync`, new URLSearchParams({ LANG: 'ADQL', QUERY: query })),
    driver: async () => {
      rows = (await client.query({ text, values: [...values], rowMode: 'array' })).rows.length;
    },
  });
  await client.end();
  const [http, driver] = [median(times.http), median(times.driver)];
  const cells = [rows, http.toFixed(2), driver.toFixed(2), psqlTime(query, server)];
  process.stdout.write(`| ${name} | ${cells.join(' | ')} | ${(http / driver).toFixed(2)} |\n`);
}

async function translated(query: string, { connection }: EmbeddedServer): Promise<SqlStatement> {
  const database = await openDatabase({ owner: connection });
  const catalog = await loadCatalog(database.owner);
  await database.end();
  return translate(query, { catalog, language: 'ADQL-2.1', rowLimit: 1_000_001 }).statement;
}

/** The whole answer, not compressed: gzip, where a client asks for it, is a price of its own. */
async function post(url: string, form: URLSearchParams): Promise<void> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const sent = request(url, { method: 'POST', agent, headers }).end(form.toString());
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  let end = '';
  for await (const chunk of answer) end = (chunk as Buffer).subarray(-200).toString();
  if (answer.statusCode !== 200) throw new Error(`${String(answer.statusCode)}: ${end}`);
}

/** Median milliseconds as psql's own \timing tells them; psql is no part of the project. */
function psqlTime(query: string, { connection }: EmbeddedServer): string {
  const { host, user, database, port } = connection;
  const input = `\\timing on\n\\o /dev/null\n${`${query};\n`.repeat(rounds)}`;
  const login = ['-h', host, '-p', String(port), '-U', user, '-d', database];
  const run = spawnSync('psql', ['-X', '-q', ...login], { input, encoding: 'utf8' });
  if (run.error !== undefined) return 'no psql';
  const times = [...run.stdout.matchAll(/^Time: ([0-9.]+) ms/gm)].map((match) => Number(match[1]));
  return median(times).toFixed(2);
}

async function isLoaded(url: string): Promise<boolean> {
  const query = encodeURIComponent('SELECT COUNT(*) AS n FROM ivoa.obscore');
  const answer = await fetch(`${url}/sync?LANG=ADQL&RESPONSEFORMAT=csv&QUERY=${query}`);
  return (await answer.text()).includes('4482130');
}

/** Loads all sectors by the command an archive would use, and says how long it took. */
async function loadAll(settings: Readonly<Record<string, string>>): Promise<void> {
  const began = performance.now();
  const environment = { ...process.env, ...settings };
  const manifest = spawn(process.execPath, [main, 'tess-manifest', '--sectors', '1-68'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const load = spawn(
    process.execPath,
    [main, 'load', 'manifest', '-', '--collection', 'tess-ffi'],
    { stdio: [manifest.stdout, 'inherit', 'inherit'], env: environment },
  );
  const code = await new Promise((done) => load.on('close', done));
  if (code !== 0) throw new Error(`The load ended with code ${String(code)}.`);
  const seconds = (performance.now() - began) / 1000;
  process.stderr.write(`4,482,130 images loaded in ${seconds.toFixed(0)} s\n`);
}

function urlOf({ connection }: EmbeddedServer): string {
  const { host, user, database, port } = connection;
  return `postgres://${user}@/${database}?host=${encodeURIComponent(host)}&port=${String(port)}`;
}
