import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql, type SqlType } from '../../adql/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { decodeRows } from '../support/decode-rows.ts';

let database: TestDatabase;

beforeAll(async () => {
  // One connection, so that the next query sees what the last one left on it.
  database = await createTestDatabase({ content: 'nothing', readerConnections: 1 });
  await database.owner.execute(
    sql`CREATE TABLE public.star (id integer PRIMARY KEY, kind text NOT NULL, n integer, place box)`,
  );
  await database.owner.execute(
    sql`INSERT INTO public.star SELECT i, CASE i WHEN 99000 THEN 'rare' ELSE 'usual' END, i, box(point(i, i), point(i + 1, i + 1)) FROM generate_series(1, 250000) AS i`,
  );
  await database.owner.execute(sql`CREATE INDEX ON public.star (n)`);
  await database.owner.execute(sql`CREATE INDEX ON public.star USING gist (place)`);
  // So small a table PostgreSQL would rather search by bitmap, and the catalogue it does not.
  await database.owner.execute(sql`DO $$ BEGIN
    EXECUTE format('ALTER DATABASE %I SET enable_bitmapscan = off', current_database());
  END $$`);
  await database.owner.execute(sql`GRANT SELECT ON public.star TO cloudtap_reader`);
  await database.owner.execute(sql`ANALYZE public.star`);
});

afterAll(async () => {
  await database.drop();
});

async function ask(
  text: string,
  values: readonly string[] = [],
  types: readonly SqlType[] = values.map(() => 'integer'),
): Promise<readonly (readonly (string | null)[])[]> {
  const signal = new AbortController().signal;
  const options = { wireFormats: [], signal, executionDuration: 60 };
  const rows: (string | null)[][] = [];
  for await (const batch of database.readRows({ text, values, types }, options)) {
    rows.push(...decodeRows(batch));
  }
  return rows;
}

/** What the connection keeps prepared. */
async function kept(): Promise<readonly (string | null)[]> {
  const rows = await ask('SELECT statement FROM pg_prepared_statements ORDER BY prepare_time');
  return rows.map(([statement = null]) => statement);
}

const byKey = 'SELECT kind, n FROM public.star WHERE id = $1';

/** The plan is looked at beside the queries. */
async function untilKept(text: string, ask: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < 200 && !(await kept()).includes(text); i += 1) {
    await ask();
    await delay(5);
  }
  expect(await kept()).toContain(text);
}

test('a small query that comes again and again is kept prepared, and its values stay its own', async () => {
  await untilKept(byKey, () => ask(byKey, ['7']));

  const answers = [];
  for (const id of [1, 99_000, 250_001, 3, 4, 5, 6, 7]) {
    answers.push(...(await ask(byKey, [String(id)])));
  }
  expect(answers).toEqual([
    ['usual', '1'],
    ['rare', '99000'],
    ['usual', '3'],
    ['usual', '4'],
    ['usual', '5'],
    ['usual', '6'],
    ['usual', '7'],
  ]);
});

test('a search by place is kept, though its LIMIT is a value too', async () => {
  const text = 'SELECT id FROM public.star WHERE place && CAST($1 AS box) LIMIT $2';
  const search = (from: number): Promise<readonly (readonly (string | null)[])[]> =>
    ask(
      text,
      [`(${String(from)}.2,${String(from)}.2),(${String(from)}.4,${String(from)}.4)`, '1000'],
      ['text', 'bigint'],
    );
  await untilKept(text, () => search(7));

  expect(await search(99_000)).toEqual([['99000']]);
  expect(await search(5)).toEqual([['5']]);
});

test('the same text with values of another type is another statement', async () => {
  await untilKept(byKey, () => ask(byKey, ['7']));

  expect(await ask(byKey, ['99000'], ['bigint'])).toEqual([['rare', '99000']]);
  expect((await kept()).filter((text) => text === byKey)).toHaveLength(1);
});

test('a statement that PostgreSQL has forgotten is asked without a name', async () => {
  await untilKept(byKey, () => ask(byKey, ['7']));
  await ask('DEALLOCATE ALL');

  expect(await ask(byKey, ['99000'])).toEqual([['rare', '99000']]);
  await untilKept(byKey, () => ask(byKey, ['7']));
  expect(await ask(byKey, ['2'])).toEqual([['usual', '2']]);
});

test('a column that changes its type under a kept statement costs nothing', async () => {
  const text = 'SELECT n FROM public.star WHERE id = $1';
  await untilKept(text, () => ask(text, ['7']));
  await database.owner.execute(sql`ALTER TABLE public.star ALTER n TYPE text USING 'no. ' || n`);

  expect(await ask(text, ['99000'])).toEqual([['no. 99000']]);
});

test('an error in one run leaves the kept statement as it is', async () => {
  const text = 'SELECT 10 / (id - $1) FROM public.star WHERE id = 9';
  await untilKept(text, () => ask(text, ['7']));

  await expect(ask(text, ['9'])).rejects.toThrow('division by zero');
  expect(await ask(text, ['8'])).toEqual([['10']]);
});

test.each([
  ['reads all rows', `SELECT id FROM public.star WHERE kind = $1`, ['usual']],
  ['is done early only by luck', `SELECT id FROM public.star WHERE kind = $1 LIMIT 1`, ['usual']],
])('a query is planned for its own values each time when its plan %s', async (_, text, values) => {
  for (let i = 0; i < 12; i += 1) {
    await ask(text, values, ['text']);
    await delay(5);
  }

  expect(await kept()).not.toContain(text);
  expect(await ask(text, ['rare'], ['text'])).toEqual([['99000']]);
});

test('a connection keeps the thirty statements that were used last', async () => {
  const texts = Array.from({ length: 32 }, (_, i) => `SELECT ${String(i)} + $1`);
  for (const text of texts) await untilKept(text, () => ask(text, ['1']));

  const all = await kept();
  // The question for them is one of them.
  expect(all).toEqual(expect.arrayContaining(texts.slice(3)));
  expect(all).toHaveLength(30);
  expect(await ask('SELECT 0 + $1', ['5'])).toEqual([['5']]);
});
