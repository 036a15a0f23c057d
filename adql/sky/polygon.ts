import { ImpossibleShape, position, type Shape } from './shape.ts';
import { dot, edgeNormal, unitVector, type Vector } from './vector.ts';

interface Vertex {
  readonly position: readonly [lon: number, lat: number];
  readonly vector: Vector;
}

/** Length of a chord of the unit sphere, 2e-8 arcsec: nearer vertices are one. */
const tolerance = 1e-13;

/**
 * From lon1, lat1, lon2, lat2... in degrees, implicitly closed, edges along great circles. Repeated
 * vertices and a closing one are dropped.
 */
export function polygon(coordinates: readonly number[]): Shape {
  const vertices = verticesOf(coordinates);
  if (crossesItself(vertices)) {
    throw new ImpossibleShape(
      'The edges of this POLYGON cross one another: give its vertices in the order in which one walks round it.',
    );
  }
  return { type: 'POLYGON', numbers: vertices.flatMap((vertex) => vertex.position) };
}

/**
 * ADQL 2.1, "BOX", deprecated: here the polygon of the four corners at half the width and height (in
 * degrees of longitude and latitude) from the centre; its sides are great circles.
 */
export function box(centre: readonly [number, number], width: number, height: number): Shape {
  const [lon, lat] = position(...centre);
  if (!(width > 0 && width < 180 && height > 0 && Math.abs(lat) + height / 2 <= 90)) {
    throw new ImpossibleShape(
      `There is no BOX of ${String(width)} by ${String(height)} degrees at latitude ${String(lat)}: its width ` +
        'must be less than 180 degrees, and it must not reach over a pole. Use CIRCLE or POLYGON, or ' +
        'BETWEEN on the coordinates.',
    );
  }
  const [west, east] = [lon - width / 2, lon + width / 2];
  const [south, north] = [lat - height / 2, lat + height / 2];
  return polygon([west, south, east, south, east, north, west, north]);
}

function verticesOf(coordinates: readonly number[]): readonly Vertex[] {
  if (coordinates.length % 2 === 1) {
    throw new ImpossibleShape(
      'A POLYGON takes pairs of numbers, longitude and latitude; one is missing.',
    );
  }
  const all: Vertex[] = [];
  for (let index = 0; index < coordinates.length; index += 2) {
    const here = position(coordinates[index] ?? 0, coordinates[index + 1] ?? 0);
    all.push({ position: here, vector: unitVector(...here) });
  }
  const vertices = all.filter((vertex, index) => !isSame(vertex, all[index - 1]));
  if (vertices.length > 1 && isSame(vertices[0], vertices.at(-1))) vertices.pop();
  if (vertices.length < 3) {
    throw new ImpossibleShape('A POLYGON needs at least three different vertices.');
  }
  if (vertices.some((vertex, index) => isAntipodal(vertex, vertices.at(index - 1)))) {
    throw new ImpossibleShape(
      'An edge of this POLYGON joins two antipodal points, so that its way is not known: give a vertex between them.',
    );
  }
  return vertices;
}

function isSame(vertex: Vertex | undefined, other: Vertex | undefined): boolean {
  if (vertex === undefined || other === undefined) return false;
  const [a, b] = [vertex.vector, other.vector];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) <= tolerance;
}

function isAntipodal({ vector: a }: Vertex, other: Vertex | undefined): boolean {
  if (other === undefined) return false;
  const b = other.vector;
  return (a[0] + b[0]) ** 2 + (a[1] + b[1]) ** 2 + (a[2] + b[2]) ** 2 < 1e-25;
}

/** Not asked of more than 200 vertices: the question grows with the square. */
function crossesItself(vertices: readonly Vertex[]): boolean {
  if (vertices.length > 200) return false;
  const edges = vertices.map((vertex, index) => {
    const [from, to] = [vertex.vector, (vertices[index + 1] ?? vertices[0] ?? vertex).vector];
    return { from, to, normal: edgeNormal(from, to) };
  });
  // Neighbours meet in their common vertex, which rounding lets look like a crossing in tiny polygons.
  const strangers = (index: number): readonly Edge[] =>
    edges.slice(index + 2, index === 0 ? -1 : undefined);
  return edges.some((edge, index) => strangers(index).some((other) => doCross(edge, other)));
}

interface Edge {
  readonly from: Vector;
  readonly to: Vector;
  readonly normal: Vector;
}

/** At a point inside both; the last condition tells it from the antipodes of one edge. */
function doCross(a: Edge, b: Edge): boolean {
  const heights = [dot(a.normal, b.from), dot(a.normal, b.to)] as const;
  const others = [dot(b.normal, a.from), dot(b.normal, a.to)] as const;
  if ([...heights, ...others].some((height) => Math.abs(height) <= tolerance)) return false;
  const [above, below] = [heights[0] > 0, heights[1] > 0];
  return above !== below && others[0] > 0 !== others[1] > 0 && above === others[1] > 0;
}
