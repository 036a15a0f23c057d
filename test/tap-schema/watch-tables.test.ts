import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { sql } from '../../adql/index.ts';
import { type TableWatch, watchTables } from '../../src/tap-schema/watch-tables.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';

let database: TestDatabase;
let watch: TableWatch | undefined;

beforeAll(async () => {
  database = await createTestDatabase({ content: 'schema' });
});
afterEach(() => watch?.stop());
afterAll(() => database.drop());

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await delay(10);
}

const namesOf = ({ current }: TableWatch): readonly string[] =>
  current().catalog.tables.map(({ schema, name }) => `${schema}.${name}`);

test('a table that is described later is published, and goes again, without a restart', async () => {
  const warnings: string[] = [];
  const options = { owner: database.owner, every: 0.02, warn: warnings.push.bind(warnings) };
  const watched = await watchTables(options);
  watch = watched;
  const before = watched.current();
  await database.owner.execute(sql`
    INSERT INTO tap_schema.tables (schema_name, table_name, table_type)
    VALUES ('ivoa', 'ivoa.plates', 'table')`);
  await until(() => warnings.length > 0);
  await delay(100);
  // Described and not there: told once, and nothing has changed.
  expect(warnings).toEqual([
    'TAP_SCHEMA describes ivoa.plates, but the database has no such table.',
  ]);
  expect(watched.current()).toBe(before);

  await database.owner.execute(sql`CREATE TABLE ivoa.plates (plate_id text)`);
  await until(() => namesOf(watched).includes('ivoa.plates'));
  expect(watched.current().since.getTime()).toBeGreaterThan(before.since.getTime());
  expect(watched.current().tableSet.schemas[0]?.tables.map(({ name }) => name)).toEqual([
    'ivoa.obscore',
    'ivoa.plates',
  ]);

  await database.owner.execute(sql`DELETE FROM tap_schema.tables WHERE table_name = 'ivoa.plates'`);
  await until(() => !namesOf(watched).includes('ivoa.plates'));
});

test('what was read last stays while the database does not answer', async () => {
  const away = {
    ...database.owner,
    query: (): Promise<never> => Promise.reject(new Error('away')),
  };
  let isAway = false;
  const owner = new Proxy(database.owner, {
    get: (real, name) => Reflect.get(isAway ? away : real, name) as unknown,
  });
  const watched = await watchTables({ owner, every: 0.01, warn: () => undefined });
  watch = watched;
  const before = watched.current();
  isAway = true;
  await delay(100);
  expect(watched.current()).toBe(before);
});
