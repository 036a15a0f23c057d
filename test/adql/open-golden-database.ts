import { sql } from '../../adql/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';

/**
 * The sample catalogue, and beside it what it has no example of: `lab.things` has a column of every
 * type and names that need quotes; `lab.lists` has arrays of every type; `lab.keys` and `lab.tables` share their names with TAP_SCHEMA's;
 * `lab.shapes` has shapes as archives store them.
 */
export async function openGoldenDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase();
  await database.owner.transaction(async (session) => {
    await session.execute(sql`CREATE SCHEMA lab`);
    await session.execute(createThings);
    await session.execute(sql`INSERT INTO lab.things (id, name, "Mixed") VALUES
      (1, 'one', 1), (2, 'two', 2), (3, NULL, NULL)`);
    await session.execute(sql`UPDATE lab.things SET flag = (id = 1), small = id, big = 9007199254740993,
      ratio = 0.5, size = id * 10.0, exact = 0.1, at = '2021-03-04 05:06:07', at_zone = '2021-03-04 05:06:07+00',
      numbers = ARRAY[1.5, 2.5], blob = '\\x00ff', mixed = -1, doc = '{"a": 1}'`);
    await session.execute(sql`CREATE TABLE lab.keys (id integer, name text)`);
    await session.execute(sql`INSERT INTO lab.keys VALUES (1, 'key of one'), (4, 'key of four')`);
    await session.execute(sql`CREATE TABLE lab.shapes (id integer, place double precision[],
      disc double precision[], outline double precision[], region text)`);
    await session.execute(sql`INSERT INTO lab.shapes VALUES
      (1, '{10, 20}', '{10, 20, 1}', '{9, 19, 11, 19, 11, 21, 9, 21, 9, 19}', 'POLYGON ICRS 9 19 11 19 11 21'),
      (2, '{359.9, 0}', '{0, 0, 1}', '{359, -1, 1, -1, 1, 1, 359, 1}', 'circle 0 0 1'),
      (3, '{NaN, NaN}', NULL, NULL, 'unreadable'),
      (4, NULL, NULL, NULL, NULL)`);
    await session.execute(sql`CREATE TABLE lab.lists (id bigint, shorts smallint[], ints integer[],
      longs bigint[], floats real[], spot real[])`);
    await session.execute(sql`INSERT INTO lab.lists VALUES
      (1, '{1, 2}', '{3}', '{4, 5}', '{0.5, 1.5}', '{10, 20}'),
      (9007199254740993, NULL, '{}', '{9007199254740993}', NULL, NULL)`);
    await session.execute(sql`INSERT INTO tap_schema.schemas (schema_name) VALUES ('lab')`);
    await session.execute(sql`INSERT INTO tap_schema.tables (schema_name, table_name, table_type)
      VALUES ('lab', 'lab.things', 'table'), ('lab', 'lab.keys', 'table'),
        ('lab', 'lab.lists', 'table'), ('lab', 'lab.shapes', 'table')`);
    await session.execute(describeColumns);
    await session.execute(sql`GRANT USAGE ON SCHEMA lab TO cloudtap_reader`);
    await session.execute(sql`GRANT SELECT ON ALL TABLES IN SCHEMA lab TO cloudtap_reader`);
  });
  return database;
}

const createThings = sql`CREATE TABLE lab.things (
  id integer, name text, flag boolean, small smallint, big bigint, ratio real,
  size double precision, exact numeric, at timestamp without time zone,
  at_zone timestamp with time zone, numbers double precision[], blob bytea, doc jsonb,
  "Mixed" integer, mixed integer)`;

const describeColumns = sql`INSERT INTO tap_schema.columns
  (table_name, column_name, datatype, arraysize, xtype, unit, ucd, indexed, principal, std, column_index)
  VALUES
  ('lab.things', 'id', 'int', NULL, NULL, NULL, 'meta.id', 0, 1, 0, 1),
  ('lab.things', 'name', 'char', '*', NULL, NULL, NULL, 0, 1, 0, 2),
  ('lab.things', 'flag', 'boolean', NULL, NULL, NULL, NULL, 0, 1, 0, 3),
  ('lab.things', 'small', 'short', NULL, NULL, 'pix', NULL, 0, 1, 0, 4),
  ('lab.things', 'big', 'long', NULL, NULL, NULL, NULL, 0, 1, 0, 5),
  ('lab.things', 'ratio', 'float', NULL, NULL, NULL, NULL, 0, 1, 0, 6),
  ('lab.things', '"size"', 'double', NULL, NULL, 'm', 'phys.size', 0, 1, 0, 7),
  ('lab.things', 'exact', 'double', NULL, NULL, 's', NULL, 0, 1, 0, 8),
  ('lab.things', '"at"', 'char', '*', 'timestamp', NULL, 'time', 0, 1, 0, 9),
  ('lab.things', 'at_zone', 'char', '*', 'timestamp', NULL, 'time', 0, 1, 0, 10),
  ('lab.things', 'numbers', 'double', '*', NULL, NULL, NULL, 0, 1, 0, 11),
  ('lab.things', 'blob', 'unsignedByte', '*', NULL, NULL, NULL, 0, 1, 0, 12),
  ('lab.things', 'doc', 'char', '*', 'json', NULL, NULL, 0, 1, 0, 13),
  ('lab.things', '"Mixed"', 'int', NULL, NULL, NULL, NULL, 0, 1, 0, 14),
  ('lab.things', 'mixed', 'int', NULL, NULL, NULL, NULL, 0, 1, 0, 15),
  ('lab.shapes', 'id', 'int', NULL, NULL, NULL, 'meta.id', 0, 1, 0, 1),
  ('lab.shapes', 'place', 'double', '2', 'point', 'deg', 'pos.eq', 0, 1, 0, 2),
  ('lab.shapes', 'disc', 'double', '3', 'circle', 'deg', NULL, 0, 1, 0, 3),
  ('lab.shapes', 'outline', 'double', '*', 'polygon', 'deg', NULL, 0, 1, 0, 4),
  ('lab.shapes', '"region"', 'char', '*', 'adql:REGION', NULL, 'pos.outline', 0, 1, 0, 5),
  ('lab.lists', 'id', 'long', NULL, NULL, NULL, 'meta.id', 0, 1, 0, 1),
  ('lab.lists', 'shorts', 'short', '*', NULL, NULL, NULL, 0, 1, 0, 2),
  ('lab.lists', 'ints', 'int', '*', NULL, NULL, NULL, 0, 1, 0, 3),
  ('lab.lists', 'longs', 'long', '*', NULL, NULL, NULL, 0, 1, 0, 4),
  ('lab.lists', 'floats', 'float', '*', NULL, NULL, NULL, 0, 1, 0, 5),
  ('lab.lists', 'spot', 'float', '2', 'point', 'deg', NULL, 0, 1, 0, 6),
  ('lab.keys', 'id', 'int', NULL, NULL, NULL, 'meta.id', 0, 1, 0, 1),
  ('lab.keys', 'name', 'char', '*', NULL, NULL, NULL, 0, 1, 0, 2)`;
