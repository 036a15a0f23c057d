/**
 * The same questions to two tables with the same random rows: one has the indexes of the sky, the other
 * has none and is tested row by row. And to the first again, so asked that no index can help.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Catalog,
  identifier,
  join,
  sql,
  type Sql,
  translate,
  value,
} from '../../adql/index.ts';
import { gateStatement } from '../../src/database/statement-gate.ts';
import { loadCatalog } from '../../src/tap-schema/load-catalog.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { readValues } from './read-values.ts';

let database: TestDatabase;
let catalog: Catalog;

beforeAll(async () => {
  database = await createTestDatabase({ content: 'schema' });
  await database.owner.transaction(async (session) => {
    await session.execute(sql`CREATE SCHEMA lab`);
    for (const name of [sql`lab.indexed`, sql`lab.plain`]) {
      await session.execute(sql`CREATE TABLE ${name} (id integer, s_ra double precision,
        s_dec double precision, s_region text)`);
    }
    await session.execute(sql`CREATE INDEX ON lab.indexed USING gist (sky.position(s_ra, s_dec))`);
    await session.execute(sql`CREATE INDEX ON lab.indexed (sky.region_id(s_region))`);
    await session.execute(sql`CREATE TRIGGER register BEFORE INSERT ON lab.indexed
      FOR EACH ROW EXECUTE FUNCTION sky.register_region_of_row()`);
    await session.execute(sql`INSERT INTO tap_schema.schemas (schema_name) VALUES ('lab')`);
    await session.execute(describeTables);
    await session.execute(describeColumns);
    await session.execute(sql`GRANT USAGE ON SCHEMA lab TO cloudtap_reader`);
    await session.execute(sql`GRANT SELECT ON ALL TABLES IN SCHEMA lab TO cloudtap_reader`);
    // So small a table would be read whole.
    await session.execute(
      sql`ALTER ROLE cloudtap_reader IN DATABASE ${databaseName()} SET enable_seqscan = off`,
    );
  });
  await fillTables();
  catalog = await loadCatalog(database.owner);
}, 60_000);

afterAll(async () => {
  await database.drop();
});

const describeTables = sql`INSERT INTO tap_schema.tables (schema_name, table_name, table_type)
  VALUES ('lab', 'lab.indexed', 'table'), ('lab', 'lab.plain', 'table')`;

const describeColumns = sql`INSERT INTO tap_schema.columns
  (table_name, column_name, datatype, arraysize, xtype, indexed, principal, std, column_index)
  SELECT t, c, d, a, x, 0, 1, 0, i FROM (VALUES ('lab.indexed'), ('lab.plain')) AS t(t),
    (VALUES ('id', 'int', NULL, NULL, 1), ('s_ra', 'double', NULL, NULL, 2),
      ('s_dec', 'double', NULL, NULL, 3), ('s_region', 'char', '*', 'adql:REGION', 4)) AS c(c, d, a, x, i)`;

function databaseName(): Sql {
  return identifier(database.connection.database);
}

/** Everywhere, and often where it is awkward: at the poles, at longitude 0, on round numbers. */
const longitude = fc.oneof(
  fc.double({ min: 0, max: 360, maxExcluded: true, noNaN: true }),
  fc.constantFrom(0, 1e-9, 90, 180, 270, 359.999999999),
  fc.integer({ min: 0, max: 359 }),
);
const latitude = fc.oneof(
  fc.double({ min: -90, max: 90, noNaN: true }),
  fc.constantFrom(-90, -89.9999999, 0, 89.9999999, 90),
  fc.integer({ min: -90, max: 90 }),
);
/** PostgreSQL refuses to compute with the smallest doubles; no position has them. */
const flushed = (angle: number): number => (Math.abs(angle) < 1e-30 ? 0 : angle);
const size = fc
  .oneof(fc.double({ min: 0, max: 180, noNaN: true }), fc.constantFrom(0, 1e-6, 1, 90, 180))
  .map(flushed);
const place = fc.tuple(longitude.map(flushed), latitude.map(flushed));

