import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Sql } from '../../adql/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ content: 'schema' });
});

afterAll(async () => {
  await database.drop();
});

type Answer = number | boolean | null | readonly Answer[];

async function evaluate(expression: string): Promise<Answer> {
  const statement = new Sql([{ kind: 'text', text: `SELECT to_json(${expression}) AS answer` }]);
  const [row] = await database.owner.query<{ readonly answer: Answer }>(statement);
  return row?.answer ?? null;
}

/** Numbers to 12 significant digits, so that a last bit does not count. */
function rounded(answer: Answer): Answer {
  if (typeof answer === 'number') return Number((Math.round(answer * 1e12) / 1e12).toPrecision(12));
  return answer !== null && typeof answer === 'object' ? answer.map(rounded) : answer;
}

const concave = '20,0, 40,0, 40,20, 30,5, 20,20';

const goldens: readonly (readonly [string, Answer])[] = [
  // construction
  ['sky.point(-10, 5)', [350, 5]],
  ['sky.point(725, 90)', [5, 90]],
  ['sky.circle(sky.point(361, 2), 3)', [1, 2, 3]],
  ['sky.polygon(10,10, 20,10, 20,20, 10,10)', [10, 10, 20, 10, 20, 20]],
  ['sky.box(10, 20, 4, 2)', [8, 19, 12, 19, 12, 21, 8, 21]],
  ['sky.point(NULL, 5)', null],
  ['sky.polygon(10,10, NULL,10, 20,20)', null],
  // distance
  ['sky.distance(25,-19.5, 25.4,-20)', 0.6258823001592],
  ['sky.distance(359.9,0, 0.1,0)', 0.2],
  ['sky.distance(0,90, 123,-90)', 180],
  ['sky.distance(0,0, 2.8e-13,0)', 2.8e-13],
  ['sky.distance(10,20, 189.99999999,-20)', 179.9999999906],
  ['sky.distance(sky.point(10,20), sky.point(10,21))', 1],
  ['sky.distance(10,20, NULL,0)', null],
  // area and centroid
  ['sky.area(sky.point(10,20))', 0],
  ['sky.area(sky.circle(0,0,1))', 3.14151290575],
  ['sky.area(sky.circle(0,0,180))', 41252.9612494],
  ['sky.area(sky.polygon(10,-10.5, 20,20.5, 30,30.5))', 85.52454552637],
  ['sky.area(sky.polygon(30,30.5, 20,20.5, 10,-10.5))', 85.52454552637],
  ['sky.area(sky.polygon(0,0, 90,0, 0,90))', 5156.62015618],
  ['sky.area(sky.polygon(0,80, 270,80, 180,80, 90,80))', 201.0158650541],
  ['sky.area(sky.polygon(0,0, 90,0, 180,0, 270,0))', 20626.4806247],
  ['sky.centroid(sky.circle(10,20,3))', [10, 20]],
  ['sky.centroid(sky.polygon(0,0, 90,0, 0,90))', [45, 35.2643896828]],
  // points and circles
  ['sky.point_in_circle(25,-19.5, 25.4,-20, 10)', true],
  ['sky.point_in_circle(0,1, 0,0, 1)', true],
  ['sky.point_in_circle(0,1.0000001, 0,0, 1)', false],
  ['sky.point_in_circle(359.5,0, 0.4,0, 1)', true],
  ['sky.point_in_circle(200,89.5, 20,89.6, 1)', true],
  ['sky.point_in_circle(180,0, 0,0, 179.9999)', false],
  ['sky.point_in_circle(180,0, 0,0, 180)', true],
  ['sky.point_in_circle(10,20, 10,20, 0)', true],
  ['sky.point_in_circle(NULL,0, 0,0, 1)', null],
  // points and polygons
  ['sky.point_in_shape(0,90, sky.polygon(0,80, 270,80, 180,80, 90,80))', true],
  ['sky.point_in_shape(0,-90, sky.polygon(0,80, 270,80, 180,80, 90,80))', false],
  ['sky.point_in_shape(45,65, sky.polygon(0,50, 90,50, 90,60, 0,60))', true],
  ['sky.point_in_shape(45,68, sky.polygon(0,50, 90,50, 90,60, 0,60))', false],
  ['sky.point_in_shape(359,1, sky.polygon(350,-5, 5,-5, 5,5, 350,5))', true],
  ['sky.point_in_shape(180,0, sky.polygon(350,-5, 5,-5, 5,5, 350,5))', false],
  ['sky.point_in_shape(200,90, sky.polygon(0,0, 90,0, 0,90))', true],
  ['sky.point_in_shape(45,0, sky.polygon(0,0, 90,0, 0,90))', true],
  ['sky.point_in_shape(0,45, sky.polygon(0,0, 90,0, 0,90))', true],
  [`sky.point_in_shape(30,4, sky.polygon(${concave}))`, true],
  [`sky.point_in_shape(30,5, sky.polygon(${concave}))`, true],
  [`sky.point_in_shape(30,8, sky.polygon(${concave}))`, false],
  [`sky.point_in_shape(20,10, sky.polygon(${concave}))`, true],
  [`sky.point_in_shape(20,-10, sky.polygon(${concave}))`, false],
  ['sky.point_in_shape(77,10, sky.polygon(0,0, 90,0, 180,0, 270,0))', true],
  ['sky.point_in_shape(77,-10, sky.polygon(0,0, 90,0, 180,0, 270,0))', false],
  // shapes among each other
  ['sky.intersects(sky.circle(25.4,-20,1), sky.polygon(20,-15, 20,-5, 10,-5, 10,-15))', false],
  ['sky.intersects(sky.circle(0,0,1), sky.circle(3,0,2))', true],
  ['sky.intersects(sky.circle(0,0,1), sky.circle(3.1,0,2))', false],
  ['sky.intersects(sky.circle(15,-17,3), sky.polygon(20,-15, 20,-5, 10,-5, 10,-15))', true],
  ['sky.intersects(sky.box(0,0,2,2), sky.box(359,1,2,2))', true],
  ['sky.intersects(sky.box(0,0,2,2), sky.box(3,0,2,2))', false],
  [`sky.intersects(sky.box(30,12,2,8), sky.polygon(${concave}))`, false],
  [`sky.intersects(sky.box(30,12,18,1), sky.polygon(${concave}))`, true],
  ['sky.intersects(sky.point(15,-10), sky.polygon(20,-15, 20,-5, 10,-5, 10,-15))', true],
  ['sky.contains(sky.circle(0,0,1), sky.circle(1,0,2))', true],
  ['sky.contains(sky.circle(0,0,2), sky.circle(1,0,1))', false],
  ['sky.contains(sky.box(0,0,2,2), sky.circle(0,0,1.5))', true],
  ['sky.contains(sky.box(0,0,2,2), sky.circle(0,0,1.4))', false],
  ['sky.contains(sky.box(180,0,2,2), sky.circle(0,0,178))', false],
  ['sky.contains(sky.box(180,3,2,2), sky.circle(0,0,178))', true],
  ['sky.contains(sky.box(10,10,1,1), sky.box(10,10,2,2))', true],
  ['sky.contains(sky.box(10,10,2,2), sky.box(10,10,2,2))', true],
  ['sky.contains(sky.box(10,10,2,2), sky.box(10,10,1,1))', false],
  ['sky.contains(sky.circle(10,10,1), sky.box(10,10,3,3))', true],
  ['sky.contains(sky.circle(10,10,1), sky.point(10,10))', false],
  // other functions of the sky
  ['sky.healpix_index(0, 1, 1)', 4],
  ['sky.healpix_index(17, 1, 1)', 81609757711],
  ['sky.healpix_index(17, 359, -1)', 73009064944],
  ['sky.healpix_center(0, 6)', [180, 0]],
  [
    'sky.healpix_center(17, sky.healpix_index(17, 23.4, 56.7))',
    [23.399843462947466, 56.70016214363192],
  ],
  [
    "sky.transformed(sky.point(120,-23), 'ICRS', 'GALACTIC')",
    [241.12183118260327, 3.6278578811081],
  ],
  ["sky.transformed(sky.circle(120,-23,5), 'ICRS', 'ICRS')", [120, -23, 5]],
  // FK4 without E-terms, as astropy 8 has it
  ["sky.transformed(sky.point(120,-23), 'FK4', 'ICRS')", [120.538249445494, -23.1403283143087]],
  ["sky.transformed(sky.point(0.640666323924082,0.278399038748417), 'ICRS', 'FK4')", [0, 0]],
  ["sky.region('CIRCLE FK4 120 -23 2')", [120.538249445494, -23.1403283143087, 2]],
  ["sky.region('UNION B1950 (CIRCLE 120 -23 2)')", [120.538249445494, -23.1403283143087, 2]],
  // awkward numbers
  ['sky.circle(1, 2, 1e-200)', [1, 2, 0]],
  ['sky.contains(sky.point(1, 2), sky.circle(1, 2, 1e-310))', true],
  ["sky.read_circle(' 10 -20.5 .5E-1 ')", [10, -20.5, 0.05]],
  ["sky.read_point('NaN 2')", null],
  [
    'sky.epoch_prop_pos(7.606083572, 11.79044105, 125, 300, -428.8, 52.51, 2016, 1992.25)',
    [7.604061404627978, 11.7932703828279],
  ],
  [
    'sky.epoch_prop_pos(7.606083572, 11.79044105, 125, 300, -428.8, 52.51, 2016, 1875)',
    [7.594068213694308, 11.807251375203935],
  ],
  [
    'sky.epoch_prop_pos(7.606083572, 11.79044105, 125, 300, -428.8, NULL, 2016, 1875)',
    [7.594079587029898, 11.807235464326332],
  ],
];

