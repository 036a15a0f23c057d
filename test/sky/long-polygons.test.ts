import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql, value } from '../../adql/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { destination } from './reference.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ content: 'schema' });
});

afterAll(async () => {
  await database.drop();
});

/** A circle of 1 degree around a place, as a polygon of so many vertices. */
function outline(count: number): string {
  const vertices = Array.from({ length: count }, (_, i) =>
    destination([10, 20], (360 * i) / count, 1),
  );
  return `POLYGON ICRS ${vertices.flat().join(' ')}`;
}

test('a region of 50,000 vertices is read, measured and searched within the seconds of a query', async () => {
  const [answer] = await database.owner.query(
    sql`SELECT round(CAST(sky.area(region) AS numeric), 6) AS area,
        sky.contains(sky.point(10, 20.9), region) AS has_near, sky.contains(sky.point(10, 21.1), region) AS has_far
      FROM (SELECT sky.region(${value(outline(50_000), 'text')}) AS region OFFSET 0) AS one`,
  );
  expect(answer).toEqual({ area: '3.141513', has_near: true, has_far: false });
});
