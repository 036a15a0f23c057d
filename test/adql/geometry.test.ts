import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Catalog, languageFeatures, sql, translate } from '../../adql/index.ts';
import { gateStatement } from '../../src/database/statement-gate.ts';
import { loadCatalog } from '../../src/tap-schema/load-catalog.ts';
import type { TestDatabase } from '../support/create-test-database.ts';
import { openGoldenDatabase } from './open-golden-database.ts';
import { explainPrepared, prepare } from './prepared.ts';
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

async function evaluate(expression: string, from = 'lab.things WHERE id = 1'): Promise<unknown> {
  const adql = `SELECT TOP 1 ${expression} AS result FROM ${from}`;
  const translation = translate(adql, { catalog, language: 'ADQL-2.1', rowLimit: 2 });
  gateStatement(translation.statement, translation.uses);
  const [row] = await readValues(translation, database);
  return row?.[0];
}

// Numbers that are known from spherical trigonometry; `id` in the second form keeps them from being
// computed by the translator.
test.each([
  ['DISTANCE(POINT(25, -19.5), POINT(25.4, -20))', 0.6258823001592],
  ['DISTANCE(25 * id, -19.5, 25.4, -20)', 0.6258823001592],
  ["DISTANCE(POINT('ICRS', 359.9, 0), POINT('ICRS', 0.1 * id, 0))", 0.2],
  ['DISTANCE(0, 90, 123, -90)', 180],
  ['AREA(POLYGON(10, -10.5, 20, 20.5, 30, 30.5))', 85.52454552637],
  ['AREA(POLYGON(10 * id, -10.5, 20, 20.5, 30, 30.5))', 85.52454552637],
  ['AREA(CIRCLE(0, 0, 1))', 3.1415129057],
  ['AREA(CIRCLE(0, 0, id))', 3.1415129057],
  ['AREA(POLYGON(0, 0, 90, 0, 0, 90))', 5156.62015618],
  ['AREA(POLYGON(0, 80, 270, 80, 180, 80, 90, 80))', 201.0158650541],
  ['AREA(POINT(1, 2))', 0],
  ["AREA(REGION('UNION (CIRCLE 0 0 1 CIRCLE 90 0 1)'))", 2 * 3.1415129057],
  ['COORD1(POINT(-10, 5))', 350],
  ['COORD2(POINT(-10 * id, 5))', 5],
  ['COORD1(CENTROID(CIRCLE(10, 5, 1)))', 10],
  ['COORD2(CENTROID(POLYGON(0, 80, 270, 80, 180, 80, 90, 80)))', 90],
])('%s is %d', async (expression, expected) => {
  expect(Number(await evaluate(expression))).toBeCloseTo(expected, 8);
});

test.each([
  ['CONTAINS(POINT(25, -19.5), CIRCLE(25.4, -20, 10))', '1'],
  ['CONTAINS(CIRCLE(25.4, -20, 10), POINT(25, -19.5))', '0'],
  ['INTERSECTS(CIRCLE(25.4, -20, 10), POINT(25, -19.5))', '1'],
  ['INTERSECTS(CIRCLE(25.4, -20, 1), POLYGON(20, -15, 20, -5, 10, -5, 10, -15))', '0'],
  ['INTERSECTS(CIRCLE(25.4, -20, 8), POLYGON(20, -15, 20, -5, 10, -5, 10, -15))', '1'],
  ['CONTAINS(POINT(0, 90), POLYGON(0, 80, 270, 80, 180, 80, 90, 80))', '1'],
  ['CONTAINS(POINT(0, -90), POLYGON(0, 80, 270, 80, 180, 80, 90, 80))', '0'],
  ['CONTAINS(POINT(45, 65), POLYGON(0, 50, 90, 50, 90, 60, 0, 60))', '1'],
  ['CONTAINS(POINT(45, 68), POLYGON(0, 50, 90, 50, 90, 60, 0, 60))', '0'],
  ['CONTAINS(POINT(1, 0), CIRCLE(0, 0, 1))', '1'],
  ['CONTAINS(CIRCLE(0, 0, 1), CIRCLE(0, 0, 1))', '1'],
  ['CONTAINS(POINT(359.5, 0), BOX(0, 0, 2, 2))', '1'],
  ["CONTAINS(POINT(5, 5), REGION('NOT (CIRCLE 0 0 1)'))", '1'],
  ['CONTAINS(POINT(NULL, 2), CIRCLE(0, 0, 1))', null],
  ['CONTAINS(NULL, CIRCLE(0, 0, 1))', null],
  ['INTERSECTS(POINT(1, 2), POINT(361, 2))', '1'],
  ["COORDSYS(POINT('', 1, 2))", 'ICRS'],
  ['POINT(-10, 5)', '{350,5}'],
  ['CIRCLE(POINT(370, 5), 0.5)', '{10,5,0.5}'],
  ['POLYGON(0, 0, 1, 0, 1, 1, 0, 0)', '{0,0,1,0,1,1}'],
  ['CENTROID(POINT(1, 2))', '{1,2}'],
])('%s is %s', async (expression, expected) => {
  expect(await evaluate(expression)).toBe(expected);
});

