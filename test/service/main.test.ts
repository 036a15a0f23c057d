import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { identifier, sql } from '../../adql/index.ts';
import { packageRoot } from '../../src/package-root.ts';
import { exampleQuery } from '../../src/tap/example-query.ts';
import { query, rowsOf } from '../http/talk.ts';
import { createTestDatabase } from '../support/create-test-database.ts';

/** `cloudtap ...arguments` as a process of its own, from the sources. */
function cloudtap(
  commandLine: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): ChildProcessByStdio<null, Readable, Readable> {
  const main = join(packageRoot(), 'src', 'main.ts');
  return spawn(process.execPath, ['--import', 'tsx', main, ...commandLine], {
    cwd: packageRoot(),
    env: { ...process.env, LOG_LEVEL: 'warn', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** All that a process says, and its exit code. */
async function said(
  child: ChildProcessByStdio<null, Readable, Readable>,
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const [stdout, stderr] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code: child.exitCode, stdout, stderr };
}

test('a newcomer starts it, asks the query that it prints, and stops it', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'cloudtap-main-'));
  const child = cloudtap([], { DATA_DIR: dataDirectory, PORT: '0', HOST: '127.0.0.1' });
  const ended = said(child);
  const [first] = (await once(child.stdout, 'data')) as [Buffer];
  const url =
    /^cloudtap ready: (http:\/\/127\.0\.0\.1:\d+\/tap)\n/.exec(first.toString())?.[1] ?? '';
  const { body } = await query(url, { QUERY: exampleQuery });
  child.kill('SIGTERM');
  const { code, stdout, stderr } = await ended;
  await rm(dataDirectory, { recursive: true });
  expect([rowsOf(body).length, code, stderr]).toEqual([1289, 0, '']);
  expect(stdout).toContain(exampleQuery);
});

test('when its PostgreSQL dies it ends with code 1, for whoever starts it again', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'cloudtap-main-'));
  const settings = { DATA_DIR: dataDirectory, PORT: '0', SAMPLE: 'false' };
  const child = cloudtap([], settings);
  const ended = said(child);
  await once(child.stdout, 'data');
  const pidFile = await readFile(join(dataDirectory, 'postgres', 'postmaster.pid'), 'utf8');
  process.kill(Number(pidFile.split('\n')[0]), 'SIGQUIT');
  const { code, stderr } = await ended;
  // Its backends may still be ending.
  await rm(dataDirectory, { recursive: true, maxRetries: 20 });
  expect(code).toBe(1);
  expect(stderr).toContain('the embedded PostgreSQL ended by itself; start cloudtap again');
});

test.each([
  [
    ['serve'],
    { PORT: 'x', MAXREC_HARD: '-1' },
    'cloudtap: PORT=x: must be a whole number.\ncloudtap: MAXREC_HARD=-1: must be a whole number.\n',
  ],
  [
    ['serve'],
    { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' },
    'cloudtap: The database at 127.0.0.1:1 cannot be used: connect ECONNREFUSED 127.0.0.1:1. Check DATABASE_URL.\n',
  ],
  [
    ['tess-manifest', '--sectors', '99'],
    {},
    'cloudtap: Sectors "99": write numbers from 1 to 68, as in 1,5-7.\n',
  ],
])('%j with %j ends with a sentence and code 1', async (commandLine, settings, stderr) => {
  expect(await said(cloudtap(commandLine, settings as Record<string, string>))).toEqual({
    code: 1,
    stdout: '',
    stderr,
  });
});

/** A login of the tests' server that may do nothing, and a database that is not its own. */
async function poorDatabase(): Promise<{
  readonly url: string;
  readonly drop: () => Promise<void>;
}> {
  const database = await createTestDatabase({ content: 'nothing' });
  const user = `poor_${randomBytes(6).toString('hex')}`;
  const role = identifier(user);
  await database.owner.execute(sql`CREATE ROLE ${role} LOGIN`);
  const { host, port, database: name } = database.connection;
  const place = `host=${encodeURIComponent(host)}&port=${String(port)}`;
  return {
    url: `postgres://${user}@/${name}?${place}`,
    drop: async () => {
      await database.owner.execute(sql`DROP ROLE ${role}`);
      await database.drop();
    },
  };
}

test('an operator whose role may not build the schema is told who can help', async () => {
  const { url, drop } = await poorDatabase();
  const { code, stderr } = await said(cloudtap(['serve'], { DATABASE_URL: url }));
  await drop();
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(
      /^cloudtap: The role of DATABASE_URL may not do what cloudtap needs \(permission denied for [^)]+\)\. Let an administrator make it the owner of the database: ALTER DATABASE \.\.\. OWNER TO \.\.\.;\n$/,
    ),
  ]);
});

const blocker = createServer();
let folder: string;
let taken: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cloudtap-main-'));
  await writeFile(join(folder, 'file'), '');
  await once(blocker.listen(0, '127.0.0.1'), 'listening');
  taken = String((blocker.address() as AddressInfo).port);
});
afterAll(async () => {
  blocker.close();
  await rm(folder, { recursive: true });
});

test.each([
  [
    { PORT: 'TAKEN' },
    'Another program listens on port TAKEN of 127.0.0.1. Set PORT to a free one, or to 0.',
  ],
  [{ HOST: '203.0.113.1' }, 'Cannot listen on port 0 of 203.0.113.1. Check HOST and PORT.'],
  [
    { RESULTS_DIR: 'FOLDER/file/results' },
    'The folder for results of asynchronous queries, FOLDER/file/results, cannot be used (ENOTDIR). Let ' +
      'the account of this service write to it, or set RESULTS_DIR to another one.',
  ],
  [
    { DATA_DIR: 'FOLDER/file' },
    'The data directory FOLDER/file cannot be used: it is a file. Set DATA_DIR to another directory ' +
      '(an empty one gets a new database), or DATABASE_URL to a PostgreSQL server of yours.',
  ],
])('%j keeps it from starting, and it says how to cure that', async (given, sentence) => {
  const inPlace = (text: string): string =>
    text.replaceAll('FOLDER', folder).replaceAll('TAKEN', taken);
  const settings = { SAMPLE: 'false', PORT: '0', DATA_DIR: 'FOLDER/data', ...given };
  const environment = Object.entries(settings).map(([name, text]) => [name, inPlace(text)]);
  const ended = await said(
    cloudtap(['serve'], Object.fromEntries(environment) as Record<string, string>),
  );
  expect(ended).toEqual({ code: 1, stdout: '', stderr: `cloudtap: ${inPlace(sentence)}\n` });
});
