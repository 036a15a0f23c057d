import type { ResolvedExpression } from '../resolve/resolved.ts';
import { circleBounds } from '../sky/bounds.ts';
import { cosine, sine, unitVector } from '../sky/vector.ts';
import { degrees } from './known-shape.ts';
import { type Sql, value } from './sql.ts';

/** What a shape is to the region that is searched for. */
export type Role = 'has' | 'meets' | 'lies in';

/** A function of schema/031-sky-region-search.sql or 035, and what it is asked for. */
export interface KnownSearch {
  readonly name: string;
  readonly operands: readonly Sql[];
}

/**
 * The search among the regions for a point or circle that the query gives in numbers, all reckoned here.
 * @returns null for other shapes, and for regions that lie around a circle
 */
export function knownSearch(role: Role, other: ResolvedExpression): KnownSearch | null {
  if (other.kind !== 'literal' || other.value === null) return null;
  const numbers = other.value.slice(1, -1).split(',').map(Number);
  if (other.type === 'POINT' && role === 'has') return aroundPosition(numbers);
  if (other.type !== 'CIRCLE' || role === 'has') return null;
  const name = role === 'meets' ? 'sky.search_meeting' : 'sky.search_within';
  return { name, operands: [...circleOperands(numbers), array(numbers)] };
}

function aroundPosition([lon = 0, lat = 0]: readonly number[]): KnownSearch {
  const centre = unitVector(lon, lat);
  const figure = array([0, ...centre, lon, lat]);
  const operands = [...[lon, lat, lon, lat, ...centre].map(degrees), figure];
  return { name: 'sky.search_around_position', operands };
}

/** Bounds, centre, the circles outside and inside it, and its figure: sky.figure, sky.caps of schema/027. */
function circleOperands([lon = 0, lat = 0, radius = 0]: readonly number[]): readonly Sql[] {
  const { west, south, east, north } = circleBounds([lon, lat, radius]);
  const centre = unitVector(lon, lat);
  const outer = radius < widest ? radius + safely : Number.NaN;
  const inner = Math.min(Math.max(radius - safely, 0), widest);
  const circles = [cosine(outer), sine(outer), cosine(inner), sine(inner)];
  const numbers = [west, south, east, north, ...centre, ...circles].map((number) =>
    Number.isNaN(number) ? value(null, 'double precision') : degrees(number),
  );
  return [...numbers, array([1, ...centre, lon, lat, radius])];
}

/** Degrees by which circles are moved to the side where their answer is certain. */
const safely = 1e-9;

/** Degrees; larger circles are not asked. */
const widest = 89.9;

function array(numbers: readonly number[]): Sql {
  return value(`{${numbers.join(',')}}`, 'double precision[]');
}
