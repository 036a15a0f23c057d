/**
 * Areas of polygons that lie where digits get lost: of a fraction of an arcsecond, at longitude 0, at the
 * poles. Square degrees by Gauss and Bonnet in 50 digits (mpmath).
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { polygonFigure } from '../../adql/sky/figure.ts';
import { sql } from '../../adql/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { ask, shape } from './ask.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ content: 'schema' });
});

afterAll(async () => {
  await database.drop();
});

const squareDegrees = (180 / Math.PI) ** 2;

const areas: readonly (readonly [vertices: readonly number[], area: number])[] = [
  [[359.99999, 45, 1e-5, 45, 0, 45.00001], 7.07106749665e-11],
  [[359.9999999, -80, 1e-7, -80, 0, -79.9999999], 1.7364818690597e-15],
  [[359.9999, 12, 1e-4, 12, 0, 12.00005, 5e-5, 12.0002, 359.9999, 12.0002], 2.5676363450239e-8],
  [[10, 89.99999, 130, 89.99998, 250, 89.99997], 4.7631397219924e-10],
  [[287, -89.99994, 300, -89.99997, 315, -89.99995], 3.0763711156178e-10],
  [[0, 50, 180, 85, 200, 46, 300, 60], 1277.1813415398],
  [[0, 46, 90, 46, 180, 46, 270, 46], 4249.5283751504],
  [[0, -46, 90, -46, 180, -46, 270, -46], 4249.5283751504],
  [[100, 60, 110, 60, 101, 61, 100, 70], 4.8377086191868],
];

function backwards(vertices: readonly number[]): readonly number[] {
  return vertices.map((_, i) => vertices.at(i % 2 === 0 ? -2 - i : -i) ?? 0);
}

/** Relative errors above what the last digit of a longitude explains. */
function wrongAreas(answers: readonly number[]): readonly unknown[] {
  return areas.filter(([, area], i) => !(Math.abs((answers[i] ?? 0) / area - 1) < 1e-6));
}

test.each([
  ['as given', (vertices: readonly number[]) => vertices],
  ['the other way round', backwards],
])('areas of polygons, %s', async (_, turned) => {
  const polygons = areas.map(([vertices]) => turned(vertices));
  const answers = await ask<number>(
    database.owner,
    sql`sky.area(${shape(0)})`,
    polygons.map((polygon) => [polygon]),
  );
  expect(wrongAreas(answers)).toEqual([]);
  expect(wrongAreas(polygons.map((p) => polygonFigure(p).area * squareDegrees))).toEqual([]);
});

test('which pole lies in a polygon near it', () => {
  const around = [0, 46, 90, 46, 180, 46, 270, 46];
  const south = around.map((number, i) => (i % 2 === 0 ? number : -number));
  const beside = [100, 60, 110, 60, 101, 61, 100, 70];
  const polygons = [around, backwards(around), south, backwards(south), beside, backwards(beside)];
  expect(polygons.map((polygon) => polygonFigure(polygon).hasPole)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});
