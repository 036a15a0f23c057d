import { type Position, positionOf } from '../resolve/geometry/coordinates.ts';
import type {
  ResolvedCondition,
  ResolvedExpression,
  ResolvedFrom,
  ResolvedSelect,
  ResolvedSkyPredicate,
} from '../resolve/resolved.ts';
import { columnsIn } from '../resolve/walk.ts';
import { cosine, dot, unitVector } from '../sky/vector.ts';
import { regionTest } from './compile-region-search.ts';
import { distanceBound, isIndexed } from './compile-sky.ts';
import { type Sql, sql } from './sql.ts';
import { storedColumn } from './stored-column.ts';

/**
 * Does a condition of a SELECT leave only rows of a small part of the sky, or near those of an uploaded
 * table, which an index finds?
 *
 * PostgreSQL has no statistics of the sky and takes the rows of a cone for one in a thousand of the table, evenly
 * strewn. For `TOP 10 ... ORDER BY t_min` and for MIN(t_min) it then goes through all rows in the order of t_min
 * until one lies there. Of the 4.5 million images of TESS: 0.3 to 4.4 s, by the index of the sky 1 to 10 ms.
 */
export function isFoundOnSky({ where, from }: Pick<ResolvedSelect, 'where' | 'from'>): boolean {
  const conditions = [...(where === null ? [] : [where]), ...from.flatMap(conditionsIn)];
  return conditions.some(leavesFew);
}

/**
 * The conditions of joins that every row of the answer meets: of inner ones, on the side that an outer join keeps.
 * Joins lean to the left as far as the query is long: no recursion on that side.
 */
function conditionsIn(from: ResolvedFrom): readonly ResolvedCondition[] {
  const conditions: ResolvedCondition[] = [];
  let rest: ResolvedFrom = from;
  while (rest.kind === 'join' && rest.type !== 'FULL') {
    const { type, left, right, on } = rest;
    if (type === 'INNER') conditions.push(...conditionsIn(right), ...(on === null ? [] : [on]));
    rest = type === 'RIGHT' ? right : left;
  }
  return conditions;
}

function leavesFew(condition: ResolvedCondition): boolean {
  if (condition.kind === 'logical') {
    const { operator, operands } = condition;
    return operator === 'AND' ? operands.some(leavesFew) : operands.every(leavesFew);
  }
  if (condition.kind === 'sky-condition') return condition.holds && isSearch(condition.operand);
  const isComparison = condition.kind === 'comparison' || condition.kind === 'between';
  return isComparison && isNeighbourhood(condition);
}

/** A column as a value that PostgreSQL does not know to be in the order of an index. */
export function withoutOrder(expression: ResolvedExpression, compiled: Sql): Sql {
  if (storedColumn(expression) === null) return compiled;
  return sql`CASE WHEN ${compiled} IS NOT NULL THEN ${compiled} END`;
}

function isSearch(predicate: ResolvedSkyPredicate): boolean {
  const [first, second] = predicate.arguments;
  const isOfPosition = predicate.relation === 'contains' && first.type === 'POINT';
  if (isOfPosition && isIndexed(positionOf(first))) {
    return isSmall(second) || isUploaded(second);
  }
  const region = regionTest(predicate);
  return region !== null && (isSmall(region.other) || isUploaded(region.other));
}

/** Is a shape that of a row of an uploaded table? These are small, and the index is asked for each row. */
function isUploaded(shape: ResolvedExpression): boolean {
  const tables = columnsIn(shape).map((column) => storedColumn(column)?.table);
  return tables.length > 0 && tables.every((table) => table?.schema.toLowerCase() === 'tap_upload');
}

/**
 * Degrees; 0.8 percent of the sky. A larger part has so many rows that one of them comes soon in any order: of
 * the images of TESS, a circle of 19 degrees takes 47 to 110 ms by the index of the sky and 40 by that of t_min.
 */
const widest = 10;

function isSmall(shape: ResolvedExpression): boolean {
  if (shape.kind !== 'literal' || shape.value === null) return false;
  const numbers = shape.value.slice(1, -1).split(',').map(Number);
  if (shape.type === 'CIRCLE') return (numbers[2] ?? 0) <= widest;
  return shape.type === 'POINT' || (shape.type === 'POLYGON' && isWithin(widest, numbers));
}

/** Are all vertices so near to the first? The polygon then lies there too, being the smaller of its sides. */
function isWithin(radius: number, [lon = 0, lat = 0, ...others]: readonly number[]): boolean {
  const [first, nearest] = [unitVector(lon, lat), cosine(radius)];
  return others.every(
    (ra, index) => index % 2 === 1 || dot(first, unitVector(ra, others[index + 1] ?? 0)) >= nearest,
  );
}

/** `DISTANCE(point of the row, point in numbers or of an uploaded table) < limit`. */
function isNeighbourhood(
  comparison: Extract<ResolvedCondition, { kind: 'comparison' | 'between' }>,
): boolean {
  const bound = distanceBound(comparison);
  if (bound?.limit.kind !== 'literal' || Number(bound.limit.value) > widest) return false;
  const [first, second] = bound.ends;
  return isFoundAround(second, first) || isFoundAround(first, second);
}

function isFoundAround(place: Position, own: Position): boolean {
  const isKnown = place.every((part) => part.kind === 'literal' || isUploaded(part));
  return isKnown && isIndexed(own);
}
