import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { identifier, sql, value } from '../../adql/index.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import { testServer } from '../support/create-test-database.ts';
import { startTestService, type TestService } from './start-test-service.ts';
import { ask, errorOf, query, rowsOf, statusesOf } from './talk.ts';

let service: TestService;
let answersBefore = 0;

beforeAll(async () => {
  service = await startTestService({
    IDLE_READER_TIMEOUT: '1',
    SYNC_EXECUTION_DURATION: '2',
    MAXREC_DEFAULT: '10000000',
  });
});
afterAll(() => service.stop());
beforeEach(() => {
  answersBefore = service.logged.length;
});

/** 425 million rows: no connection's buffers hold them. */
const endless = 'SELECT a.obs_id, a.access_url FROM ivoa.obscore AS a, ivoa.obscore AS b';
/** Works for minutes before its only row. */
const wordless = 'SELECT SUM(a.s_ra * b.s_dec) AS n FROM ivoa.obscore AS a, ivoa.obscore AS b';

/** Sends a query and returns the connection; nothing is read from it but what the test reads. */
function send(QUERY: string, FORMAT = 'votable'): Socket {
  const parameters = new URLSearchParams({ LANG: 'ADQL', QUERY, FORMAT });
  const socket = connect(service.port, '127.0.0.1');
  socket.write(`GET /tap/sync?${parameters.toString()} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  return socket;
}

async function runningQueries(): Promise<readonly { readonly pid: number }[]> {
  return service.database.owner.query<{ pid: number }>(
    sql`SELECT pid FROM pg_stat_activity WHERE datname = current_database()
        AND state = 'active' AND usename = 'cloudtap_reader' AND backend_type = 'client backend'`,
  );
}

async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  for (let patience = 1000; !(await condition()); patience -= 1) {
    if (patience === 0) throw new Error(`In vain: ${condition.toString()}`);
    await delay(20);
  }
}

/** What was logged of the one query of this test. */
async function outcome(): Promise<string | undefined> {
  await until(() => service.logged.length > answersBefore);
  return service.logged[answersBefore]?.outcome;
}

test('a client that leaves in mid-answer leaves no running query', async () => {
  const socket = send(endless);
  await once(socket, 'data');
  expect(await runningQueries()).toHaveLength(1);
  socket.destroy();
  await until(async () => (await runningQueries()).length === 0);
  expect(await outcome()).toBe('ABORTED');
});

test('a client that leaves before the first row leaves no running query', async () => {
  const socket = send(wordless);
  await until(async () => (await runningQueries()).length === 1);
  socket.destroy();
  await until(async () => (await runningQueries()).length === 0);
  expect(await outcome()).toBe('ABORTED');
});

test('HEAD of a long answer leaves no running query', async () => {
  const parameters = new URLSearchParams({ LANG: 'ADQL', QUERY: endless });
  const { status } = await ask(`${service.url}/sync?${parameters.toString()}`, { method: 'HEAD' });
  expect(status).toBe(200);
  await until(async () => (await runningQueries()).length === 0);
});

test('a client that takes nothing is dropped, and its query with it', async () => {
  const socket = send(endless);
  socket.on('error', () => undefined);
  await until(async () => (await runningQueries()).length === 1);
  expect(await outcome()).toBe('ABORTED');
  await until(async () => (await runningQueries()).length === 0);
  socket.destroy();
});

test('a query that works too long is ended and told so', async () => {
  const { status, body } = await query(service.url, { QUERY: wordless });
  expect([status, statusesOf(body)]).toEqual([400, ['ERROR']]);
  expect(errorOf(body)).toMatch(/2 s/);
});

/** Ends the backend of a query whose answer has begun, and returns all that the client still gets. */
async function breakInMidAnswer(format: string): Promise<string> {
  const socket = send(endless, format);
  const heard: Buffer[] = [];
  await once(socket, 'readable');
  const [running] = await runningQueries();
  await service.database.owner.query(
    sql`SELECT pg_terminate_backend(${value(String(running?.pid), 'integer')})`,
  );
  socket.on('data', (chunk) => heard.push(chunk));
  const isComplete = (): boolean => Buffer.concat(heard.slice(-2)).includes('\r\n0\r\n\r\n');
  await until(() => socket.closed || isComplete());
  socket.destroy();
  return Buffer.concat(heard).toString();
}

test('a failure in mid-answer is told behind the table, in a complete document', async () => {
  const heard = await breakInMidAnswer('votable');
  expect(statusesOf(heard)).toEqual(['OK', 'ERROR']);
  expect(heard).toMatch(/<\/TABLE>\n {2}<INFO name="QUERY_STATUS" value="ERROR">/);
  expect(heard).toMatch(/<\/VOTABLE>\n\r\n0\r\n\r\n$/);
  expect(await outcome()).toBe('ERROR');
});

test('a format without words for a failure breaks off, so that nobody takes it for whole', async () => {
  const heard = await breakInMidAnswer('csv');
  expect(heard.endsWith('0\r\n\r\n')).toBe(false);
  expect(await outcome()).toBe('ERROR');
});

test('while the database is away clients are told to come back, and then it goes on', async () => {
  const server = await openDatabase({ owner: testServer() });
  const name = service.database.connection.database;
  const allow = sql`ALTER DATABASE ${identifier(name)} WITH ALLOW_CONNECTIONS true`;
  const refuse = sql`ALTER DATABASE ${identifier(name)} WITH ALLOW_CONNECTIONS false`;
  await server.owner.execute(refuse);
  await server.owner.query(
    sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ${value(name, 'text')}`,
  );
  const QUERY = 'SELECT TOP 1 obs_id FROM ivoa.obscore';
  const { status, headers, body } = await query(service.url, { QUERY });
  const availability = await ask(`${service.url}/availability`);
  await server.owner.execute(allow);
  await server.end();
  expect([status, headers.get('retry-after'), statusesOf(body)]).toEqual([503, '5', ['ERROR']]);
  expect(availability.body).toContain('<vosi:available>false</vosi:available>');
  expect(rowsOf((await query(service.url, { QUERY })).body)).toHaveLength(1);
});

test('a failure that comes with the first rows is an error response, in CSV too', async () => {
  const QUERY = `SELECT TOP 200 s_xel1,
      CAST(CASE WHEN obs_id LIKE '%-1-2-%' THEN 'x' ELSE '1' END AS INTEGER) AS n
    FROM ivoa.obscore`;
  const { status, body } = await query(service.url, { QUERY, FORMAT: 'csv' });
  expect([status, errorOf(body)]).toEqual([
    400,
    'A value in this query cannot be computed: invalid input syntax for type integer: "x".',
  ]);
});
