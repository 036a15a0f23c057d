/** A table as an upload is, 10,000 positions without an index, matched with 30,000 rows of the catalogue. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Catalog, sql, translate } from '../../adql/index.ts';
import { gateStatement } from '../../src/database/statement-gate.ts';
import { loadCatalog } from '../../src/tap-schema/load-catalog.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { explainPrepared, prepare } from './prepared.ts';
import { readValues } from './read-values.ts';

let database: TestDatabase;
let catalog: Catalog;

beforeAll(async () => {
  database = await createTestDatabase({ content: 'schema' });
  await database.owner.transaction(async (session) => {
    // Every third row has a target 0.36 arcsec to the north of it.
    await session.execute(sql`INSERT INTO ivoa.obscore
      (obs_publisher_did, obs_id, obs_collection, calib_level, s_ra, s_dec)
      SELECT 'ivo://test?' || i, 'test' || i, 'TEST', 2, (i * 137.50776405) :: numeric % 360,
        degrees(asin(2 * i / 30001.0 - 1))
      FROM generate_series(1, 30000) AS i`);
    await session.execute(sql`CREATE SCHEMA lab`);
    await session.execute(sql`CREATE TABLE lab.target AS
      SELECT CAST(substr(obs_id, 5) AS integer) AS id, s_ra AS ra, least(s_dec + 0.0001, 90) AS dec
      FROM ivoa.obscore WHERE CAST(substr(obs_id, 5) AS integer) % 3 = 0`);
    await session.execute(
      sql`INSERT INTO lab.target VALUES (0, 10, NULL), (-1, 10, 1e300), (-2, NULL, 20)`,
    );
    await session.execute(sql`INSERT INTO tap_schema.schemas (schema_name) VALUES ('lab')`);
    await session.execute(sql`INSERT INTO tap_schema.tables (schema_name, table_name, table_type)
      VALUES ('lab', 'lab.target', 'table')`);
    await session.execute(sql`INSERT INTO tap_schema.columns
      (table_name, column_name, datatype, indexed, principal, std, column_index)
      VALUES ('lab.target', 'id', 'int', 0, 1, 0, 1), ('lab.target', 'ra', 'double', 0, 1, 0, 2),
        ('lab.target', 'dec', 'double', 0, 1, 0, 3)`);
    await session.execute(sql`GRANT USAGE ON SCHEMA lab TO cloudtap_reader`);
    await session.execute(sql`GRANT SELECT ON lab.target TO cloudtap_reader`);
  });
  await database.owner.execute(sql`ANALYZE lab.target`);
  await database.owner.execute(sql`ANALYZE ivoa.obscore`);
  catalog = await loadCatalog(database.owner);
}, 60_000);

afterAll(async () => {
  await database.drop();
});

const uploaded = 'lab.target AS t JOIN ivoa.obscore AS o';
const selected =
  'lab.target AS t JOIN (SELECT obs_id, s_ra, s_dec FROM ivoa.obscore WHERE calib_level > 0) AS o';
const distance = 'DISTANCE(POINT(t.ra, t.dec), POINT(o.s_ra, o.s_dec))';

test.each([
  [`${uploaded} ON ${distance} < 0.0003`, 'obscore_zone_index'],
  [`${uploaded} ON 0.0003 >= DISTANCE(o.s_ra, o.s_dec, t.ra, t.dec)`, 'obscore_zone_index'],
  [`${selected} ON ${distance} < 0.0003`, 'obscore_zone_index'],
  [
    `${uploaded} ON CONTAINS(POINT(o.s_ra, o.s_dec), CIRCLE(t.ra, t.dec, 0.0003)) = 1`,
    'obscore_zone_index',
  ],
  [
    `${uploaded} ON 1 = CONTAINS(POINT(t.ra, t.dec), CIRCLE(o.s_ra, o.s_dec, 0.0003))`,
    'obscore_zone_index',
  ],
  [`${uploaded} ON ${distance} < 0.05`, 'obscore_position_index'],
])('%s is searched by %s and finds every pair', async (from, index) => {
  const translation = translate(`SELECT t.id, o.obs_id FROM ${from}`, {
    catalog,
    language: 'ADQL-2.1',
    rowLimit: 100_000,
  });
  gateStatement(translation.statement, translation.uses);
  const plan = await database.owner.transaction(async (session) => {
    await session.execute(prepare(translation.statement));
    const lines = await session.query(explainPrepared(translation.statement));
    await session.execute(sql`DEALLOCATE translated`);
    return JSON.stringify(lines);
  });
  expect(plan).toContain(index);
  const pairs = await readValues(translation, database);
  const own = pairs.filter(([id, name]) => name === `test${id ?? ''}`);
  expect(own).toHaveLength(10_000);
});