/** A convex polygon or a thin one around a place, on one side of the sky. */
const polygonCoordinates = fc
  .tuple(place, fc.double({ min: 0.001, max: 60, noNaN: true }), fc.integer({ min: 3, max: 7 }))
  .map(([[lon, lat], radius, count]) =>
    Array.from({ length: count }, (_, index) =>
      onCircle([lon, lat], radius, (360 * index) / count),
    ).flat(),
  );

/** The point at an angle around a centre, all in degrees. */
function onCircle([lon, lat]: readonly [number, number], radius: number, angle: number): number[] {
  const [b, r, a] = [lat, radius, angle].map((degrees) => (degrees * Math.PI) / 180) as [
    number,
    number,
    number,
  ];
  const sine = Math.sin(b) * Math.cos(r) + Math.cos(b) * Math.sin(r) * Math.cos(a);
  const east = Math.atan2(
    Math.sin(a) * Math.sin(r) * Math.cos(b),
    Math.cos(r) - Math.sin(b) * sine,
  );
  return [
    lon + (east * 180) / Math.PI,
    (Math.asin(Math.max(-1, Math.min(1, sine))) * 180) / Math.PI,
  ];
}

const regionText = fc.oneof(
  polygonCoordinates.map((numbers) => `POLYGON ICRS ${numbers.join(' ')}`),
  fc.tuple(place, size).map(([centre, radius]) => `Circle ${centre.join(' ')} ${String(radius)}`),
  fc
    .tuple(place, place)
    .map(([a, b]) => `UNION ICRS (CIRCLE ${a.join(' ')} 5 CIRCLE ${b.join(' ')} 1)`),
  fc
    .tuple(place, place)
    .map(([a, b]) => `INTERSECTION (CIRCLE ${a.join(' ')} 90 NOT (CIRCLE ${b.join(' ')} 60))`),
);

async function fillTables(): Promise<void> {
  const rows = fc.sample(fc.tuple(place, regionText), { numRuns: 200, seed: 4 });
  const columns = [
    value(`{${rows.map(([[lon]]) => lon).join(',')}}`, 'double precision[]'),
    value(`{${rows.map(([[, lat]]) => lat).join(',')}}`, 'double precision[]'),
    value(`{${rows.map(([, text]) => `"${text}"`).join(',')}}`, 'text[]'),
  ];
  for (const name of [sql`lab.indexed`, sql`lab.plain`]) {
    await database.owner.query(sql`INSERT INTO ${name} SELECT row_number() OVER (), *
      FROM unnest(${join(columns, sql`, `)})`);
    await database.owner.query(sql`INSERT INTO ${name} VALUES
      (1001, NULL, NULL, NULL), (1002, 10, 20, 'no region'), (1003, 10, NULL, 'POLYGON 1 2')`);
  }
}

const number = (degrees: number): string => String(degrees).replace('+', '');
const point = place.map(([lon, lat]) => `POINT(${number(lon)}, ${number(lat)})`);
const circle = fc
  .tuple(point, size)
  .map(([centre, radius]) => `CIRCLE(${centre}, ${number(radius)})`);
const polygon = polygonCoordinates.map((numbers) => `POLYGON(${numbers.map(number).join(', ')})`);
const box = fc
  .tuple(
    longitude,
    fc.double({ min: -70, max: 70, noNaN: true }),
    fc.double({ min: 0.1, max: 20, noNaN: true }),
  )
  .map(
    ([lon, lat, width]) =>
      `BOX(${number(lon)}, ${number(lat)}, ${number(width)}, ${number(width)})`,
  );
const shape = fc.oneof(circle, polygon, box);

/** [what is asked, the rows that answer] */
const predicate = fc.oneof(
  shape.map((other) => `CONTAINS(POINT(s_ra, s_dec), ${other})`),
  regionText.map((text) => `CONTAINS(POINT(s_ra, s_dec), REGION('${text}'))`),
  point.map((other) => `CONTAINS(${other}, s_region)`),
  shape.map((other) => `CONTAINS(${other}, s_region)`),
  shape.map((other) => `CONTAINS(s_region, ${other})`),
  shape.map((other) => `INTERSECTS(s_region, ${other})`),
  fc.oneof(shape, point).map((other) => `INTERSECTS(${other}, s_region)`),
  regionText.map((text) => `INTERSECTS(REGION('${text}'), s_region)`),
);

