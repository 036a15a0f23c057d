import { cosine, dot, edgeNormal, sine, unitVector, type Vector } from './vector.ts';

/** A polygon made ready for exact tests, as sky.figure of schema/020-sky-shapes.sql makes it. */
export interface PolygonFigure {
  /** In the order that has the inside on the left. */
  readonly edges: readonly Edge[];
  readonly isConvex: boolean;
  /** Does the north pole lie inside? */
  readonly hasPole: boolean;
  /** Steradians. */
  readonly area: number;
}

/** From one vertex to the next along a great circle. */
export interface Edge {
  /** Of the vertex where it begins, degrees in [0, 360). */
  readonly lon: number;
  readonly from: Vector;
  readonly to: Vector;
  /** Of the great circle, to the inside. */
  readonly normal: Vector;
}

type Position = readonly [lon: number, lat: number];

/** @param coordinates of a checked polygon: lon1, lat1, lon2, lat2... */
export function polygonFigure(coordinates: readonly number[]): PolygonFigure {
  const given = Array.from({ length: coordinates.length / 2 }, (_, index): Position => [
    coordinates[2 * index] ?? 0,
    coordinates[2 * index + 1] ?? 0,
  ]);
  const left = leftSide(given);
  const isTurned = left.area > 2 * Math.PI + 1e-9;
  const vertices = isTurned ? given.toReversed() : given;
  const { area, hasPole } = isTurned ? leftSide(vertices) : left;
  const edges = edgesOf(vertices);
  return { edges, isConvex: isConvex(edges), hasPole, area };
}

/** The numbers of sky.figure. */
export function figureNumbers({
  edges,
  isConvex: convex,
  hasPole,
  area,
}: PolygonFigure): readonly number[] {
  const head = [2, Number(convex), Number(hasPole), area];
  return [...head, ...edges.flatMap(({ from, normal, lon }) => [...from, ...normal, lon])];
}

/** The way that an edge goes, in (-180, 180] degrees to the east. */
export function stepEast(from: number, to: number): number {
  const step = to - from;
  // 360 from the larger longitude: there it loses no digit.
  if (step > 180) return to - 360 - from;
  return step <= -180 ? to - (from - 360) : step;
}

/** What lies left of a closed line: sky.left_side (schema/034), where the way of reckoning is told. */
function leftSide(vertices: readonly Position[]): { area: number; hasPole: boolean } {
  const side = nearPole(vertices);
  let [turned, below] = [0, 0];
  vertices.forEach((from, index) => {
    const to = vertices[index + 1] ?? vertices[0] ?? from;
    const step = stepEast(from[0], to[0]);
    turned += step;
    below += side === 0 ? toEquator(step, from[1], to[1]) : -side * toPole(step, from[1], to[1]);
  });
  const isRound = Math.abs(turned) > 180;
  if (side === 0 && isRound) return { area: 2 * Math.PI - below, hasPole: turned > 0 };
  const area = below <= 0 ? 0 - below : 4 * Math.PI - below;
  if (side === 0) return { area, hasPole: below > Math.PI };
  return { area, hasPole: isRound ? turned > 0 : below > 0 };
}

/** The pole that all vertices are within 45 degrees of: 1 north, -1 south, 0 none. */
function nearPole(vertices: readonly Position[]): -1 | 0 | 1 {
  if (vertices.every(([, lat]) => lat > 45)) return 1;
  return vertices.every(([, lat]) => lat < -45) ? -1 : 0;
}

/** Steradians between an edge and the equator. */
function toEquator(step: number, lat: number, nextLat: number): number {
  const [t1, t2] = [halfTangent(lat), halfTangent(nextLat)];
  return 2 * Math.atan2(sine(step / 2) * (t1 + t2), cosine(step / 2) * (1 + t1 * t2));
}

/** Steradians between an edge and the near pole. */
function toPole(step: number, lat: number, nextLat: number): number {
  const t1t2 = halfTangent(90 - Math.abs(lat)) * halfTangent(90 - Math.abs(nextLat));
  return 2 * Math.atan2(sine(step) * t1t2, 1 + cosine(step) * t1t2);
}

function halfTangent(degrees: number): number {
  return Math.abs(degrees) === 90 ? Math.sign(degrees) : Math.tan((degrees * Math.PI) / 360);
}

function edgesOf(vertices: readonly Position[]): readonly Edge[] {
  return vertices.map(([lon, lat], index) => {
    const next = vertices[index + 1] ?? vertices[0] ?? [lon, lat];
    const [from, to] = [unitVector(lon, lat), unitVector(...next)];
    return { lon, from, to, normal: edgeNormal(from, to) };
  });
}

/** Does every vertex lie left of every edge? Not asked of more than 20, as in sky.is_convex. */
function isConvex(edges: readonly Edge[]): boolean {
  if (edges.length > 20) return false;
  return edges.every(({ normal }) => edges.every(({ from }) => dot(normal, from) >= -1e-14));
}
