import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Sql, sql, value } from '../../adql/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { anyPosition, anyRadius, anyStar, polygonOf } from './arbitrary-shapes.ts';
import { destination, type Position } from './reference.ts';

/** 400 rows whose positions and regions crowd where indexes break: poles, longitude 0, antipodes. */
let database: TestDatabase;

const anyRegion = fc.oneof(
  anyStar.map((star) => `POLYGON ICRS ${polygonOf(star).join(' ')}`),
  fc.tuple(anyPosition, anyRadius).map(([at, radius]) => `CIRCLE ${[...at, radius].join(' ')}`),
  fc
    .tuple(anyPosition, anyStar)
    .map(
      ([at, star]) => `UNION ICRS (CIRCLE ${at.join(' ')} 2 POLYGON ${polygonOf(star).join(' ')})`,
    ),
  fc
    .tuple(anyPosition, anyPosition)
    .map(([a, b]) => `INTERSECTION (CIRCLE ${a.join(' ')} 30 NOT (CIRCLE ${b.join(' ')} 20))`),
  fc.constantFrom('RANGE 350 20 -30 80', 'POSITION 0 0', 'POLYGON 1 2 3', null),
);

beforeAll(async () => {
  database = await createTestDatabase({ content: 'schema' });
  const rows = fc.sample(fc.tuple(anyPosition, anyRegion), 400);
  await database.owner.execute(sql`
    INSERT INTO ivoa.obscore (obs_publisher_did, obs_id, obs_collection, calib_level, s_ra, s_dec, s_region)
    SELECT 'ivo://test?' || i, 'test' || i, 'TEST', 2,
      CAST(c->0->>0 AS double precision), CAST(c->0->>1 AS double precision), c->>1
    FROM jsonb_array_elements(${value(JSON.stringify(rows), 'jsonb')}) WITH ORDINALITY AS t(c, i)`);
  await database.owner.execute(sql`ANALYZE ivoa.obscore`);
  await database.owner.execute(sql`ANALYZE sky.region`);
});

afterAll(async () => {
  await database.drop();
});

function degrees(number: number): Sql {
  return value(String(number), 'double precision');
}

function array(numbers: readonly number[]): Sql {
  return value(`{${numbers.join(',')}}`, 'double precision[]');
}

/** Rows that one of two conditions selects and the other does not, three at most. */
async function differences(indexed: Sql, plain: Sql): Promise<readonly unknown[]> {
  return database.owner.query(sql`
    (SELECT obs_id, s_region FROM ivoa.obscore WHERE ${indexed} EXCEPT
     SELECT obs_id, s_region FROM ivoa.obscore WHERE ${plain})
    UNION ALL
    (SELECT obs_id, s_region FROM ivoa.obscore WHERE ${plain} EXCEPT
     SELECT obs_id, s_region FROM ivoa.obscore WHERE ${indexed}) LIMIT 3`);
}

async function eachOf<Case>(
  arbitrary: fc.Arbitrary<Case>,
  conditions: (given: Case) => { readonly indexed: Sql; readonly plain: Sql },
): Promise<readonly unknown[]> {
  const wrong: unknown[] = [];
  for (const given of fc.sample(arbitrary, 15)) {
    const { indexed, plain } = conditions(given);
    const rows = await differences(indexed, plain);
    if (rows.length > 0) wrong.push({ given, rows });
  }
  return wrong;
}

const cone = fc.tuple(anyPosition, anyRadius);

test('points in a circle: the index finds what the plain test finds', async () => {
  const wrong = await eachOf(cone, ([[lon, lat], radius]) => ({
    indexed: sql`sky.point_in_circle(s_ra, s_dec, ${degrees(lon)}, ${degrees(lat)}, ${degrees(radius)})`,
    plain: sql`sky.contains(sky.point(s_ra, s_dec), ${array([lon, lat, radius])})`,
  }));
  expect(wrong).toEqual([]);
});