test.each(goldens)('%s', async (expression, answer) => {
  expect(rounded(await evaluate(expression))).toEqual(rounded(answer));
});

const regions: readonly (readonly [string, string | null])[] = [
  ['POLYGON ICRS 10 10 20 10 20 20', '{10,10,20,10,20,20}'],
  ['POLYGON 10 10 20 10 20 20 10 10', '{10,10,20,10,20,20}'],
  ['  polygon   GSC1  10 10  20 10 2e1 20 ', '{10,10,20,10,20,20}'],
  ['Circle ICRS GEOCENTER SPHERICAL2 370 2 0.5', '{10,2,0.5}'],
  ['circle 1 2 3', '{1,2,3}'],
  ['Position UNKNOWNFrame 1 -2', '{1,-2}'],
  ['Box FK5 10 20 4 2', '{8,19,12,19,12,21,8,21}'],
  ['Union ICRS (Circle 10 10 1 Position 3 4)', '{10,10,1,NaN,3,4}'],
  ['POLYGON 1 1 2 1 2 2 POLYGON 5 5 6 5 6 6', '{1,1,2,1,2,2,NaN,5,5,6,5,6,6}'],
  ['Intersection ICRS (Circle 1 1 2 Circle 2 1 2)', '{1,1,2,Infinity,2,1,2}'],
  ['Not (Circle 1 2 3)', '{-Infinity,1,2,3}'],
  ['Not (Not (Circle 1 2 3))', '{1,2,3}'],
  [
    'Intersection (Circle 1 1 2 Not (Union (Circle 2 1 1 Circle 3 1 1)))',
    '{1,1,2,Infinity,-Infinity,2,1,1,Infinity,-Infinity,3,1,1}',
  ],
  ['', null],
  ['POLYGON', null],
  ['POLYGON ICRS 10 10 20 10', null],
  ['POLYGON ICRS 10 10 20 10 20', null],
  ['POLYGON ICRS 10 10 20 10 20 NaN', null],
  ['POLYGON ICRS 10 95 20 10 20 20', null],
  ['POLYGON ICRS 10 10 10 10 10 10', null],
  ['CIRCLE ECLIPTIC 10 10 1', null],
  ['CIRCLE 10 10 -1', null],
  ['Union (Circle 1 2 3', null],
  ['nonsense', null],
];