test('a shape that only the data make impossible is told in words', async () => {
  await expect(evaluate('CIRCLE(0, 0, id - 2)')).rejects.toThrow(
    'There is no circle with a radius of -1 degrees: radii run from 0 to 180.',
  );
});

test.each([
  ['SELECT id FROM lab.shapes WHERE CONTAINS(place, disc) = 1', ['1', '2']],
  ['SELECT id FROM lab.shapes WHERE CONTAINS(place, outline) = 1', ['1', '2']],
  ['SELECT id FROM lab.shapes WHERE CONTAINS(POINT(0.5, 0), "region") = 1', ['2']],
  ['SELECT id FROM lab.shapes WHERE CONTAINS(POINT(0.5, 0), "region") = 0', ['1']],
  ['SELECT id FROM lab.shapes WHERE place IS NULL', ['4']],
  ['SELECT id FROM lab.shapes WHERE COORD1(place) IS NULL ORDER BY id', ['3', '4']],
])('%s', async (adql, expected) => {
  const translation = translate(adql, { catalog, language: 'ADQL-2.1', rowLimit: 10 });
  expect((await readValues(translation, database)).map(([id]) => id)).toEqual(expected);
});

async function planOf(condition: string): Promise<string> {
  const adql = `SELECT obs_id FROM ivoa.obscore AS o WHERE ${condition}`;
  const { statement } = translate(adql, { catalog, language: 'ADQL-2.1', rowLimit: 2001 });
  const plan = await database.owner.transaction(async (session) => {
    await session.execute(prepare(statement));
    const rows = await session.query(explainPrepared(statement));
    await session.execute(sql`DEALLOCATE translated`);
    return rows;
  });
  return JSON.stringify(plan);
}

test.each([
  'CONTAINS(POINT(s_ra, s_dec), CIRCLE(100, -40, 1)) = 1',
  "1 = CONTAINS(POINT('ICRS', s_ra, s_dec), BOX('ICRS', 100, -40, 1, 1))",
  'CONTAINS(POINT(s_ra, s_dec), POLYGON(99, -41, 101, -41, 101, -39)) = 1',
  'INTERSECTS(CIRCLE(100, -40, 1), POINT(s_ra, s_dec)) = 1',
  'DISTANCE(POINT(s_ra, s_dec), POINT(100, -40)) < 1',
  '0.5 >= DISTANCE(100, -40, s_ra, s_dec)',
  "CONTAINS(POINT(s_ra, s_dec), REGION('UNION (CIRCLE 100 -40 1 CIRCLE 0 0 1)')) = 1",
])('%s searches by the index of positions', async (condition) => {
  expect(await planOf(condition)).toContain('obscore_position_index');
});

test.each([
  'CONTAINS(POINT(100, -40), s_region) = 1',
  '1 = INTERSECTS(s_region, CIRCLE(100, -40, 0.1))',
  'INTERSECTS(BOX(100, -40, 1, 1), s_region) = 1',
  'CONTAINS(s_region, CIRCLE(100, -40, 30)) = 1',
  'CONTAINS(CIRCLE(100, -40, 0.1), s_region) = 1',
])('%s searches by the index of regions', async (condition) => {
  expect(await planOf(condition)).toContain('obscore_region_index');
});

test('geometry is declared to clients, every function of it', () => {
  const forms = languageFeatures.filter(({ group }) => group === 'adqlgeo').map(({ form }) => form);
  expect(forms).toEqual([
    ...['AREA', 'BOX', 'CENTROID', 'CIRCLE', 'CONTAINS', 'COORD1', 'COORD2', 'COORDSYS'],
    ...['DISTANCE', 'INTERSECTS', 'POINT', 'POLYGON', 'REGION'],
  ]);
});
