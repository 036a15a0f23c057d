import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql, type SqlStatement, type SqlType, value } from '../../adql/index.ts';
import type { ReadOptions, RowBatch } from '../../src/row-batch.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { decodeRows } from '../support/decode-rows.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ content: 'nothing', readerConnections: 2 });
});

afterAll(async () => {
  await database.drop();
});

function read(
  text: string,
  options: Partial<ReadOptions> & {
    readonly values?: readonly (string | null)[];
    readonly types?: readonly SqlType[];
  } = {},
): AsyncIterable<RowBatch> {
  const { values = [], types = [], ...rest } = options;
  const statement: SqlStatement = { text, values, types };
  const signal = new AbortController().signal;
  return database.readRows(statement, { wireFormats: [], signal, executionDuration: 60, ...rest });
}

async function rowsOf(batches: AsyncIterable<RowBatch>): Promise<(string | null)[][]> {
  const rows: (string | null)[][] = [];
  for await (const batch of batches) {
    const decoded = decodeRows(batch);
    expect(decoded).toHaveLength(batch.rowCount);
    rows.push(...decoded);
  }
  return rows;
}

async function failureOf(batches: AsyncIterable<RowBatch>): Promise<unknown> {
  return rowsOf(batches).then(
    () => 'no failure',
    (error: unknown) => error,
  );
}

/** Queries that the reader role is running now. */
async function running(): Promise<number> {
  const rows = await database.owner.query<{ readonly pid: number }>(sql`
    SELECT pid FROM pg_stat_activity
    WHERE usename = 'cloudtap_reader' AND state = 'active' AND datname = current_database()`);
  return rows.length;
}

async function untilIdle(): Promise<void> {
  for (let i = 0; i < 100 && (await running()) > 0; i += 1) await delay(20);
  expect(await running()).toBe(0);
}

// Not in FROM: there PostgreSQL first writes the whole series to disk.
const endless = 'SELECT generate_series(1, 1000000000000)';
const silent = 'SELECT count(*) FROM (SELECT generate_series(1, 1000000000000)) AS s';

test('values go beside the statement with their types, rows come back as PostgreSQL writes them', async () => {
  const text = `SELECT $1 AS c1, $2 + 1 AS c2, $3 AS c3, $4 AS c4, CAST(0.1 AS double precision) AS c5,
    CAST('2019-05-21 11:17:24.5' AS timestamp) AS c6, ARRAY[1.5, NULL] AS c7`;
  const rows = await rowsOf(
    read(text, {
      values: ["O'Neil \u2606 \u{1F52D}", '41', null, '{1,2}'],
      types: ['text', 'bigint', 'text', 'integer[]'],
    }),
  );

  expect(rows).toEqual([
    ["O'Neil \u2606 \u{1F52D}", '42', null, '{1,2}', '0.1', '2019-05-21 11:17:24.5', '{1.5,NULL}'],
  ]);
});

test('each column comes in the format asked for', async () => {
  const batches = read('SELECT 258 AS c1, 258 AS c2', { wireFormats: ['binary', 'text'] });
  const bytes: Buffer[] = [];
  for await (const batch of batches) bytes.push(batch.bytes);

  expect(Buffer.concat(bytes).toString('latin1')).toBe(
    'D\0\0\0\x15\0\x02\0\0\0\x04\0\0\x01\x02\0\0\0\x03258',
  );
});

test('a small answer comes as one batch that says it is the last', async () => {
  const batches: RowBatch[] = [];
  for await (const batch of read('SELECT generate_series(1, 3)')) batches.push(batch);

  expect(batches.map(({ rowCount, isLast }) => ({ rowCount, isLast }))).toEqual([
    { rowCount: 3, isLast: true },
  ]);
});

test('an answer without rows has no batches', async () => {
  expect(await rowsOf(read('SELECT 1 WHERE false'))).toEqual([]);
});

test('a row larger than any buffer arrives whole', async () => {
  const rows = await rowsOf(read(`SELECT repeat('x', 20000000) AS c1, 'end' AS c2`));

  expect(rows.map((row) => row.map((cell) => cell?.length))).toEqual([[20_000_000, 3]]);
});

test('many rows arrive complete and in order', async () => {
  const rows = await rowsOf(read('SELECT i, NULL FROM generate_series(1, 100000) AS i'));

  expect(rows).toHaveLength(100_000);
  expect(rows.every(([number, none], i) => number === String(i + 1) && none === null)).toBe(true);
});

test('rows that were sent long before an error are delivered before it', async () => {
  let rows = 0;
  const reading = async (): Promise<void> => {
    for await (const batch of read('SELECT 1 / (50001 - i) FROM generate_series(1, 60000) AS i')) {
      rows += batch.rowCount;
    }
  };

  await expect(reading()).rejects.toThrow('division by zero');
  expect(rows).toBe(50_000);
});