test.each(regions)('the region "%s" is read as %s', async (text, region) => {
  const expression = `sky.region('${text}')::text`;
  expect(await evaluate(expression)).toEqual(region);
});

test.each([
  ['union (circle 1 2 3 circle 10 2 3)', 'sky.point(10, 2)', true],
  ['union (circle 1 2 3 circle 10 2 3)', 'sky.point(6, 2)', false],
  ['intersection (circle 1 2 3 circle 5 2 3)', 'sky.point(3, 2)', true],
  ['intersection (circle 1 2 3 circle 5 2 3)', 'sky.point(0, 2)', false],
  ['not (circle 1 2 3)', 'sky.point(10, 2)', true],
  ['not (circle 1 2 3)', 'sky.point(1, 2)', false],
  ['range 350 10 -10 20', 'sky.point(0, 19.9)', true],
  ['range 350 10 -10 20', 'sky.point(0, 20.1)', false],
  ['range 350 10 -10 20', 'sky.point(11, 0)', false],
  ['range 0 360 80 90', 'sky.point(123, 85)', true],
  ['Position ICRS 1 2', 'sky.point(1, 2)', true],
])('the region %s and %s: %s', async (text, point, answer) => {
  expect(await evaluate(`sky.contains(${point}, sky.region('${text}'))`)).toBe(answer);
});

