import { readFile, rm, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { sql, value } from '../../adql/index.ts';
import { startEmbedded } from '../../src/database/embedded/start-embedded.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ content: 'nothing' });
  await database.owner.execute(sql`CREATE TABLE public.secret (id integer)`);
});

afterAll(async () => {
  await database.drop();
});

/** Straight to PostgreSQL as the reader, with nothing of ours in between. */
async function asReader(text: string): Promise<string> {
  const client = new pg.Client({ ...database.connection, user: 'cloudtap_reader' });
  await client.connect();
  try {
    await client.query(text);
    return 'allowed';
  } catch (error) {
    return String(error);
  } finally {
    await client.end();
  }
}

test.each([
  ['SELECT 1', 'allowed'],
  ['SELECT * FROM public.secret', 'error: permission denied for table secret'],
  ['CREATE TABLE public.mine ()', 'error: permission denied for schema public'],
  ['CREATE TEMP TABLE mine ()', 'error: permission denied to create temporary tables'],
  ['CREATE ROLE friend', 'error: permission denied to create role'],
  ['SET ROLE cloudtap', 'error: permission denied to set role "cloudtap"'],
  ['SELECT pg_sleep(1)', 'error: permission denied for function pg_sleep'],
  [`SELECT set_config('a.b', 'c', false)`, 'error: permission denied for function set_config'],
  [
    `SELECT query_to_xml('x', true, true, '')`,
    'error: permission denied for function query_to_xml',
  ],
  [`SELECT pg_read_file('/etc/passwd')`, 'error: permission denied for function pg_read_file'],
  [`SELECT lo_import('/etc/passwd')`, 'error: permission denied for function lo_import'],
  [
    `COPY (SELECT 1) TO PROGRAM 'id'`,
    'error: permission denied to COPY to or from an external program',
  ],
])('the reader asks %s', async (text, answer) => {
  expect((await asReader(text)).startsWith(answer)).toBe(true);
});

test('parameters keep their declared types; dates stay text, whatever the time zone of the machine', async () => {
  const rows = await database.owner.query(sql`
    SELECT ${value('7', 'text')} AS text, ${value('7', 'smallint')} AS number,
      ${value('{"a":1}', 'jsonb')} AS json, CAST('2019-05-21 11:17:24' AS timestamp) AS time`);

  expect(rows).toEqual([{ text: '7', number: 7, json: { a: 1 }, time: '2019-05-21 11:17:24' }]);
});

test('a transaction that throws leaves nothing behind', async () => {
  const work = database.owner.transaction(async (session) => {
    await session.execute(sql`INSERT INTO public.secret VALUES (1)`);
    throw new Error('changed my mind');
  });

  await expect(work).rejects.toThrow('changed my mind');
  expect(await database.owner.query(sql`SELECT * FROM public.secret`)).toEqual([]);
});

test('COPY takes what is written, inside a transaction', async () => {
  await database.owner.execute(sql`CREATE TABLE public.copied (id integer, name text)`);

  await database.owner.transaction(async (session) => {
    const stream = session.copyFrom(sql`COPY public.copied FROM STDIN`);
    const finished = new Promise((resolve, reject) =>
      stream.on('finish', resolve).on('error', reject),
    );
    stream.end('1\tone\n2\t\\N\n');
    await finished;
  });

  expect(await database.owner.query(sql`SELECT id, name FROM public.copied ORDER BY id`)).toEqual([
    { id: 1, name: 'one' },
    { id: 2, name: null },
  ]);
});

test('connections that the server cut are replaced', async () => {
  const others = sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND datname = current_database()`;
  await Promise.all([1, 2, 3].map(() => database.owner.query(sql`SELECT 1`)));

  await database.owner.query(others);
  await delay(100);

  expect(await database.owner.query(sql`SELECT 1 AS one`)).toEqual([{ one: 1 }]);
});

test('a connection cut in the middle of a transaction fails that transaction alone', async () => {
  const work = database.owner.transaction((session) =>
    session.query(sql`SELECT pg_terminate_backend(pg_backend_pid())`),
  );

  await expect(work).rejects.toThrow('terminating connection due to administrator command');
  expect(await database.owner.query(sql`SELECT 1 AS one`)).toEqual([{ one: 1 }]);
});

test('a server that does not answer is named, without the password', async () => {
  const owner = 'postgresql://archive:geheim@127.0.0.1:1/archive';

  await expect(openDatabase({ owner })).rejects.toThrow(
    'The database at 127.0.0.1:1 cannot be used: connect ECONNREFUSED 127.0.0.1:1. Check DATABASE_URL.',
  );
});

test('with passwords, each service that knows the owner finds the password of the reader', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'cloudtap-password-test-'));
  const server = await startEmbedded({ dataDirectory, log: () => undefined });
  const { host, user } = server.connection;
  await requirePasswords();
  const url = `postgresql://${user}:first@/postgres?host=${host}`;
  const one = [{ one: 1 }];

  const services = await Promise.all([1, 2, 3].map(() => openDatabase({ owner: url })));
  for (const { owner } of services) expect(await owner.query(sql`SELECT 1 AS one`)).toEqual(one);
  await Promise.all(services.map((service) => service.end()));

  await run(`ALTER ROLE cloudtap PASSWORD 'second'`, url);
  const later = await openDatabase({ owner: url.replace('first', 'second') });
  expect(await later.owner.query(sql`SELECT 1 AS one`)).toEqual(one);
  await later.end();

  const stranger = {
    owner: url.replace('first', 'second'),
    reader: url.replace(user, 'nobody_here'),
  };
  await expect(openDatabase(stranger)).rejects.toThrow('READER_DATABASE_URL');

  await server.stop();
  await rm(dataDirectory, { recursive: true });

  async function requirePasswords(): Promise<void> {
    const file = join(dataDirectory, 'postgres', 'pg_hba.conf');
    const trust = await readFile(file, 'utf8');
    const plain = `postgresql://${user}@/postgres?host=${host}`;
    await run(`ALTER ROLE cloudtap PASSWORD 'first'`, plain);
    await writeFile(file, trust.replaceAll(/\btrust$/gm, 'scram-sha-256'));
    await run('SELECT pg_reload_conf()', plain);
    await delay(500);
  }

  async function run(text: string, connectionString: string): Promise<void> {
    const client = new pg.Client({ connectionString });
    await client.connect();
    await client.query(text);
    await client.end();
  }
});
