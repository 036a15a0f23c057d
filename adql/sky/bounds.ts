import { type Edge, type PolygonFigure, stepEast } from './figure.ts';
import { arcsine, cosine, cross, dot, latitudeOf, sine, type Vector } from './vector.ts';

/**
 * Bounds in degrees, a little wider than what they bound (1e-9 degrees on the sky): west in [0, 360), east
 * up to 360 more than west. What touches a pole goes all round (schema/021-sky-index.sql, sky.bounds).
 */
export interface Bounds {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export type Circle = readonly [lon: number, lat: number, radius: number];

const margin = 1e-9;

/** Radius in degrees. */
export function circleBounds([lon, lat, radius]: Circle): Bounds {
  const [south, north] = [lat - radius, lat + radius];
  if (Math.abs(lat) + radius >= 89.999999) {
    return bounds({ west: 0, south: Math.max(south, -90), east: 360, north: Math.min(north, 90) });
  }
  const half = arcsine(sine(radius) / cosine(lat));
  return bounds({ west: lon - half, south, east: lon + half, north });
}

/**
 * A rectangle that lies wholly in a circle, of two thirds of its area; null for one that holds a pole or has
 * more than 45 degrees. Its corners are the farthest from the centre. East may be beyond 360, west below 0.
 */
export function boundsWithin([lon, lat, radius]: Circle): Bounds | null {
  const half = 0.7 * radius;
  const [south, north] = [lat - half, lat + half];
  if (radius > 45 || Math.max(-south, north) >= 89.9) return null;
  const widest = cosine(lat) * Math.max(cosine(south), cosine(north));
  const sineOfHalf = Math.sqrt((sine(radius / 2) ** 2 - sine(half / 2) ** 2) / widest);
  const reach = 2 * arcsine(sineOfHalf);
  return { west: lon - reach, south, east: lon + reach, north };
}

export function polygonBounds({ edges, hasPole }: PolygonFigure): Bounds {
  const first = edges[0]?.lon ?? 0;
  let [lon, west, east, south, north] = [first, first, first, 90, -90];
  edges.forEach((edge, index) => {
    const latitudes = edgeLatitudes(edge);
    south = Math.min(south, latitudes.south);
    north = Math.max(north, latitudes.north);
    lon += stepEast(edge.lon, edges[index + 1]?.lon ?? first);
    west = Math.min(west, lon);
    east = Math.max(east, lon);
  });
  // Of a line once round, one pole lies inside; of any other, both or none.
  const hasSouthPole = Math.abs(lon - first) > 180 ? !hasPole : hasPole;
  if (hasPole) north = 90;
  if (hasSouthPole) south = -90;
  return bounds({ west, south, east, north });
}

/** Those of its ends, or of the great circle's northernmost and southernmost points where it passes them. */
function edgeLatitudes({ from, to, normal }: Edge): { south: number; north: number } {
  const ends = [latitudeOf(from), latitudeOf(to)];
  const [x, y, z] = normal;
  const top: Vector = [-x * z, -y * z, x * x + y * y];
  const before = dot(cross(normal, from), top);
  const after = dot(cross(normal, to), top);
  if (before >= 0 && after <= 0) ends.push(latitudeOf(top));
  else if (before <= 0 && after >= 0) ends.push(-latitudeOf(top));
  return { south: Math.min(...ends), north: Math.max(...ends) };
}

function bounds({ west, south, east, north }: Bounds): Bounds {
  const farthest = Math.max(Math.abs(south), Math.abs(north));
  const reaches = farthest < 89.999999 ? margin / cosine(farthest) : 360;
  const width = east - west + 2 * reaches;
  const latitudes = { south: south - margin, north: north + margin };
  if (width >= 360) return { west: 0, east: 360, ...latitudes };
  const start = west - reaches - 360 * Math.floor((west - reaches) / 360);
  return { west: start, east: start + width, ...latitudes };
}

/** The same bounds in [0, 360] once more where they reach over longitude 360: one or two. */
export function turnsOf(given: Bounds): readonly Bounds[] {
  if (given.east < 360 || given.east - given.west >= 360) return [given];
  return [given, { ...given, west: given.west - 360, east: given.east - 360 }];
}
