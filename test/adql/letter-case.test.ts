import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Catalog, translate } from '../../adql/index.ts';
import { loadCatalog } from '../../src/tap-schema/load-catalog.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { readValues } from './read-values.ts';

let database: TestDatabase;
let catalog: Catalog;

beforeAll(async () => {
  database = await createTestDatabase({ content: 'schema' });
  catalog = await loadCatalog(database.owner);
});

afterAll(async () => {
  await database.drop();
});

/** ADQL 2.1, "String functions": ASCII at least. */
test('LOWER, UPPER and ILIKE know the letters of every alphabet in the embedded database', async () => {
  const adql = `SELECT LOWER('ÉΩŞ') AS low, UPPER('éωşß') AS up FROM tap_schema.schemas
    WHERE 'Ångström' ILIKE 'åNG%' AND schema_name = 'ivoa'`;
  const translation = translate(adql, { catalog, language: 'ADQL-2.1', rowLimit: 2 });
  expect(await readValues(translation, database)).toEqual([['éωş', 'ÉΩŞß']]);
});
