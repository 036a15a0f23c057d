/**
 * Geometry on the sphere, written another way than schema/02*-sky-*.sql: regions are cut into
 * triangles, borders are walked step by step. Degrees unless said otherwise.
 */
export type Vector = readonly [number, number, number];

/** [lon, lat] */
export type Position = readonly [number, number];

/** A polygon that is seen whole from its centre: vertices in the order of their bearings. */
export interface Star {
  readonly centre: Position;
  readonly vertices: readonly Position[];
}

const radians = Math.PI / 180;

export function vector([lon, lat]: Position): Vector {
  const [l, b] = [lon * radians, lat * radians];
  return [Math.cos(b) * Math.cos(l), Math.cos(b) * Math.sin(l), Math.sin(b)];
}

function position([x, y, z]: Vector): Position {
  return [(Math.atan2(y, x) / radians + 360) % 360, Math.atan2(z, Math.hypot(x, y)) / radians];
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function scaled(a: Vector, factor: number): Vector {
  return [a[0] * factor, a[1] * factor, a[2] * factor];
}

function added(a: Vector, b: Vector): Vector {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

function normalized(a: Vector): Vector {
  return scaled(a, 1 / Math.hypot(...a));
}

export function angle(a: Vector, b: Vector): number {
  return Math.atan2(Math.hypot(...cross(a, b)), dot(a, b)) / radians;
}

/** The point at a bearing (from north over east) and a distance from another. */
export function destination(from: Position, bearing: number, distance: number): Position {
  const up = vector(from);
  const [l, b] = [from[0] * radians, from[1] * radians];
  const east: Vector = [-Math.sin(l), Math.cos(l), 0];
  const north: Vector = [-Math.sin(b) * Math.cos(l), -Math.sin(b) * Math.sin(l), Math.cos(b)];
  const along = added(
    scaled(north, Math.cos(bearing * radians)),
    scaled(east, Math.sin(bearing * radians)),
  );
  return position(
    added(scaled(up, Math.cos(distance * radians)), scaled(along, Math.sin(distance * radians))),
  );
}

function edges(star: Star): readonly Edge[] {
  const corners = star.vertices.map(vector);
  return corners.map((corner, i) => [corner, corners[(i + 1) % corners.length] ?? corner]);
}

/** Is a point in one of the triangles that the centre makes with the edges? */
export function starHas(star: Star, point: Vector): boolean {
  const centre = vector(star.centre);
  return edges(star).some(([a, b]) => {
    // bearings grow clockwise, seen from outside
    const sides = [dot(cross(a, centre), point), dot(cross(centre, b), point)];
    return sides.every((side) => side >= -1e-13) && dot(cross(b, a), point) >= 0;
  });
}

/** The smallest distance to the border, by steps along each edge and then finer ones. */
export function distanceToBorder(star: Star, point: Vector): number {
  return Math.min(...edges(star).map(([a, b]) => distanceToArc(a, b, point)));
}

function distanceToArc(a: Vector, b: Vector, point: Vector): number {
  const at = (t: number): number => angle(between(a, b, t), point);
  let [low, high] = [0, 1];
  for (let round = 0; round < 8; round += 1) {
    const width = (high - low) / 32;
    const steps = Array.from({ length: 33 }, (_, i) => low + i * width);
    const best = steps.reduce((x, y) => (at(y) < at(x) ? y : x));
    [low, high] = [Math.max(0, best - width), Math.min(1, best + width)];
  }
  return at((low + high) / 2);
}

function between(a: Vector, b: Vector, t: number): Vector {
  return normalized(added(scaled(a, 1 - t), scaled(b, t)));
}

/** Do borders cross? null when it is too close to tell. */
export function bordersCross(one: Star, other: Star): boolean | null {
  const excesses = edges(one).flatMap((edge) => edges(other).map((next) => excess(edge, next)));
  if (excesses.some((degrees) => degrees < 1e-11)) return true;
  return excesses.some((degrees) => degrees < 1e-6) ? null : false;
}

type Edge = readonly [Vector, Vector];

/** How much longer the ways are over the point where the great circles cross: 0 for a true crossing. */
function excess([a, b]: Edge, [c, d]: Edge): number {
  const line = normalized(cross(normalized(cross(a, b)), normalized(cross(c, d))));
  const over = (x: Vector): number =>
    Math.max(angle(a, x) + angle(x, b) - angle(a, b), angle(c, x) + angle(x, d) - angle(c, d));
  return Math.min(over(line), over(scaled(line, -1)));
}

/** Square degrees: the sum of the triangles, each by its three angles (Girard). */
export function starArea(star: Star): number {
  const centre = vector(star.centre);
  const excesses = edges(star).map(([a, b]) => {
    const corners = [corner(centre, a, b), corner(a, b, centre), corner(b, centre, a)];
    return corners.reduce((x, y) => x + y) - 180;
  });
  return excesses.reduce((x, y) => x + y) / radians;
}

function corner(at: Vector, to: Vector, and: Vector): number {
  return angle(cross(at, to), cross(at, and));
}
