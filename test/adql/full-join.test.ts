/**
 * PostgreSQL refuses a FULL JOIN without an equality between its sides; here each condition is taken, and
 * its answer is that of the LEFT JOIN with the rows of the right side that have no partner.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Catalog, sql, translate } from '../../adql/index.ts';
import { loadCatalog } from '../../src/tap-schema/load-catalog.ts';
import type { TestDatabase } from '../support/create-test-database.ts';
import { openGoldenDatabase } from './open-golden-database.ts';
import { readValues } from './read-values.ts';

let database: TestDatabase;
let catalog: Catalog;

beforeAll(async () => {
  database = await openGoldenDatabase();
  await database.owner.execute(
    sql`INSERT INTO lab.things (id, name) VALUES (NULL, 'none'), (4, 'key of four'), (4, NULL)`,
  );
  await database.owner.execute(sql`DELETE FROM ivoa.obscore WHERE obs_id NOT LIKE 'tess20191411%'`);
  catalog = await loadCatalog(database.owner);
}, 60_000);

afterAll(async () => {
  await database.drop();
});

async function rowsOf(adql: string): Promise<readonly string[]> {
  const translation = translate(adql, { catalog, language: 'ADQL-2.1', rowLimit: 100_000 });
  const rows = await readValues(translation, database);
  return rows.map((row) => row.map((text) => text ?? 'NULL').join(' ')).sort();
}

const tables = {
  things: { text: 'lab.things AS a', column: 'a.id' },
  keys: { text: 'lab.keys AS b', column: 'b.id' },
  shapes: { text: 'lab.shapes AS s', column: 's.id' },
  images: { text: 'ivoa.obscore AS o', column: 'o.obs_id' },
  others: { text: 'ivoa.obscore AS p', column: 'p.obs_id' },
  constant: { text: '(SELECT 1 AS one FROM lab.keys) AS d', column: 'd.one' },
  few: { text: '(SELECT TOP 2 id FROM lab.things ORDER BY id) AS e', column: 'e.id' },
  count: { text: '(SELECT COUNT(*) AS n FROM lab.keys) AS f', column: 'f.n' },
  joined: { text: '(lab.keys AS b LEFT JOIN lab.lists AS l ON b.id = l.id)', column: 'l.id' },
  full: { text: '(lab.keys AS b FULL JOIN lab.lists AS l ON b.id < l.id)', column: 'l.id' },
};

type Side = keyof typeof tables;

test.each<readonly [left: Side, right: Side, condition: string]>([
  ['things', 'keys', 'a.id < b.id'],
  ['things', 'keys', 'a.id = b.id AND a.name <> b.name'],
  ['things', 'keys', 'a.id = b.id OR a.name = b.name'],
  ['things', 'keys', 'NOT (a.id = b.id)'],
  ['things', 'keys', '1 = 0'],
  ['things', 'keys', '1 = 1'],
  ['things', 'keys', 'a.id = NULL'],
  ['things', 'keys', 'a.id > 2'],
  ['things', 'keys', 'b.id IS NULL'],
  ['things', 'keys', 'a.flag = 1 OR b.id = 4'],
  ['things', 'keys', 'COALESCE(1, a.id) = b.id'],
  ['things', 'keys', 'EXISTS (SELECT 1 FROM lab.lists AS z WHERE z.id = a.id)'],
  ['things', 'keys', 'a.id NOT IN (SELECT id FROM lab.lists WHERE id < b.id)'],
  ['things', 'keys', '(SELECT MAX(id) FROM lab.keys WHERE id <= a.id) = b.id'],
  ['constant', 'keys', 'd.one < b.id'],
  ['constant', 'count', 'd.one > f.n'],
  ['few', 'keys', 'e.id < b.id'],
  ['things', 'joined', 'a.id = l.id OR a.id = b.id'],
  ['things', 'full', 'a.id < l.id'],
  ['full', 'things', 'b.id <> a.id'],
  ['shapes', 'things', 'DISTANCE(s.place, POINT(a.id, 20)) < 8'],
  ['shapes', 'keys', '1 = CONTAINS(s.place, CIRCLE(b.id, 20, 9.5))'],
  ['shapes', 'things', '0 = CONTAINS(POINT(10, 20), s."region")'],
  ['images', 'shapes', '1 = INTERSECTS(o.s_region, s.disc)'],
  ['images', 'things', '1 = CONTAINS(POINT(102, -63), o.s_region)'],
  ['images', 'others', 'DISTANCE(POINT(o.s_ra, o.s_dec), POINT(p.s_ra, p.s_dec)) < 8'],
  ['images', 'others', '1 = CONTAINS(POINT(o.s_ra, o.s_dec), p.s_region) AND o.s_ra < p.s_ra'],
])('%s FULL JOIN %s ON %s', async (one, other, condition) => {
  const [left, right] = [tables[one], tables[other]];
  const both = `${left.column} AS x, ${right.column} AS y`;
  const full = await rowsOf(
    `SELECT ${both} FROM ${left.text} FULL JOIN ${right.text} ON ${condition}`,
  );
  const all = await rowsOf(
    `SELECT ${both} FROM ${left.text} LEFT JOIN ${right.text} ON ${condition}`,
  );
  const alone = await rowsOf(
    `SELECT NULL AS x, ${right.column} AS y FROM ${right.text}
     WHERE NOT EXISTS (SELECT 1 FROM ${left.text} WHERE ${condition})`,
  );
  expect(full).toEqual([...all, ...alone].sort());
});