test('points nearer than a distance: the index finds what the plain test finds', async () => {
  const wrong = await eachOf(cone, ([[lon, lat], radius]) => {
    const plain = sql`sky.distance(s_ra, s_dec, ${degrees(lon)}, ${degrees(lat)}) < ${degrees(radius)}`;
    const near = sql`sky.near(s_ra, s_dec, ${degrees(lon)}, ${degrees(lat)}, ${degrees(radius)})`;
    return { indexed: sql`${near} AND ${plain}`, plain };
  });
  expect(wrong).toEqual([]);
});

test('points nearer than arcseconds: the index of zones finds what the plain test finds', async () => {
  const beside = fc
    .tuple(anyPosition, fc.integer({ min: 0, max: 359 }), fc.integer({ min: 1, max: 35 }))
    .map(([at, bearing, seconds]) => ({
      at: destination(at, bearing, (seconds / 3600) * 0.99),
      seconds,
    }));
  const wrong = await eachOf(beside, ({ at: [lon, lat], seconds }) => {
    const circle = sql`${degrees(lon)}, ${degrees(lat)}, ${degrees(seconds / 3600)}`;
    const plain = sql`sky.is_within(s_ra, s_dec, ${circle})`;
    return { indexed: sql`sky.near_in_zones(s_ra, s_dec, ${circle}) AND ${plain}`, plain };
  });
  expect(wrong).toEqual([]);
});

test('points in a polygon: the index finds what the plain test finds', async () => {
  const wrong = await eachOf(anyStar, (star) => ({
    indexed: sql`sky.point_in_shape(s_ra, s_dec, ${array(polygonOf(star))})`,
    plain: sql`sky.contains(sky.point(s_ra, s_dec), ${array(polygonOf(star))})`,
  }));
  expect(wrong).toEqual([]);
});

function oneOf(regions: Sql): Sql {
  return sql`sky.region_id(s_region) = ANY (ARRAY(SELECT f FROM ${regions} AS f))`;
}

test('regions around a point: the index finds what the plain test finds', async () => {
  const wrong = await eachOf(anyPosition, ([lon, lat]) => ({
    indexed: oneOf(sql`sky.regions_around_point(${degrees(lon)}, ${degrees(lat)})`),
    plain: sql`sky.contains(${array([lon, lat])}, sky.region(s_region))`,
  }));
  expect(wrong).toEqual([]);
});

const anyShape = fc.oneof(
  anyStar.map(polygonOf),
  cone.map(([at, radius]) => [...at, radius]),
);

test.each([
  [
    'meeting',
    (s: Sql) => [sql`sky.regions_meeting(${s})`, sql`sky.intersects(sky.region(s_region), ${s})`],
  ],
  [
    'within',
    (s: Sql) => [sql`sky.regions_within(${s})`, sql`sky.contains(sky.region(s_region), ${s})`],
  ],
  [
    'around',
    (s: Sql) => [sql`sky.regions_around(${s})`, sql`sky.contains(${s}, sky.region(s_region))`],
  ],
] as const)('regions %s a shape: the index finds what the plain test finds', async (_, forms) => {
  const wrong = await eachOf(anyShape, (shape) => {
    const [regions, plain] = forms(array(shape)) as [Sql, Sql];
    return { indexed: oneOf(regions), plain };
  });
  expect(wrong).toEqual([]);
});

test('regions not around a point: the index finds what the plain test finds', async () => {
  const wrong = await eachOf(anyPosition, ([lon, lat]) => {
    const point = sql`${degrees(lon)}, ${degrees(lat)}`;
    return {
      indexed: sql`sky.region_id(s_region) = ANY (ARRAY(
        SELECT f FROM sky.readable_regions() AS f
        EXCEPT SELECT g FROM sky.regions_around_point(${point}) AS g))`,
      plain: sql`NOT sky.contains(sky.point(${point}), sky.region(s_region))`,
    };
  });
  expect(wrong).toEqual([]);
});