const limit = fc.oneof(size, fc.constantFrom(-1, 200, 720));
const distance = fc.oneof(
  fc
    .tuple(point, limit)
    .map(([other, far]) => `DISTANCE(POINT(s_ra, s_dec), ${other}) < ${number(far)}`),
  fc
    .tuple(point, limit)
    .map(([other, far]) => `${number(far)} >= DISTANCE(${other}, POINT(s_ra, s_dec))`),
  fc
    .tuple(place, limit)
    .map(
      ([[lon, lat], far]) =>
        `DISTANCE(${number(lon)}, ${number(lat)}, s_ra, s_dec) <= id * ${number(far)}`,
    ),
);

async function idsOf(adql: string): Promise<readonly number[]> {
  const translation = translate(adql, { catalog, language: 'ADQL-2.1', rowLimit: 100_000 });
  gateStatement(translation.statement, translation.uses);
  const rows = await readValues(translation, database);
  return rows.map(([id]) => Number(id)).sort((a, b) => a - b);
}

test('an indexed condition selects what the plain condition selects', async () => {
  await fc.assert(
    fc.asyncProperty(predicate, async (asked) => {
      const indexed = await idsOf(`SELECT id FROM lab.indexed WHERE ${asked} = 1`);
      expect(await idsOf(`SELECT id FROM lab.plain WHERE ${asked} = 1`)).toEqual(indexed);
      const computed = `SELECT id, ${asked} AS hit FROM lab.indexed`;
      expect(await idsOf(`SELECT id FROM (${computed}) AS t WHERE hit = 1`)).toEqual(indexed);
    }),
    { numRuns: 40 },
  );
}, 120_000);

test('what a condition does not select, its negation selects, unless it is not known', async () => {
  await fc.assert(
    fc.asyncProperty(predicate, async (asked) => {
      const selected: number[] = [];
      for (const outcome of ['= 1', '= 0', 'IS NULL']) {
        const ids = await idsOf(`SELECT id FROM lab.indexed WHERE ${asked} ${outcome}`);
        expect(await idsOf(`SELECT id FROM lab.plain WHERE ${asked} ${outcome}`)).toEqual(ids);
        selected.push(...ids);
      }
      expect(selected).toHaveLength(203);
    }),
    { numRuns: 40 },
  );
}, 120_000);

test('a limit on a distance selects the same rows with and without an index', async () => {
  await fc.assert(
    fc.asyncProperty(distance, async (condition) => {
      const indexed = await idsOf(`SELECT id FROM lab.indexed WHERE ${condition}`);
      expect(await idsOf(`SELECT id FROM lab.plain WHERE ${condition}`)).toEqual(indexed);
    }),
    { numRuns: 40 },
  );
}, 120_000);

test('a cross-match finds the same pairs with and without an index', async () => {
  await fc.assert(
    fc.asyncProperty(fc.double({ min: 0.001, max: 20, noNaN: true }), async (far) => {
      const conditions = [
        `DISTANCE(POINT(a.s_ra, a.s_dec), POINT(b.s_ra, b.s_dec)) < ${String(far)}`,
        `CONTAINS(POINT(a.s_ra, a.s_dec), CIRCLE(b.s_ra, b.s_dec, ${String(far)})) = 1`,
        'CONTAINS(POINT(a.s_ra, a.s_dec), b.s_region) = 1',
        `INTERSECTS(CIRCLE(a.s_ra, a.s_dec, ${String(far)}), b.s_region) = 1`,
      ];
      for (const on of conditions) {
        const pairs = await Promise.all(
          ['indexed', 'plain'].map((table) =>
            idsOf(
              `SELECT 10000 * a.id + b.id FROM lab.plain AS a JOIN lab.${table} AS b ON ${on} WHERE a.id < 12`,
            ),
          ),
        );
        expect(pairs[0]).toEqual(pairs[1]);
      }
    }),
    { numRuns: 2 },
  );
}, 120_000);
