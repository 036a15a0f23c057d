import { afterEach, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { connect, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from '../../adql/index.ts';
import { startTestService, type TestService } from './start-test-service.ts';
import { ask, errorOf, post, query, rowsOf, statusesOf } from './talk.ts';

/** Each test loads a service of its own. */
let service: TestService;
let sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  await service.stop();
});

const small = 'SELECT TOP 1 obs_id FROM ivoa.obscore';
/** Works for minutes before its only row. */
const wordless = 'SELECT SUM(a.s_ra * b.s_dec) AS n FROM ivoa.obscore AS a, ivoa.obscore AS b';

/** 30 MB of CSV: more than all the buffers of a connection. */
function long(rows: number): string {
  return `SELECT TOP ${String(rows)} a.access_url, b.cloud_uri, a.s_region
    FROM ivoa.obscore AS a, ivoa.obscore AS b`;
}

/** Sends a query and returns the connection; nothing is read from it but what the test reads. */
function send(QUERY: string, FORMAT = 'csv'): Socket {
  const parameters = new URLSearchParams({ LANG: 'ADQL', QUERY, FORMAT });
  const socket = connect(service.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(
    `GET /tap/sync?${parameters.toString()} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
  );
  sockets.push(socket);
  return socket;
}

/** That many connections whose answer has begun and which take no more of it. */
function slowReaders(count: number, QUERY: string, FORMAT = 'csv'): Promise<readonly Socket[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const socket = send(QUERY, FORMAT);
      await once(socket, 'readable');
      return socket;
    }),
  );
}

/** Queries of users that PostgreSQL has not finished. */
async function unfinished(): Promise<number> {
  const running = await service.database.owner.query(
    sql`SELECT pid FROM pg_stat_activity WHERE datname = current_database()
        AND state = 'active' AND usename = 'cloudtap_reader' AND backend_type = 'client backend'`,
  );
  return running.length;
}

async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  for (let patience = 1000; !(await condition()); patience -= 1) {
    if (patience === 0) throw new Error(`In vain: ${condition.toString()}`);
    await delay(20);
  }
}

/** All that a connection still has for us. */
async function restOf(socket: Socket): Promise<string> {
  const heard: Buffer[] = [];
  for await (const chunk of socket) heard.push(chunk as Buffer);
  return Buffer.concat(heard).toString();
}

test('20 slow readers of endless answers leave the connections to others', async () => {
  service = await startTestService({ READER_CONNECTIONS: '4', SLOW_READER_CONNECTIONS: '20' });
  await slowReaders(20, long(9_000_000));
  const { status, body } = await query(service.url, { QUERY: small });
  expect([status, rowsOf(body).length]).toEqual([200, 1]);
  expect(await unfinished()).toBe(20);
  const load = 'queries: 0 running, 0 waiting for a connection, 20 taken slowly by their clients';
  await until(async () => (await ask(`${service.url}/availability`)).body.includes(load));
});

test('20 slow readers with 4 connections: their rows wait on the disk, and come whole', async () => {
  service = await startTestService({ READER_CONNECTIONS: '4', SLOW_READER_CONNECTIONS: '0' });
  const [first] = await slowReaders(20, long(60_000));
  const { status, body } = await query(service.url, { QUERY: small });
  expect([status, rowsOf(body).length]).toEqual([200, 1]);
  await until(async () => (await unfinished()) === 0);
  if (first === undefined) throw new Error('no reader');
  const answer = await restOf(first);
  const lines = answer.split('\r\n').filter((line) => line.includes('s3://'));
  expect(lines).toHaveLength(60_000);
  expect(answer.endsWith('\r\n0\r\n\r\n')).toBe(true);
});

test('with no room for slow answers left, one is cut for those who have waited long', async () => {
  service = await startTestService({
    READER_CONNECTIONS: '1',
    SLOW_READER_CONNECTIONS: '0',
    SPOOL_MAX_BYTES: '0',
    QUEUE_WAIT: '4',
  });
  const [slow] = await slowReaders(1, long(9_000_000), 'votable');
  const { status } = await query(service.url, { QUERY: small });
  const answer = await restOf(slow ?? new Socket());
  expect([status, statusesOf(answer)]).toEqual([200, ['OK', 'ERROR']]);
  expect(answer).toContain(
    'The rest of this answer was given up: it was taken slowly, and others waited for its connection ' +
      'to the database.',
  );
});

test('who waits in vain is told to come back, in a VOTable', async () => {
  service = await startTestService({ READER_CONNECTIONS: '1', QUEUE_WAIT: '1' });
  send(wordless);
  await until(async () => (await unfinished()) === 1);
  const { status, headers, body } = await query(service.url, { QUERY: small });
  expect([status, headers.get('retry-after'), statusesOf(body)]).toEqual([503, '10', ['ERROR']]);
  expect(errorOf(body)).toBe(
    'The service is busy: this query waited 1 s for its turn in vain. Send it again later, or as an ' +
      'asynchronous job (/async with PHASE=RUN), which waits by itself.',
  );
});

test('a full queue turns away, documents and jobs are not concerned', async () => {
  service = await startTestService({ READER_CONNECTIONS: '1', QUEUE_LENGTH: '0' });
  send(wordless);
  await until(async () => (await unfinished()) === 1);
  const refused = await query(service.url, { QUERY: small });
  const capabilities = await ask(`${service.url}/capabilities`);
  const job = await post(`${service.url}/async`, { LANG: 'ADQL', QUERY: small, PHASE: 'RUN' });
  const polled = await ask(job.headers.get('location') ?? '');
  expect([refused.status, capabilities.status, job.status, polled.status]).toEqual([
    503, 200, 303, 200,
  ]);
  expect(errorOf(refused.body)).toMatch(/^The service is busy: 0 queries wait for their turn/);
});

test('a client that leaves the queue never comes to its turn', async () => {
  service = await startTestService({ READER_CONNECTIONS: '1' });
  const running = send(wordless);
  await until(async () => (await unfinished()) === 1);
  const waiting = send(long(9_000_000));
  await delay(100);
  waiting.destroy();
  await until(() => service.logged.length === 1);
  running.destroy();
  await until(() => service.logged.length === 2);
  expect(service.logged.map(({ query: text, outcome }) => [text, outcome])).toEqual([
    [long(9_000_000), 'ABORTED'],
    [wordless, 'ABORTED'],
  ]);
  expect(rowsOf((await query(service.url, { QUERY: small })).body)).toHaveLength(1);
});

test('an address with too many queries open is told so, and others go on', async () => {
  service = await startTestService({ SYNC_QUERIES_PER_CLIENT: '2', PROXY_HOPS: '1' });
  const from = (address: string): RequestInit => ({ headers: { 'X-Forwarded-For': address } });
  const url = `${service.url}/sync?${new URLSearchParams({ LANG: 'ADQL', QUERY: small }).toString()}`;
  const long = `${service.url}/sync?${new URLSearchParams({ LANG: 'ADQL', QUERY: wordless }).toString()}`;
  const leaving = new AbortController();
  const open = [1, 2].map((host) =>
    fetch(long, {
      ...from(`2001:db8::${String(host)}`),
      signal: leaving.signal,
    }).catch(() => undefined),
  );
  await until(async () => (await unfinished()) === 2);
  const refused = await ask(url, from('2001:db8::3'));
  const other = await ask(url, from('2001:db8:0:1::3'));
  const document = await ask(`${service.url}/availability`, from('2001:db8::3'));
  leaving.abort();
  await Promise.all(open);
  expect([refused.status, other.status, document.status]).toEqual([429, 200, 200]);
  expect([refused.headers.get('retry-after'), errorOf(refused.body)]).toEqual([
    '5',
    'Your address (2001:db8:0:0::/64) has 2 synchronous queries open here, which is the limit. Wait ' +
      'until one has ended, or send what takes long as asynchronous jobs (/async with PHASE=RUN).',
  ]);
});

test('queries and new jobs are counted by the minute, polls of jobs are not', async () => {
  service = await startTestService({ QUERIES_PER_MINUTE_PER_CLIENT: '2' });
  const first = await query(service.url, { QUERY: small });
  const job = await post(`${service.url}/async`, { LANG: 'ADQL', QUERY: small, PHASE: 'RUN' });
  const third = await query(service.url, { QUERY: small });
  const another = await post(`${service.url}/async`, { LANG: 'ADQL', QUERY: small });
  const polled = await ask(job.headers.get('location') ?? '');
  expect([first, job, third, another, polled].map(({ status }) => status)).toEqual([
    200, 303, 429, 429, 200,
  ]);
  expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(20);
  expect(errorOf(another.body)).toMatch(/has sent 2 queries within a minute, which is the limit/);
});

test('a query that costs too much is sent to /async, where it is taken', async () => {
  service = await startTestService({ SYNC_MAX_COST: '1000' });
  const { status, body } = await query(service.url, { QUERY: wordless });
  expect([status, errorOf(body)]).toEqual([
    400,
    expect.stringMatching(
      /^The database expects this query to cost [\d,]{9,} units of work \(1 row\); synchronous queries may cost 1,000 here\. Send it as an asynchronous job: the same parameters and PHASE=RUN to \/async/,
    ),
  ]);
  expect((await query(service.url, { QUERY: small })).status).toBe(200);
  const job = await post(`${service.url}/async`, { LANG: 'ADQL', QUERY: wordless, PHASE: 'RUN' });
  const phase = `${job.headers.get('location') ?? ''}/phase`;
  await until(async () => (await ask(phase)).body === 'EXECUTING');
  await post(phase, { PHASE: 'ABORT' });
});
