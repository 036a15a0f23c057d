import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from '../../adql/index.ts';
import { loadCatalog } from '../../src/tap-schema/load-catalog.ts';
import { loadTableSet } from '../../src/tap-schema/load-table-set.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ content: 'schema' });
}, 60_000);

afterAll(() => database.drop());

test('the catalogue holds ivoa.obscore with its cloud columns, as clients are to see it', async () => {
  const catalog = await loadCatalog(database.owner);
  const obscore = catalog.tables[0];
  expect(obscore).toMatchObject({
    schema: 'ivoa',
    name: 'obscore',
    sqlSchema: 'ivoa',
    sqlName: 'obscore',
    type: 'table',
    utype: 'ivo://ivoa.net/std/ObsCore#table-1.1',
  });
  expect(obscore?.columns.slice(5, 8)).toEqual([
    {
      name: 'access_url',
      delimited: false,
      sqlName: 'access_url',
      sqlType: 'text',
      datatype: 'char',
      arraysize: '*',
      xtype: null,
      unit: null,
      ucd: 'meta.ref.url',
      utype: 'obscore:Access.reference',
      description: 'URL to fetch the product or its DataLink document',
      indexed: false,
      principal: true,
      std: true,
    },
    expect.objectContaining({ name: 'cloud_access', sqlType: 'jsonb', xtype: 'json', std: false }),
    expect.objectContaining({ name: 'cloud_uri', xtype: null, ucd: 'meta.ref.uri', std: false }),
  ]);
});

test('the column "size" of tap_schema.columns is known as delimited', async () => {
  const catalog = await loadCatalog(database.owner);
  const columns = catalog.tables.find(({ name }) => name === 'columns');
  expect(columns?.columns.find(({ name }) => name === 'size')).toMatchObject({
    delimited: true,
    sqlName: 'size',
    sqlType: 'integer',
  });
});

test('the version changes with the content and with nothing else', async () => {
  const before = await loadCatalog(database.owner);
  expect((await loadCatalog(database.owner)).version).toBe(before.version);
  await database.owner.execute(
    sql`UPDATE tap_schema.tables SET description = 'Other' WHERE table_name = 'ivoa.obscore'`,
  );
  expect((await loadCatalog(database.owner)).version).not.toBe(before.version);
});

test('an operator publishes a table by describing it; what cannot be is left out with a reason', async () => {
  const { owner } = database;
  await owner.execute(sql`CREATE SCHEMA lab`);
  await owner.execute(sql`CREATE DOMAIN lab.jy AS double precision`);
  await owner.execute(sql`CREATE TABLE lab."Fluxes" (
    name varchar(20), "J-H" lab.jy, span int4range, level integer, flag boolean)`);
  await owner.execute(sql`INSERT INTO tap_schema.schemas VALUES ('lab')`);
  await owner.execute(sql`INSERT INTO tap_schema.tables VALUES
    ('lab', 'lab."Fluxes"', 'table'), ('lab', 'lab.gone', 'table'), ('lab', 'lab.two words', 'table')`);
  await owner.execute(sql`INSERT INTO tap_schema.columns
      (table_name, column_name, datatype, arraysize, indexed, principal, std)
    SELECT 'lab."Fluxes"', *, 0, 0, 0 FROM (VALUES ('"J-H"', 'double', NULL), ('NAME', 'char', '20*'),
      ('absent', 'int', NULL), ('flag', 'int', NULL), ('level', 'int', NULL), ('span', 'char', '*'))
      AS described`);
  const warnings: string[] = [];
  const catalog = await loadCatalog(owner, (warning) => warnings.push(warning));
  const fluxes = catalog.tables.find(({ schema }) => schema === 'lab');
  expect(fluxes?.columns).toMatchObject([
    { name: 'J-H', delimited: true, sqlName: 'J-H', sqlType: 'double precision' },
    { name: 'NAME', delimited: false, sqlName: 'name', sqlType: 'text', arraysize: '20*' },
  ]);
  expect(warnings).toEqual([
    'TAP_SCHEMA.tables: lab.two words is no ADQL table name (write schema.table).',
    'TAP_SCHEMA.columns: lab."Fluxes", absent left out: the table has no such column.',
    'TAP_SCHEMA.columns: lab."Fluxes", flag left out: int cannot carry boolean.',
    'TAP_SCHEMA.columns: lab."Fluxes", level left out: a reserved word stands in double quotes.',
    'TAP_SCHEMA.columns: lab."Fluxes", span left out: no FIELD can carry its type int4range.',
    'TAP_SCHEMA describes lab.gone, but the database has no such table.',
  ]);
  await owner.execute(sql`DELETE FROM tap_schema.schemas WHERE schema_name = 'lab'`);
});

test('the table set has schemas, tables and foreign keys in the order of TAP_SCHEMA', async () => {
  const catalog = await loadCatalog(database.owner);
  const { schemas } = await loadTableSet(database.owner, catalog);
  expect(schemas.map(({ name, tables }) => [name, tables.map((table) => table.name)])).toEqual([
    ['ivoa', ['ivoa.obscore']],
    [
      'tap_schema',
      [
        'tap_schema.schemas',
        'tap_schema.tables',
        'tap_schema.columns',
        'tap_schema.keys',
        'tap_schema.key_columns',
      ],
    ],
  ]);
  expect(schemas[1]?.tables[1]?.foreignKeys).toEqual([
    {
      targetTable: 'tap_schema.schemas',
      description: 'The schema of a table',
      utype: null,
      columns: [{ from: 'schema_name', target: 'schema_name' }],
    },
  ]);
});
