import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Catalog, type CatalogTable, sql, translate } from '../../adql/index.ts';
import { loadCatalog } from '../../src/tap-schema/load-catalog.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { explainPrepared, prepare } from './prepared.ts';

const degrees = { sqlType: 'double precision', datatype: 'double', indexed: false } as const;
const plain = {
  arraysize: null,
  xtype: null,
  unit: 'deg',
  ucd: null,
  utype: null,
  description: null,
};

const upload: CatalogTable = {
  schema: 'TAP_UPLOAD',
  name: 'b',
  sqlSchema: 'tap_upload',
  sqlName: 'b',
  type: 'table',
  description: null,
  utype: null,
  columns: ['ra', 'dec'].map((name) => ({
    ...{ ...degrees, ...plain, name, sqlName: name },
    ...{ delimited: false, principal: true, std: false },
  })),
};

let database: TestDatabase;
let catalog: Catalog;
beforeAll(async () => {
  database = await createTestDatabase({ content: 'schema' });
  await database.owner.execute(
    sql`CREATE TABLE tap_upload.b (ra double precision, dec double precision)`,
  );
  const { version, tables } = await loadCatalog(database.owner);
  catalog = { version, tables: [...tables, upload] };
});
afterAll(() => database.drop());

/** Does PostgreSQL go through the rows in the order of t_min when anything else is made to look dear? */
async function goesByTime(adql: string): Promise<boolean> {
  const { statement } = translate(adql, { catalog, language: 'ADQL-2.1', rowLimit: 2000 });
  return database.owner.transaction(async (session) => {
    for (const setting of [sql`enable_sort`, sql`enable_seqscan`, sql`enable_bitmapscan`]) {
      await session.execute(sql`SET LOCAL ${setting} = off`);
    }
    await session.execute(prepare(statement));
    const rows = await session.query<{ readonly 'QUERY PLAN': string }>(explainPrepared(statement));
    await session.execute(sql`DEALLOCATE translated`);
    return rows.some((row) => row['QUERY PLAN'].includes('obscore_t_min_index'));
  });
}

const cone = 'CONTAINS(POINT(s_ra, s_dec), CIRCLE(10, 20, 1)) = 1';

test.each([
  cone,
  `${cone} AND dataproduct_type = 'image'`,
  `(${cone} OR INTERSECTS(s_region, CIRCLE(50, 60, 0.5)) = 1) AND calib_level > 1`,
  'DISTANCE(POINT(10, 20), POINT(s_ra, s_dec)) < 0.2',
  'DISTANCE(POINT(s_ra, s_dec), POINT(10, 20)) BETWEEN 0.1 AND 0.2',
  'CONTAINS(POINT(s_ra, s_dec), POLYGON(10, 20, 11, 20, 10, 21)) = 1',
  'CONTAINS(POINT(10, 20), s_region) = 1',
  '1 = INTERSECTS(BOX(10, 20, 5, 5), s_region)',
  'CONTAINS(s_region, CIRCLE(10, 20, 10)) = 1',
])('rows found on the sky are not looked for in the order of time: %s', async (found) => {
  const queries = [
    `SELECT TOP 10 obs_id, t_min FROM ivoa.obscore WHERE ${found} ORDER BY t_min DESC, obs_id`,
    `SELECT TOP 10 obs_id FROM ivoa.obscore WHERE ${found} ORDER BY t_min`,
    `SELECT MIN(t_min) FROM ivoa.obscore WHERE ${found}`,
    `SELECT obs_id FROM (SELECT TOP 5 * FROM ivoa.obscore WHERE ${found} ORDER BY t_min) AS t`,
  ];
  expect(await Promise.all(queries.map(goesByTime))).toEqual([false, false, false, false]);
});

test.each([
  'calib_level > 1',
  `NOT (${cone})`,
  `${cone} OR calib_level > 1`,
  'CONTAINS(POINT(s_ra, s_dec), CIRCLE(10, 20, 11)) = 1',
  'CONTAINS(POINT(s_ra, s_dec), POLYGON(10, 20, 60, 20, 60, 60, 10, 60)) = 1',
  'DISTANCE(POINT(s_ra, s_dec), POINT(10, 20)) > 0.2',
  'DISTANCE(POINT(s_ra, s_dec), POINT(t_min, 20)) < 0.2',
])('others are: %s', async (where) => {
  const query = `SELECT TOP 10 obs_id FROM ivoa.obscore WHERE ${where} ORDER BY t_min`;
  expect(await goesByTime(query)).toBe(true);
});

test.each([
  [
    'DISTANCE(POINT(a.s_ra, a.s_dec), POINT(b.ra, b.dec)) < 0.1',
    'ivoa.obscore a JOIN tap_upload.b',
    false,
  ],
  [
    '1 = CONTAINS(POINT(a.s_ra, a.s_dec), CIRCLE(b.ra, b.dec, 1))',
    'ivoa.obscore a JOIN tap_upload.b',
    false,
  ],
  ['CONTAINS(POINT(b.ra, b.dec), a.s_region) = 1', 'tap_upload.b JOIN ivoa.obscore a', false],
  ['CONTAINS(POINT(b.ra, b.dec), a.s_region) = 1', 'ivoa.obscore a LEFT JOIN tap_upload.b', true],
  [
    'DISTANCE(POINT(a.s_ra, a.s_dec), POINT(c.s_ra, c.s_dec)) < 0.1',
    'ivoa.obscore a JOIN ivoa.obscore c',
    true,
  ],
  ['a.obs_collection = c.obs_collection', 'ivoa.obscore a JOIN ivoa.obscore c', true],
])(
  'rows found around those of an upload, by %s of %s, are looked for by time: %s',
  async (on, from, is) => {
    const query = `SELECT TOP 10 a.obs_id FROM ${from} ON ${on} ORDER BY a.t_min`;
    expect(await goesByTime(query)).toBe(is);
  },
);

test('the earliest of others is found by its index', async () => {
  const query = 'SELECT MIN(t_min) FROM ivoa.obscore WHERE calib_level > 1';
  expect(await goesByTime(query)).toBe(true);
});