test.each([
  ['SELECT 1 / (SELECT 0)', 'data-error', /^A function in this query was given a value it has no/],
  [`SELECT CAST($1 AS integer)`, 'data-error', /invalid input syntax for type integer: "x"\.$/],
  [
    'SELECT (SELECT i FROM generate_series(1, 2) AS i)',
    'data-error',
    /^A subquery used as a single/,
  ],
  ['SELECT missing', 'internal', /^The service made a mistake in translating this query/],
  ['SELECT FROM nowhere.nothing', 'internal', /^The service made a mistake in translating/],
  ['CREATE TABLE public.mine ()', 'internal', /^The service made a mistake in translating/],
])('%s fails as %s', async (text, kind, message) => {
  const parameters = text.includes('$1') ? { values: ['x'], types: ['text'] as const } : {};

  const failure = await failureOf(read(text, parameters));

  expect(failure).toMatchObject({
    name: 'ServiceError',
    kind,
    message: expect.stringMatching(message),
  });
  expect(await rowsOf(read('SELECT 1'))).toEqual([['1']]);
});

test('a query over its time is stopped, in PostgreSQL too', async () => {
  expect(await failureOf(read(silent, { executionDuration: 0.2 }))).toMatchObject({
    kind: 'query-timeout',
    message:
      'The query was stopped: it took the database longer than 0.2 s. Ask for less at a time: ' +
      'a smaller region of the sky, fewer joins, or indexed columns.',
  });
  await untilIdle();
});

test('the time that the client takes does not count', async () => {
  let rows = 0;
  const batches = read('SELECT i FROM generate_series(1, 100000) AS i', { executionDuration: 1 });
  for await (const batch of batches) {
    if (rows === 0) await delay(1500);
    rows += batch.rowCount;
  }

  expect(rows).toBe(100_000);
});

test('a client that takes nothing stops the database from sending', async () => {
  const iterator = read(endless)[Symbol.asyncIterator]();
  await iterator.next();
  const waiting = sql`SELECT wait_event FROM pg_stat_activity WHERE usename = 'cloudtap_reader'
    AND state = 'active' AND datname = current_database()`;

  let events: readonly object[] = [];
  for (let i = 0; i < 200 && !JSON.stringify(events).includes('ClientWrite'); i += 1) {
    await delay(20);
    events = await database.owner.query(waiting);
  }

  expect(events).toEqual([{ wait_event: 'ClientWrite' }]);
  await iterator.return?.();
  await untilIdle();
});

test('leaving early stops the query, and its connection serves the next one', async () => {
  for await (const batch of read(endless)) {
    expect(batch.isLast).toBe(false);
    break;
  }

  await untilIdle();
  expect(await rowsOf(read('SELECT 1'))).toEqual([['1']]);
});

test.each([
  ['that computes', silent],
  ['that sends rows', endless],
])('an abort stops a query %s', async (_, text) => {
  const controller = new AbortController();
  const failure = failureOf(read(text, { signal: controller.signal }));
  while ((await running()) === 0) await delay(10);

  controller.abort(new Error('the client left'));

  expect(await failure).toEqual(new Error('the client left'));
  await untilIdle();
});

test('an abort while the client holds a batch stops the query at once', async () => {
  const controller = new AbortController();
  const iterator = read(endless, { signal: controller.signal })[Symbol.asyncIterator]();
  await iterator.next();

  controller.abort(new Error('the client left'));

  await untilIdle();
  await expect(iterator.next()).rejects.toThrow('the client left');
});

test('queries wait for a connection; one that is aborted while it waits takes none', async () => {
  const busy = [read(endless), read(endless)].map((rows) => rows[Symbol.asyncIterator]());
  await Promise.all(busy.map((rows) => rows.next()));
  const controller = new AbortController();
  const waiting = rowsOf(read('SELECT 1'));
  const aborted = failureOf(read('SELECT 2', { signal: controller.signal }));

  controller.abort(new Error('the client left'));
  expect(await aborted).toEqual(new Error('the client left'));

  for (const rows of busy) await rows.return?.();
  expect(await waiting).toEqual([['1']]);
});

test('a cancelled query never harms the next one on its connection', async () => {
  for (let i = 0; i < 30; i += 1) {
    for await (const batch of read(endless)) {
      if (batch.rowCount > 0) break;
    }
    expect(await rowsOf(read('SELECT count(*) FROM generate_series(1, 10000)'))).toEqual([
      ['10000'],
    ]);
  }
});

/** All connections of the reader, from inside PostgreSQL and a moment later. */
const endConnections = sql`
  WITH moment AS MATERIALIZED (SELECT pg_sleep(0.2))
  SELECT pg_terminate_backend(pid) FROM moment CROSS JOIN pg_stat_activity
  WHERE usename = ${value('cloudtap_reader', 'text')} AND datname = current_database()`;

test('when PostgreSQL ends the connection the query fails, and the next one works', async () => {
  const failure = failureOf(read(silent));
  while ((await running()) === 0) await delay(10);
  // Else it could be taken for a connection that was dead before the query.
  await delay(300);

  await database.owner.query(endConnections);

  expect(await failure).toMatchObject({
    kind: 'database-unavailable',
    message: 'The database is busy or being restarted. Please try again in a minute.',
  });
  expect(await rowsOf(read('SELECT 1'))).toEqual([['1']]);
});

test('idle connections that PostgreSQL ended unseen cost the next query nothing', async () => {
  await Promise.all([rowsOf(read('SELECT 1')), rowsOf(read('SELECT 1'))]);
  const ending = database.owner.query(endConnections);
  await delay(100);
  // Their end arrives while nobody looks.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);

  expect(await rowsOf(read('SELECT 2'))).toEqual([['2']]);
  await ending;
});