test.each([
  [
    'sky.point(10, 91)',
    'There is no point at longitude 10, latitude 91: latitudes run from -90 to 90 degrees.',
  ],
  [
    'sky.circle(10, 9, 181)',
    'There is no circle with a radius of 181 degrees: radii run from 0 to 180.',
  ],
  ['sky.polygon(1,1, 2,2, 1,1)', 'A POLYGON needs at least three different vertices.'],
  [
    'sky.polygon(1,1, 2,2, 2)',
    'A POLYGON takes pairs of numbers, longitude and latitude; one is missing.',
  ],
  [
    'sky.polygon(0,0, 10,10, 10,0, 0,10)',
    'The edges of this POLYGON cross one another: give its vertices in the order in which one walks round it.',
  ],
  [
    'sky.polygon(0,0, 180,0, 90,50)',
    'An edge of this POLYGON joins two antipodal points, so that its way is not known: give a vertex between them.',
  ],
  [
    'sky.box(10, 89, 2, 4)',
    'There is no BOX of 2 by 4 degrees at latitude 89: its width must be less than 180 degrees, and it must not reach over a pole. Use CIRCLE or POLYGON, or BETWEEN on the coordinates.',
  ],
  [
    "sky.region_literal('circle 1 2')",
    "A region cannot be read at CIRCLE with 2 numbers: expected POSITION (2), CIRCLE (3), BOX (4), POLYGON (6 or more), UNION, INTERSECTION or NOT. (In the region 'circle 1 2'.)",
  ],
  ["sky.region_literal('circle 1 2 3x')", "A region has a number that is none in 'circle 1 2 3x'."],
  ["sky.read_point('1e999 2')", "'1e999 2' are not the numbers of such a shape."],
  ["sky.read_point('1 2 3')", "'1 2 3' are not the numbers of such a shape."],
  ['sky.healpix_center(0, 12)', 'There is no HEALPix pixel 12 of order 0: they run from 0 to 11.'],
  [
    "sky.transformed(sky.point(1, 2), 'ICRS', 'galactic')",
    "There is no frame 'galactic' here: there are ICRS, FK5, FK4 and GALACTIC, in upper case.",
  ],
])('%s is refused in words for the astronomer', async (expression, message) => {
  await expect(evaluate(expression)).rejects.toMatchObject({ code: 'SKY01', message });
});

test('no function that parallel workers may run has a block for errors, which they may not enter', async () => {
  const functions = `ARRAY(SELECT proname FROM pg_proc WHERE pronamespace = 'sky'::regnamespace
    AND proparallel = 's' AND prosrc ~ 'EXCEPTION\\s+WHEN')`;
  expect(await evaluate(functions)).toEqual([]);
});
