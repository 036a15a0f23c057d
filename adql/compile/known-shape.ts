import type { ResolvedExpression } from '../resolve/resolved.ts';
import { type Bounds, boundsWithin, circleBounds, polygonBounds } from '../sky/bounds.ts';
import { figureNumbers, polygonFigure } from '../sky/figure.ts';
import { cosine, sine } from '../sky/vector.ts';
import { type Sql, value } from './sql.ts';

/** How positions are tested against a shape: `test(lon, lat, ...operands)`. */
export interface KnownShape {
  readonly bounds: Bounds;
  /** A rectangle all of which lies in the shape, where one is known. */
  readonly inside: Bounds | null;
  readonly test: string;
  readonly operands: readonly Sql[];
}

/**
 * A circle or polygon that the query gives in numbers, made ready for schema/027-sky-search.sql: PostgreSQL
 * need not reckon with it at each planning, nor, when a statement is prepared, at each row.
 */
export function knownShape(shape: ResolvedExpression): KnownShape | null {
  if (shape.kind !== 'literal' || shape.value === null) return null;
  const numbers = shape.value.slice(1, -1).split(',').map(Number);
  if (shape.type === 'CIRCLE') return knownCircle(numbers);
  return shape.type === 'POLYGON' ? knownPolygon(numbers) : null;
}

/** What is nearer to a border than this lies on it, degrees. */
const border = 6e-12;

function knownCircle([lon = 0, lat = 0, radius = 0]: readonly number[]): KnownShape {
  const bounds = circleBounds([lon, lat, radius]);
  if (radius >= 179) {
    return {
      bounds,
      inside: null,
      test: 'sky.is_within',
      operands: [lon, lat, radius].map(degrees),
    };
  }
  const limit = sine((radius + border) / 2) ** 2;
  const inside = boundsWithin([lon, lat, radius]);
  return {
    bounds,
    inside,
    test: 'sky.in_cap',
    operands: [lat, lon, cosine(lat), limit].map(degrees),
  };
}

function knownPolygon(numbers: readonly number[]): KnownShape {
  const figure = polygonFigure(numbers);
  const isQuadrilateral = figure.edges.length === 4 && figure.isConvex;
  return {
    bounds: polygonBounds(figure),
    inside: null,
    test: isQuadrilateral ? 'sky.in_quadrilateral' : 'sky.in_polygon',
    operands: [value(`{${figureNumbers(figure).join(',')}}`, 'double precision[]')],
  };
}

/** A number as a bound value. */
export function degrees(number: number): Sql {
  return value(String(number), 'double precision');
}
