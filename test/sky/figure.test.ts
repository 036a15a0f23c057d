/**
 * What the translator reckons for shapes in numbers (adql/sky) and what the database reckons for all others
 * is the same.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Sql, sql } from '../../adql/index.ts';
import { type Bounds, boundsWithin, circleBounds, polygonBounds } from '../../adql/sky/bounds.ts';
import { figureNumbers, polygonFigure } from '../../adql/sky/figure.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { anyPosition, anyRadius, anyStar, polygonOf } from './arbitrary-shapes.ts';
import { ask, shape } from './ask.ts';
import { angle, destination, type Position, vector } from './reference.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ content: 'schema' });
});

afterAll(async () => {
  await database.drop();
});

/** The cases whose numbers differ by more than `tolerance`, three at most. */
async function differences(
  shapes: readonly (readonly number[])[],
  expression: Sql,
  reckoned: {
    readonly numbers: (shape: readonly number[]) => readonly number[];
    readonly tolerance: number;
  },
): Promise<readonly unknown[]> {
  const cases = shapes.map((numbers) => [numbers]);
  const answers = await ask<readonly number[]>(database.owner, expression, cases);
  return shapes
    .map((given, index) => ({ given, own: reckoned.numbers(given), theirs: answers[index] ?? [] }))
    .filter(
      ({ own, theirs }) =>
        own.length !== theirs.length ||
        own.some(
          (number, index) => Math.abs(number - (theirs[index] ?? Infinity)) > reckoned.tolerance,
        ),
    )
    .slice(0, 3);
}

const polygons = fc.sample(anyStar.map(polygonOf), 500);
const circles = fc.sample(
  fc.tuple(anyPosition, anyRadius).map(([at, radius]) => [...at, radius] as const),
  500,
);

test('the figures of polygons', async () => {
  const wrong = await differences(polygons, sql`to_json(sky.figure(${shape(0)}))`, {
    numbers: (polygon) => figureNumbers(polygonFigure(polygon)),
    tolerance: 1e-10,
  });
  expect(wrong).toEqual([]);
});

const corners = sql`json_build_array(CASE WHEN (b[1])[0] > 359.999999 THEN (b[1])[0] - 360 ELSE (b[1])[0] END,
  (b[0])[0] - (b[1])[0], (b[1])[1], (b[0])[1])`;
const boundsOf = sql`(SELECT ${corners} FROM (SELECT sky.figure_bounds(sky.figure(${shape(0)})) AS b) AS bounds)`;

/** West, width, south and north; a hair east of longitude 0 is a hair west of it. */
function numbersOf({ west, south, east, north }: Bounds): readonly number[] {
  return [west > 359.999999 ? west - 360 : west, east - west, south, north];
}

test('the bounds of polygons', async () => {
  const wrong = await differences(polygons, boundsOf, {
    numbers: (polygon) => numbersOf(polygonBounds(polygonFigure(polygon))),
    tolerance: 1e-9,
  });
  expect(wrong).toEqual([]);
});

test('the bounds of circles', async () => {
  const wrong = await differences(circles, boundsOf, {
    numbers: ([lon = 0, lat = 0, radius = 0]) => numbersOf(circleBounds([lon, lat, radius])),
    tolerance: 1e-5,
  });
  expect(wrong).toEqual([]);
});

test('the rectangle inside a circle lies in it, but for what counts as the border', () => {
  const outside = circles.flatMap(([lon, lat, radius]) => {
    const within = boundsWithin([lon, lat, radius]);
    if (within === null) return [];
    const { west, south, east, north } = within;
    const places = [west, lon, east].flatMap((x) =>
      [south, lat, north].map((y): Position => [x, y]),
    );
    const farthest = places.map((place) => angle(vector([lon, lat]), vector(place)));
    return Math.max(...farthest) <= radius + 6e-12 ? [] : [{ lon, lat, radius, within }];
  });
  expect(outside).toEqual([]);
  expect(circles.filter((circle) => boundsWithin(circle) !== null).length).toBeGreaterThan(100);
});

test('polygons of arcseconds do not cross themselves, however they are rounded', async () => {
  const small = fc
    .tuple(anyPosition, fc.integer({ min: 5, max: 9 }))
    .map(([centre, count]) =>
      Array.from({ length: count }, (_, i) =>
        destination(centre, (360 * i) / count, 0.0005),
      ).flat(),
    );
  const crossing = await ask<boolean>(
    database.owner,
    sql`sky.crosses_itself(sky.figure(${shape(0)}))`,
    fc.sample(small, 1000).map((polygon) => [polygon]),
  );
  expect(crossing.filter(Boolean)).toEqual([]);
});
