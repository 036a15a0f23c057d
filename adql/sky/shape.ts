/**
 * Shapes that a query gives in numbers, checked and brought to the form of schema/020-sky-shapes.sql,
 * which holds the same rules for shapes that are computed: degrees as DALI 1.2 lays them out, longitudes
 * in [0, 360), point {lon, lat}, circle {lon, lat, radius}, polygon {lon1, lat1, lon2, lat2, ...}.
 */
export interface Shape {
  readonly type: 'POINT' | 'CIRCLE' | 'POLYGON';
  readonly numbers: readonly number[];
}

/** There is no such shape; the message says why, to the astronomer. */
export class ImpossibleShape extends Error {
  override readonly name = 'ImpossibleShape';
}

export function point(lon: number, lat: number): Shape {
  return { type: 'POINT', numbers: position(lon, lat) };
}

/** A number as texts of shapes have it; null for anything else. */
export function readNumber(text: string): number | null {
  const isNumber = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text);
  return isNumber && Number.isFinite(Number(text)) ? Number(text) : null;
}

/** Radius in degrees, 0 to 180. */
export function circle(lon: number, lat: number, radius: number): Shape {
  if (radius >= 0 && radius <= 180) {
    return { type: 'CIRCLE', numbers: [...position(lon, lat), flushed(radius)] };
  }
  throw new ImpossibleShape(
    `There is no circle with a radius of ${String(radius)} degrees: radii run from 0 to 180.`,
  );
}

/** {lon, lat}, the longitude in [0, 360). */
export function position(lon: number, lat: number): readonly [lon: number, lat: number] {
  if (Math.abs(lat) <= 90 && Number.isFinite(lon)) {
    const angle = flushed(lon);
    return [angle - 360 * Math.floor(angle / 360), flushed(lat)];
  }
  throw new ImpossibleShape(
    `There is no point at longitude ${String(lon)}, latitude ${String(lat)}: ` +
      'latitudes run from -90 to 90 degrees.',
  );
}

/** PostgreSQL refuses products with smaller numbers as an underflow. */
function flushed(angle: number): number {
  return Math.abs(angle) < 1e-30 ? 0 : angle;
}
