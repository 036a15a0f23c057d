import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import {
  type ConnectionSettings,
  type EmbeddedServer,
  startEmbedded,
} from '../../src/database/embedded/start-embedded.ts';

const runEmbedded = fileURLToPath(new URL('../support/run-embedded.ts', import.meta.url));

let folder: string;
const servers: EmbeddedServer[] = [];
const services: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cloudtap-embedded-test-'));
});

afterEach(async () => {
  for (const service of services.splice(0)) service.kill('SIGKILL');
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

async function start(dataDirectory: string): Promise<EmbeddedServer> {
  const server = await startEmbedded({ dataDirectory, log: () => undefined });
  servers.push(server);
  return server;
}

/** What a start that fails tells, the same for every run. */
async function complaint(dataDirectory: string): Promise<string> {
  const message = await start(dataDirectory).then(
    () => 'it started',
    (error: unknown) => String(error),
  );
  return message.replaceAll(folder, '<folder>').replaceAll(/\b\d{2,}\b/g, '<number>');
}

async function ask(connection: ConnectionSettings, text: string): Promise<readonly object[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const result = await client.query<object>(text);
    return result.rows;
  } finally {
    await client.end();
  }
}

/** A process of its own, as a service is; what it says first. */
async function startService(dataDirectory: string): Promise<[ChildProcess, string]> {
  const program = ['--import', 'tsx', runEmbedded, dataDirectory];
  const service = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'inherit'] });
  services.push(service);
  const [line] = (await once(createInterface({ input: service.stdout }), 'line')) as [string];
  return [service, line];
}

async function postmasterOf(dataDirectory: string): Promise<number> {
  const text = await readFile(join(dataDirectory, 'postgres', 'postmaster.pid'), 'utf8');
  return Number(text.split('\n')[0]);
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

test('it starts in a new directory, and a stop leaves nothing running and no socket', async () => {
  const server = await start(folder);
  const postmaster = await postmasterOf(folder);

  expect(await ask(server.connection, 'SHOW server_encoding')).toEqual([
    { server_encoding: 'UTF8' },
  ]);

  await server.stop();
  expect(isRunning(postmaster)).toBe(false);
  await expect(stat(server.connection.host)).rejects.toThrow('ENOENT');
});

test('a restart keeps the data', async () => {
  const first = await start(folder);
  await ask(first.connection, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await first.stop();

  const second = await start(folder);

  expect(await ask(second.connection, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
});

test('nobody else can reach the socket, and there is no port', async () => {
  const { connection } = await start(folder);

  expect((await stat(connection.host)).mode & 0o777).toBe(0o700);
  expect(await ask(connection, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '' }]);
});

test('two data directories are two servers', async () => {
  const [left, right] = await Promise.all([start(join(folder, 'a')), start(join(folder, 'b'))]);
  await ask(left.connection, 'CREATE TABLE only_left ()');

  const question = `SELECT count(*)::int AS tables FROM pg_class WHERE relname = 'only_left'`;
  expect(await ask(left.connection, question)).toEqual([{ tables: 1 }]);
  expect(await ask(right.connection, question)).toEqual([{ tables: 0 }]);
});

test('a killed service takes its server along, and the next one has what was committed', async () => {
  const [service, line] = await startService(folder);
  const connection = JSON.parse(line) as ConnectionSettings;
  await ask(connection, 'CREATE TABLE committed AS SELECT 42 AS answer');
  const postmaster = await postmasterOf(folder);

  service.kill('SIGKILL');
  for (let i = 0; i < 100 && isRunning(postmaster); i += 1) await delay(50);
  expect(isRunning(postmaster)).toBe(false);

  const next = await start(folder);
  expect(await ask(next.connection, 'SELECT answer FROM committed')).toEqual([{ answer: 42 }]);
});

test('a service may be started again the moment it was killed', async () => {
  const [service] = await startService(folder);
  service.kill('SIGKILL');

  const next = await start(folder);

  expect(await ask(next.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('a process id that belongs to another program by now does not stop it', async () => {
  const server = await start(folder);
  await server.stop();
  const lock = [process.pid, join(folder, 'postgres'), 0, 5432, join(folder, 'gone'), '', ''];
  await writeFile(join(folder, 'postgres', 'postmaster.pid'), lock.join('\n'));

  const next = await start(folder);

  expect(await ask(next.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('a second service on the same directory is told so', async () => {
  await start(folder);

  expect(await complaint(folder)).toBe(
    'ServiceError: The data directory <folder>/postgres is in use by another cloudtap service ' +
      '(its PostgreSQL is process <number>). Stop that one first, or give this one another ' +
      'directory with DATA_DIR.',
  );
});

const cure =
  'Set DATA_DIR to another directory (an empty one gets a new database), or DATABASE_URL to a ' +
  'PostgreSQL server of yours.';

test('a database that is not ours is left alone', async () => {
  await writeFile(join(folder, 'PG_VERSION'), '15\n');

  expect(await complaint(folder)).toBe(
    'ServiceError: The data directory <folder> holds a PostgreSQL database that cloudtap did not ' +
      `make. ${cure}`,
  );
  expect(await readdir(folder)).toEqual(['PG_VERSION']);
});

test('a folder called postgres that is not ours is left alone', async () => {
  await mkdir(join(folder, 'postgres'));
  await writeFile(join(folder, 'postgres', 'thesis.txt'), 'chapter 1');

  expect(await complaint(folder)).toBe(
    `ServiceError: The data directory <folder>/postgres was not made by cloudtap. ${cure}`,
  );
  expect(await readdir(join(folder, 'postgres'))).toEqual(['thesis.txt']);
});

test('a database of another PostgreSQL version is left alone', async () => {
  const server = await start(folder);
  await server.stop();
  await writeFile(join(folder, 'postgres', 'PG_VERSION'), '17\n');

  expect(await complaint(folder)).toBe(
    'ServiceError: The data directory <folder>/postgres was written by PostgreSQL <number>, this ' +
      `cloudtap brings <number>. ${cure}`,
  );
});

test('a damaged database is named, with what PostgreSQL says of it', async () => {
  const server = await start(folder);
  await server.stop();
  await rm(join(folder, 'postgres', 'global', 'pg_control'));

  expect(await complaint(folder)).toMatch(
    /^ServiceError: The data directory <folder>\/postgres is damaged .*could not find the database system.*pg_control/,
  );
});

test('a directory that cannot be made is named, with the reason', async () => {
  await writeFile(join(folder, 'file'), '');

  expect(await complaint(join(folder, 'file', 'data'))).toBe(
    'ServiceError: The data directory <folder>/file/data cannot be used: a part of its path is a ' +
      `file. ${cure}`,
  );
});

test('a file system that takes no folders is no reason to wait', async () => {
  expect(await complaint('/proc/nowhere/data')).toBe(
    'ServiceError: The data directory /proc/nowhere/data cannot be used: no folder can be made ' +
      `there. ${cure}`,
  );
});

test('a first start that was killed half-way does no harm', async () => {
  await mkdir(join(folder, 'postgres-new-half'));
  await writeFile(join(folder, 'postgres-new-half', 'PG_VERSION'), '18\n');

  const server = await start(folder);

  expect(await ask(server.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect(await readdir(folder)).toEqual(['postgres']);
});

test('it works below a directory that only its owner may enter', async () => {
  await mkdir(join(folder, 'home'));
  await chmod(join(folder, 'home'), 0o700);

  const server = await start(join(folder, 'home', 'data'));

  expect(await ask(server.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});