test('a cross-match finds the same pairs with the index and without', async () => {
  const near = fc.sample(anyPosition, 50).map((at): Position => destination(at, 77, 0.5));
  const pairs = async (condition: Sql): Promise<readonly unknown[]> =>
    database.owner.query(sql`
      SELECT i, obs_id FROM ivoa.obscore,
        jsonb_array_elements(${value(JSON.stringify(near), 'jsonb')}) WITH ORDINALITY AS t(c, i),
        LATERAL (SELECT CAST(c->>0 AS double precision) AS ra, CAST(c->>1 AS double precision) AS decl) AS u
      WHERE ${condition} ORDER BY i, obs_id`);
  const plain = sql`sky.distance(s_ra, s_dec, ra, decl) < ${degrees(0.6)}`;
  const indexed = await pairs(sql`sky.near(s_ra, s_dec, ra, decl, ${degrees(0.6)}) AND ${plain}`);
  expect(indexed).toEqual(await pairs(plain));
  expect(indexed).not.toEqual([]);
});

async function indexesOf(statement: Sql): Promise<readonly string[]> {
  const rows = await database.owner.query<{ readonly 'QUERY PLAN': string }>(
    sql`EXPLAIN ${statement}`,
  );
  const used = rows.flatMap((row) => /(?:using|on) (\w+_index)/.exec(row['QUERY PLAN'])?.[1] ?? []);
  return [...new Set(used)].sort();
}

test.each([
  ['a circle', sql`sky.point_in_circle(s_ra, s_dec, 10, 20, 0.1)`],
  ['a circle over longitude 0', sql`sky.point_in_circle(s_ra, s_dec, 0, 20, 0.1)`],
  [
    'a distance',
    sql`sky.near(s_ra, s_dec, 10, 20, 0.1) AND sky.distance(10, 20, s_ra, s_dec) < 0.1`,
  ],
  ['a polygon', sql`sky.point_in_shape(s_ra, s_dec, sky.polygon(10, 10, 11, 10, 11, 11))`],
])('positions in %s are searched by the index', async (_, condition) => {
  const statement = sql`SELECT obs_id FROM ivoa.obscore WHERE ${condition}`;
  expect(await indexesOf(statement)).toEqual(['obscore_position_index']);
});

test('positions within arcseconds are searched by the index of zones', async () => {
  const condition = sql`sky.near_in_zones(s_ra, s_dec, 10, 20, 0.001)`;
  const statement = sql`SELECT obs_id FROM ivoa.obscore WHERE ${condition}`;
  expect(await indexesOf(statement)).toEqual(['obscore_zone_index']);
});

test('regions are searched by the index', async () => {
  const condition = oneOf(sql`sky.regions_meeting(sky.circle(10, 20, 1))`);
  const statement = sql`SELECT obs_id FROM ivoa.obscore WHERE ${condition}`;
  expect(await indexesOf(statement)).toEqual(['obscore_region_index']);
});

test('a region is known as soon as a row names it, and again when the row changes', async () => {
  const around = async (lon: number): Promise<readonly unknown[]> =>
    database.owner.query(sql`SELECT obs_id FROM ivoa.obscore
      WHERE obs_collection = 'NEW' AND ${oneOf(sql`sky.regions_around_point(${degrees(lon)}, 55.5)`)}`);
  await database.owner.execute(sql`
    INSERT INTO ivoa.obscore (obs_publisher_did, obs_id, obs_collection, calib_level, s_region)
    VALUES ('ivo://test?new', 'new', 'NEW', 2, 'CIRCLE ICRS 77 55.5 0.001')`);
  expect(await around(77)).toEqual([{ obs_id: 'new' }]);
  await database.owner.execute(sql`
    UPDATE ivoa.obscore SET s_region = 'CIRCLE ICRS 78 55.5 0.001' WHERE obs_collection = 'NEW'`);
  expect([await around(77), await around(78)]).toEqual([[], [{ obs_id: 'new' }]]);
});
