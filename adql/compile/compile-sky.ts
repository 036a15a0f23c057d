/**
 * Conditions on the sky in PostgreSQL without extensions. The functions of schema/020 to 025 that are
 * used here are inlined by the planner, down to `position <@ box AND exact test`: the same SQL is the
 * indexed form where a table has an index on sky.position, and the plain form elsewhere.
 */
import { circleParts, type Position, positionOf } from '../resolve/geometry/coordinates.ts';
import type {
  ResolvedCall,
  ResolvedCondition,
  ResolvedExpression,
  ResolvedSkyPredicate,
} from '../resolve/resolved.ts';
import { type Compilers, compileExpression } from './compile-expression.ts';
import { compileRegionTest } from './compile-region-search.ts';
import { call, join, type Sql, sql } from './sql.ts';
import { storedColumn } from './stored-column.ts';

/** CONTAINS or INTERSECTS as an SQL condition that holds together beside AND, OR and NOT. */
export function compileSkyPredicate(predicate: ResolvedSkyPredicate, compilers: Compilers): Sql {
  const { relation, arguments: shapes } = predicate;
  if (relation === 'contains' && shapes[0].type === 'POINT') {
    const quick = compilePointInShape(shapes[0], shapes[1], compilers);
    if (quick !== null) return quick;
  }
  return (
    compileRegionTest(predicate, compilers) ??
    call(`sky.${relation}`, ...compileAll(shapes, compilers))
  );
}

/** The forms that an index on positions serves; null when none applies. */
function compilePointInShape(
  point: ResolvedExpression,
  shape: ResolvedExpression,
  compilers: Compilers,
): Sql | null {
  const position = positionOf(point);
  if (shape.type === 'CIRCLE') return compilePointInCircle(position, shape, compilers);
  const coordinates = position.map((coordinate) => compileExpression(coordinate, compilers));
  const compiled = compileExpression(shape, compilers);
  if (shape.kind === 'literal' && shape.type === 'POLYGON') {
    return call('sky.point_in_shape', ...coordinates, compiled);
  }
  const isRegionLiteral = shape.kind === 'call' && shape.sqlFunction === 'sky.region_literal';
  return isRegionLiteral ? call('sky.point_in_region', ...coordinates, compiled) : null;
}

/** Point and centre can change places: first goes the one whose index is used. */
function compilePointInCircle(
  point: Position,
  circle: ResolvedExpression,
  compilers: Compilers,
): Sql {
  const [lon, lat, radius] = circleParts(circle);
  const centre: Position = [lon, lat];
  const isOnlyCentreIndexed = isIndexed(centre) && !isIndexed(point);
  const ends = isOnlyCentreIndexed ? [...centre, ...point] : [...point, ...centre];
  const test = call('sky.point_in_circle', ...compileAll([...ends, radius], compilers));
  if (!isIndexed(centre) || !isIndexed(point)) return test;
  const otherWay = call('sky.near', ...compileAll([...centre, ...point, radius], compilers));
  return sql`(${test} AND ${otherWay})`;
}

const and = sql` AND `;

/**
 * `DISTANCE(a, b) < limit` with, beside it, the bounds that it implies for each point with an index;
 * nothing is added to other comparisons. The result is the same with and without.
 */
export function withReach(
  comparison: Extract<ResolvedCondition, { kind: 'comparison' | 'between' }>,
  compiled: Sql,
  compilers: Compilers,
): Sql {
  const bound = distanceBound(comparison);
  if (bound === null) return compiled;
  const [lon1, lat1, lon2, lat2] = bound.distance.arguments;
  if (lon1 === undefined || lat1 === undefined || lon2 === undefined || lat2 === undefined) {
    return compiled;
  }
  const ways = [
    [lon1, lat1, lon2, lat2],
    [lon2, lat2, lon1, lat1],
  ] as const;
  const reach = compileReach(bound.limit, compilers);
  const bounds = ways
    .filter(([lon, lat]) => isIndexed([lon, lat]))
    .map((ends) => call('sky.near', ...compileAll(ends, compilers), reach));
  return bounds.length === 0 ? compiled : sql`(${join([...bounds, compiled], and)})`;
}

interface DistanceBound {
  readonly distance: ResolvedCall;
  readonly limit: ResolvedExpression;
}

/** What a comparison says that a distance is at most; null when it says no such thing. */
function distanceBound(
  comparison: Extract<ResolvedCondition, { kind: 'comparison' | 'between' }>,
): DistanceBound | null {
  if (comparison.kind === 'between') {
    return comparison.negated ? null : boundOf(comparison.operand, comparison.high);
  }
  const { left, operator, right } = comparison;
  switch (operator) {
    case '<':
    case '<=':
    case '=':
      return boundOf(left, right);
    case '>':
    case '>=':
      return boundOf(right, left);
    case '<>':
      return null;
  }
}

function boundOf(distance: ResolvedExpression, limit: ResolvedExpression): DistanceBound | null {
  const isDistance = distance.kind === 'call' && distance.sqlFunction === 'sky.distance';
  return isDistance ? { distance, limit } : null;
}

/** A limit that may be negative reaches nothing, which sky.near is not made for. */
function compileReach(limit: ResolvedExpression, compilers: Compilers): Sql {
  const compiled = compileExpression(limit, compilers);
  const isPositive = limit.kind === 'literal' && Number(limit.value) > 1e-30;
  return isPositive ? compiled : call('sky.reach', compiled);
}

function compileAll(expressions: readonly ResolvedExpression[], compilers: Compilers): Sql[] {
  return expressions.map((expression) => compileExpression(expression, compilers));
}

/** Is there an index on sky.position of these two columns of one table? */
function isIndexed([lon, lat]: Position): boolean {
  const [first, second] = [storedColumn(lon), storedColumn(lat)];
  const positions = first?.table.sky?.positions ?? [];
  return (
    first?.relation === second?.relation &&
    positions.some(({ lon: own, lat: other }) => own === first?.name && other === second?.name)
  );
}
