import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql, type Sql } from '../../adql/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ content: 'schema' });
}, 60_000);

afterAll(() => database.drop());

/** All values of the first column, in its order. */
async function names(statement: Sql): Promise<readonly string[]> {
  return (await database.owner.query<{ name: string }>(statement)).map(({ name }) => name);
}

/** The 30 mandatory columns of ObsCore 1.1, table 1. */
const mandatory = `dataproduct_type calib_level obs_collection obs_id obs_publisher_did access_url
  access_format access_estsize target_name s_ra s_dec s_fov s_region s_resolution s_xel1 s_xel2 t_min
  t_max t_exptime t_resolution t_xel em_min em_max em_res_power em_xel o_ucd pol_states pol_xel
  facility_name instrument_name`.split(/\s+/);

test('every mandatory column of ObsCore is described, principal, standard and there', async () => {
  const described = await names(sql`SELECT column_name AS name FROM tap_schema.columns
    WHERE table_name = 'ivoa.obscore' AND principal = 1 AND std = 1 AND utype LIKE 'obscore:%'`);
  expect([...described].sort()).toEqual([...mandatory].sort());
});

test('TAP_SCHEMA describes exactly the columns that information_schema knows', async () => {
  const described = await names(sql`SELECT table_name || '.' || trim(column_name, '"') AS name
    FROM tap_schema.columns ORDER BY name`);
  const real =
    await names(sql`SELECT table_schema || '.' || table_name || '.' || column_name AS name
    FROM information_schema.columns WHERE table_schema IN ('ivoa', 'tap_schema') ORDER BY name`);
  expect(described).toEqual(real);
});

test('datatypes follow from the types of the columns', async () => {
  const pairs = await names(sql`SELECT DISTINCT
      i.data_type || ' ' || c.datatype || COALESCE(c.arraysize, '') AS name
    FROM tap_schema.columns c JOIN information_schema.columns i
      ON i.table_schema || '.' || i.table_name = c.table_name
      AND i.column_name = trim(c.column_name, '"')
    ORDER BY name`);
  expect(pairs).toEqual([
    'bigint long',
    'double precision double',
    'integer int',
    'jsonb char*',
    'text char*',
    'timestamp without time zone char*',
  ]);
});

test('indexed is 1 exactly for the columns that an index begins with', async () => {
  const told = await names(sql`SELECT table_name || '.' || column_name AS name
    FROM tap_schema.columns WHERE indexed = 1 ORDER BY name`);
  const real = await names(sql`SELECT DISTINCT i.indrelid::regclass || '.' || a.attname AS name
    FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
    JOIN pg_class c ON c.oid = i.indrelid
    WHERE c.relnamespace IN ('ivoa'::regnamespace, 'tap_schema'::regnamespace) ORDER BY name`);
  expect(told).toEqual(real);
});

test('foreign keys are described as they are enforced', async () => {
  const told = await names(sql`SELECT from_table || '.' || from_column || ' -> ' ||
      target_table || '.' || target_column AS name
    FROM tap_schema.keys JOIN tap_schema.key_columns USING (key_id) ORDER BY name`);
  const real = await names(sql`SELECT f.attrelid::regclass || '.' || f.attname || ' -> ' ||
      t.attrelid::regclass || '.' || t.attname AS name
    FROM pg_constraint c
    JOIN pg_attribute f ON f.attrelid = c.conrelid AND f.attnum = c.conkey[1]
    JOIN pg_attribute t ON t.attrelid = c.confrelid AND t.attnum = c.confkey[1]
    WHERE c.contype = 'f' AND c.connamespace = 'tap_schema'::regnamespace ORDER BY name`);
  expect(told).toEqual(real);
});

test('"size" follows from arraysize', async () => {
  await database.owner.execute(sql`INSERT INTO tap_schema.columns
      (table_name, column_name, datatype, arraysize, indexed, principal, std)
    SELECT 'ivoa.obscore', 'x' || n, 'char', arraysize, 0, 0, 0
    FROM (VALUES (1, '12'), (2, '64*'), (3, '*'), (4, '2x3'), (5, NULL)) AS v (n, arraysize)`);
  const sizes = await database.owner.query(sql`SELECT arraysize, size FROM tap_schema.columns
    WHERE column_name LIKE 'x_' ORDER BY column_name`);
  expect(sizes).toEqual([
    { arraysize: '12', size: 12 },
    { arraysize: '64*', size: 64 },
    { arraysize: '*', size: null },
    { arraysize: '2x3', size: null },
    { arraysize: null, size: null },
  ]);
  await database.owner.execute(sql`DELETE FROM tap_schema.columns WHERE column_name LIKE 'x_'`);
});

test.each([
  ['an empty string', sql`target_name = ''`, 'obscore_no_empty_text_check'],
  ['a product type of no standard', sql`dataproduct_type = 'Image'`, 'dataproduct_type_check'],
  ['a position off the sky', sql`s_dec = 91`, 'obscore_position_check'],
  ['an empty cloud location', sql`cloud_access = '{}'`, 'obscore_cloud_access_check'],
])('ivoa.obscore refuses %s', async (_what, assignment, constraint) => {
  const { owner } = database;
  await owner.execute(sql`INSERT INTO ivoa.obscore
    (calib_level, obs_collection, obs_id, obs_publisher_did) VALUES (2, 'C', 'o', 'ivo://a/b?o')
    ON CONFLICT DO NOTHING`);
  await expect(owner.execute(sql`UPDATE ivoa.obscore SET ${assignment}`)).rejects.toThrow(
    constraint,
  );
});
