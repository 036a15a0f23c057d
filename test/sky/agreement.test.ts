import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Sql, sql } from '../../adql/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { anyPosition, anyRadius, anyStar, polygonOf } from './arbitrary-shapes.ts';
import { ask, number, shape } from './ask.ts';
import { angle, bordersCross, distanceToBorder, starArea, starHas, vector } from './reference.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ content: 'schema' });
});

afterAll(async () => {
  await database.drop();
});

const contains = sql`sky.contains(${shape(0)}, ${shape(1)})`;
const intersects = sql`sky.intersects(${shape(0)}, ${shape(1)})`;

/**
 * The cases of 1000 random ones on which the database and the reference disagree (three at most, with
 * the seed that draws them again); those whose answer is null are too close to call.
 */
async function disagreements<Case>(
  arbitrary: fc.Arbitrary<Case>,
  question: { readonly expression: Sql; readonly of: (given: Case) => unknown },
  answer: (given: Case) => boolean | null,
): Promise<readonly unknown[]> {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const drawn = fc.sample(arbitrary, { numRuns: 1000, seed });
  const cases = drawn.filter((given) => answer(given) !== null);
  const answers = await ask<boolean>(database.owner, question.expression, cases.map(question.of));
  const wrong = cases.filter((given, i) => answers[i] !== answer(given));
  return wrong.slice(0, 3).map((given) => ({ seed, given, asked: question.of(given) }));
}

test('distances are those of unit vectors, from arcseconds to antipodes', async () => {
  const pair = fc.tuple(anyPosition, anyPosition);
  const wrong = await disagreements(
    pair,
    {
      expression: sql`abs(sky.distance(${number(0)}, ${number(1)}, ${number(2)}, ${number(3)}) - ${number(4)}) < 1e-12`,
      of: ([a, b]) => [...a, ...b, angle(vector(a), vector(b))],
    },
    () => true,
  );
  expect(wrong).toEqual([]);
});

test('a point is in a circle when it is near enough to the centre', async () => {
  const wrong = await disagreements(
    fc.tuple(anyPosition, anyPosition, anyRadius),
    {
      expression: sql`sky.point_in_circle(${number(0)}, ${number(1)}, ${number(2)}, ${number(3)}, ${number(4)})`,
      of: ([point, centre, radius]) => [...point, ...centre, radius],
    },
    ([point, centre, radius]) => {
      const distance = angle(vector(point), vector(centre));
      return Math.abs(distance - radius) < 1e-9 ? null : distance < radius;
    },
  );
  expect(wrong).toEqual([]);
});

test('a point is in a polygon when one of its triangles has it', async () => {
  const near = anyStar.chain((star) =>
    fc.tuple(
      fc.constant(star),
      fc.oneof(anyPosition, fc.constantFrom(star.centre, ...star.vertices)),
    ),
  );
  const wrong = await disagreements(
    fc.tuple(near, fc.double({ min: -0.5, max: 1, noNaN: true })),
    {
      expression: contains,
      of: ([[star, target], part]) => [towards(star.centre, target, part), polygonOf(star)],
    },
    ([[star, target], part]) => {
      const point = vector(towards(star.centre, target, part));
      return distanceToBorder(star, point) < 1e-8 ? null : starHas(star, point);
    },
  );
  expect(wrong).toEqual([]);
});

/** A point on the line from one to another (part 1) or on beyond the first (part < 0). */
function towards(
  from: readonly [number, number],
  to: readonly [number, number],
  part: number,
): readonly [number, number] {
  const lon = ((((to[0] - from[0] + 540) % 360) - 180) * part + from[0] + 360) % 360;
  return [lon, Math.max(-90, Math.min(90, from[1] + (to[1] - from[1]) * part))];
}

