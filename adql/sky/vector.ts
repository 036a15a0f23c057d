/** A unit vector: x to longitude 0, y to longitude 90, z to the north pole. */
export type Vector = readonly [x: number, y: number, z: number];

const radian = Math.PI / 180;

/** Sines and cosines of degrees, which are 0 and 1 where they ought to be. */
export function sine(degrees: number): number {
  return degrees % 180 === 0 ? 0 : Math.sin(degrees * radian);
}

export function cosine(degrees: number): number {
  return Math.abs(degrees % 180) === 90 ? 0 : Math.cos(degrees * radian);
}

export function arcsine(sine: number): number {
  return Math.asin(Math.max(-1, Math.min(1, sine))) / radian;
}

export function unitVector(lon: number, lat: number): Vector {
  return [cosine(lat) * cosine(lon), cosine(lat) * sine(lon), sine(lat)];
}

/** Degrees. */
export function latitudeOf([x, y, z]: Vector): number {
  return Math.atan2(z, Math.hypot(x, y)) / radian;
}

export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function normalized(vector: Vector): Vector {
  const size = Math.hypot(...vector);
  return [vector[0] / size, vector[1] / size, vector[2] / size];
}

/**
 * The unit normal of the great circle from a to b, to the left of the way. Difference and sum keep the
 * digits that the product of near neighbours would lose.
 */
export function edgeNormal(a: Vector, b: Vector): Vector {
  const difference: Vector = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
  const sum: Vector = [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
  return normalized(cross(difference, sum));
}
