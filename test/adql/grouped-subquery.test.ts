/** A grouped expression has the same value in a subquery as a grouped column has, which PostgreSQL finds by itself. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Catalog, translate } from '../../adql/index.ts';
import { loadCatalog } from '../../src/tap-schema/load-catalog.ts';
import type { TestDatabase } from '../support/create-test-database.ts';
import { openGoldenDatabase } from './open-golden-database.ts';
import { readValues } from './read-values.ts';

let database: TestDatabase;
let catalog: Catalog;

beforeAll(async () => {
  database = await openGoldenDatabase();
  catalog = await loadCatalog(database.owner);
}, 60_000);

afterAll(async () => {
  await database.drop();
});

async function rowsOf(adql: string): Promise<readonly (readonly (string | null)[])[]> {
  const translation = translate(adql, { catalog, language: 'ADQL-2.1', rowLimit: 100 });
  return readValues(translation, database);
}

const below = (value: string): string =>
  `(SELECT COUNT(*) FROM tap_schema.columns AS c WHERE c.column_index < ${value})`;

/** Grouped by an expression, and by a column of a subquery that holds it. */
const cases: readonly (readonly [expression: string, column: string])[] = [
  [
    `SELECT t.id * 2 AS x, ${below('t.id * 2')} AS n FROM lab.things AS t GROUP BY t.id * 2 ORDER BY x`,
    `SELECT q.x, ${below('q.x')} AS n FROM (SELECT id * 2 AS x FROM lab.things) AS q GROUP BY q.x ORDER BY x`,
  ],
  [
    `SELECT t.id * 2 AS x, COUNT(*) AS n FROM lab.things AS t GROUP BY t.id * 2
     HAVING ${below('t.id * 2 + 1')} > 30 ORDER BY ${below('-(t.id * 2)')}, x DESC`,
    `SELECT q.x, COUNT(*) AS n FROM (SELECT id * 2 AS x FROM lab.things) AS q GROUP BY q.x
     HAVING ${below('q.x + 1')} > 30 ORDER BY ${below('-q.x')}, x DESC`,
  ],
  [
    `SELECT MOD(column_index, 3) AS x, MAX(${below('t.column_index')}) AS n
     FROM tap_schema.columns AS t GROUP BY MOD(column_index, 3)
     HAVING 1 IN (SELECT id FROM lab.keys AS k WHERE MOD(t.column_index, 3) <= k.id) ORDER BY 1`,
    `SELECT q.x, MAX(${below('q.i')}) AS n
     FROM (SELECT MOD(column_index, 3) AS x, column_index AS i FROM tap_schema.columns) AS q GROUP BY q.x
     HAVING 1 IN (SELECT id FROM lab.keys AS k WHERE q.x <= k.id) ORDER BY 1`,
  ],
  [
    `SELECT id, ${below('id')} AS n FROM lab.things FULL JOIN lab.keys USING (id) GROUP BY id ORDER BY id`,
    `SELECT q.id, ${below('q.id')} AS n FROM (SELECT id FROM lab.things UNION SELECT id FROM lab.keys) AS q ORDER BY id`,
  ],
  [
    `SELECT UPPER(t.name) AS x FROM lab.things AS t GROUP BY UPPER(t.name)
     HAVING EXISTS (SELECT 1 FROM (SELECT UPPER(t.name) || k.name AS y FROM lab.keys AS k) AS p WHERE p.y LIKE 'T%')`,
    `SELECT q.x FROM (SELECT UPPER(name) AS x FROM lab.things) AS q GROUP BY q.x
     HAVING EXISTS (SELECT 1 FROM (SELECT q.x || k.name AS y FROM lab.keys AS k) AS p WHERE p.y LIKE 'T%')`,
  ],
];

test.each(cases)('%s', async (expression, column) => {
  const rows = await rowsOf(expression);
  expect(rows.length).toBeGreaterThan(0);
  expect(rows).toEqual(await rowsOf(column));
});