test('a circle meets a polygon when its border is near enough, or its centre inside', async () => {
  const wrong = await disagreements(
    fc.tuple(anyStar, anyPosition, anyRadius),
    {
      expression: intersects,
      of: ([star, centre, radius]) => [[...centre, radius], polygonOf(star)],
    },
    ([star, centre, radius]) => {
      const distance = distanceToBorder(star, vector(centre));
      if (Math.abs(distance - radius) < 1e-7 || distance < 1e-7) return null;
      return distance < radius || starHas(star, vector(centre));
    },
  );
  expect(wrong).toEqual([]);
});

test('a circle is in a polygon when its centre is, and the border farther than its radius', async () => {
  const wrong = await disagreements(
    fc.tuple(anyStar, fc.double({ min: 0.1, max: 1.5, noNaN: true })),
    {
      expression: contains,
      of: ([star, part]) => [[...star.centre, part * innerRadius(star)], polygonOf(star)],
    },
    ([, part]) => (Math.abs(part - 1) < 1e-6 ? null : part < 1),
  );
  expect(wrong).toEqual([]);
});

function innerRadius(star: Parameters<typeof distanceToBorder>[0]): number {
  return distanceToBorder(star, vector(star.centre));
}

test('a polygon is in a circle when its farthest vertex is, in one larger than a hemisphere too', async () => {
  const wrong = await disagreements(
    fc.tuple(anyStar, anyRadius),
    {
      expression: contains,
      of: ([star, radius]) => [polygonOf(star), [...star.centre, radius]],
    },
    ([star, radius]) => {
      const centre = vector(star.centre);
      const farthest = Math.max(...star.vertices.map((vertex) => angle(vector(vertex), centre)));
      return Math.abs(farthest - radius) < 1e-8 ? null : farthest < radius;
    },
  );
  expect(wrong).toEqual([]);
});

test('polygons meet when their borders cross or one has the other', async () => {
  const wrong = await disagreements(
    fc.tuple(anyStar, anyStar),
    { expression: intersects, of: ([a, b]) => [polygonOf(a), polygonOf(b)] },
    ([a, b]) => {
      const crossing = bordersCross(a, b);
      if (crossing !== false) return crossing;
      return starHas(a, vector(b.centre)) || starHas(b, vector(a.centre));
    },
  );
  expect(wrong).toEqual([]);
});

test('a polygon is in another when its centre is and their borders do not cross', async () => {
  const shrunk = fc.tuple(anyStar, fc.double({ min: 0.01, max: 0.9, noNaN: true }));
  const wrong = await disagreements(
    fc.tuple(shrunk, anyStar),
    { expression: contains, of: ([[a], b]) => [polygonOf(a), polygonOf(b)] },
    ([[a], b]) => {
      const crossing = bordersCross(a, b);
      if (crossing !== false) return crossing === null ? null : false;
      return starHas(b, vector(a.centre)) && !starHas(a, vector(b.vertices[0] ?? b.centre));
    },
  );
  expect(wrong).toEqual([]);
});

test('the area of a polygon is the sum of its triangles', async () => {
  const wrong = await disagreements(
    anyStar,
    {
      expression: sql`abs(sky.area(${shape(0)}) - ${number(1)}) <= 1e-8 * ${number(1)} + 1e-10`,
      of: (star) => [polygonOf(star), starArea(star)],
    },
    () => true,
  );
  expect(wrong).toEqual([]);
});

test('the numbers of HEALPix pixels and their centres belong together at every order', async () => {
  const wrong = await disagreements(
    fc.tuple(anyPosition, fc.integer({ min: 0, max: 29 })),
    {
      expression: sql`(
        SELECT sky.healpix_index(${order}, centre[1], centre[2]) = number
          AND sky.distance(centre[1], centre[2], ${number(0)}, ${number(1)}) < 60 / 2 ^ ${order}
        FROM sky.healpix_index(${order}, ${number(0)}, ${number(1)}) AS number, sky.healpix_center(${order}, number) AS centre)`,
      of: ([at, healpixOrder]) => [...at, healpixOrder],
    },
    () => true,
  );
  expect(wrong).toEqual([]);
});

const order = sql`CAST(c->>2 AS integer)`;
