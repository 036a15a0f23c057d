import fc from 'fast-check';
import { destination, type Position, type Star } from './reference.ts';

/** Anywhere, and oftener where formulas break: the poles, longitude 0, the equator. */
export const anyPosition: fc.Arbitrary<Position> = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 35999 }), fc.integer({ min: -9000, max: 9000 }))
    .map(([lon, lat]): Position => [lon / 100, lat / 100]),
  fc.constantFrom<Position>([0, 90], [123, -90], [0, 0], [359.999, 20], [0.001, -70], [180, 0]),
  fc
    .tuple(fc.integer({ min: 0, max: 359 }), fc.constantFrom(-89.99, -89, 89, 89.99))
    .map(([lon, lat]): Position => [lon, lat]),
);

/** Degrees: arcseconds, degrees, and up to all of the sky. */
export const anyRadius: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: 1, max: 100 }).map((n) => n / 3600),
  fc.integer({ min: 1, max: 1000 }).map((n) => n / 100),
  fc.integer({ min: 1, max: 1790 }).map((n) => n / 10),
);

/** A polygon of 3 to 8 vertices, convex or not, from 10 arcseconds to nearly a hemisphere. */
export const anyStar: fc.Arbitrary<Star> = fc
  .record({
    centre: anyPosition,
    size: fc.constantFrom(0.003, 0.1, 1, 10, 40, 80),
    start: fc.integer({ min: 0, max: 359 }),
    corners: fc.array(
      fc.tuple(fc.integer({ min: 50, max: 80 }), fc.double({ min: 0.3, max: 1, noNaN: true })),
      {
        minLength: 3,
        maxLength: 8,
      },
    ),
  })
  .map(({ centre, size, start, corners }) => {
    const turn = corners.reduce((sum, [gap]) => sum + gap, 0);
    let bearing = start;
    const vertices = corners.map(([gap, part]) => {
      bearing += (gap / turn) * 360;
      return destination(centre, bearing, size * part);
    });
    return { centre, vertices };
  });

/** As the SQL has it: {lon, lat, lon, lat, ...}; every other one the other way round. */
export function polygonOf(star: Star): readonly number[] {
  const turned = star.vertices.length % 2 === 0 ? star.vertices : star.vertices.toReversed();
  return turned.flat();
}
