/**
 * Conditions on the sky in PostgreSQL without extensions. The functions of schema/020 to 035 that are
 * used here are inlined by the planner, down to `position <@ box AND exact test`: the box where a table
 * has an index on sky.position, the exact test everywhere.
 */
import { turnsOf } from '../sky/bounds.ts';
import { circleParts, type Position, positionOf } from '../resolve/geometry/coordinates.ts';
import type {
  ResolvedCondition,
  ResolvedExpression,
  ResolvedSkyPredicate,
} from '../resolve/resolved.ts';
import { columnsIn } from '../resolve/walk.ts';
import { type Compilers, compileExpression } from './compile-expression.ts';
import { compileRegionTest } from './compile-region-search.ts';
import { degrees, type KnownShape, knownShape } from './known-shape.ts';
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
  const known = compilePointInKnown(position, shape, compilers);
  if (known !== null) return known;
  if (shape.type === 'CIRCLE') return compilePointInCircle(position, shape, compilers);
  const coordinates = position.map((coordinate) => compileExpression(coordinate, compilers));
  const compiled = compileExpression(shape, compilers);
  const isRegionLiteral = shape.kind === 'call' && shape.sqlFunction === 'sky.region_literal';
  return isRegionLiteral ? call('sky.point_in_region', ...coordinates, compiled) : null;
}

/**
 * In a circle or polygon that the query gives in numbers: everything about it is reckoned here, once. The
 * bounds stand there without an index too: positions of impossible latitudes lie in nothing.
 */
function compilePointInKnown(
  position: Position,
  shape: ResolvedExpression,
  compilers: Compilers,
): Sql | null {
  const known = knownShape(shape);
  if (known === null) return null;
  const coordinates = compileAll(position, compilers);
  const exact = compileExact(known, coordinates);
  const boxes = turnsOf(known.bounds).map(({ west, south, east, north }) =>
    call('sky.in_bounds', ...coordinates, ...[west, south, east, north].map(degrees)),
  );
  const [box] = boxes;
  return box !== undefined && boxes.length === 1
    ? sql`(${box} AND ${exact})`
    : sql`((${join(boxes, sql` OR `)}) AND ${exact})`;
}

/**
 * Without trigonometry for what lies well inside: of 7000 positions in a cone of 1 arcsec, 3.2 ms instead of
 * 5.3 (pgSphere 5.2, q3c 5.9).
 */
function compileExact({ test, operands, inside }: KnownShape, coordinates: readonly Sql[]): Sql {
  const exact = call(test, ...coordinates, ...operands);
  if (inside === null) return exact;
  const { west, south, east, north } = inside;
  const edges = [west, south, east, north].map(degrees);
  return sql`(${call('sky.in_rectangle', ...coordinates, ...edges)} OR ${exact})`;
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
  const ends = isOnlyCentreIndexed ? ([centre, point] as const) : ([point, centre] as const);
  const operands = compileAll([...ends[0], ...ends[1], radius], compilers);
  if (isMatchInZones(...ends, radius)) {
    const [near, exact] = ['sky.near_in_zones', 'sky.is_within'].map((name) =>
      call(name, ...operands),
    );
    return sql`(${near ?? sql``} AND ${exact ?? sql``})`;
  }
  const test = call('sky.point_in_circle', ...operands);
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
  const [first, second] = bound.ends;
  const reach = compileReach(bound.limit, compilers);
  const ways = [bound.ends, [second, first]] as const;
  const bounds = ways
    .filter(([position]) => isIndexed(position))
    .map(([position, other]) => {
      const inZones = isMatchInZones(position, other, bound.limit);
      return call(
        inZones ? 'sky.near_in_zones' : 'sky.near',
        ...compileAll([...position, ...other], compilers),
        reach,
      );
    });
  return bounds.length === 0 ? compiled : sql`(${join([...bounds, compiled], and)})`;
}

export interface DistanceBound {
  readonly ends: readonly [Position, Position];
  readonly limit: ResolvedExpression;
}

/** What a comparison says that a distance is at most; null when it says no such thing. */
export function distanceBound(
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
  if (distance.kind !== 'call' || distance.sqlFunction !== 'sky.distance') return null;
  const [lon1, lat1, lon2, lat2] = distance.arguments;
  if (lon1 === undefined || lat1 === undefined || lon2 === undefined || lat2 === undefined) {
    return null;
  }
  const ends: readonly [Position, Position] = [
    [lon1, lat1],
    [lon2, lat2],
  ];
  return { ends, limit };
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
export function isIndexed(position: Position): boolean {
  return hasIndex('positions', position);
}

function hasIndex(kind: 'positions' | 'zones', [lon, lat]: Position): boolean {
  const [first, second] = [storedColumn(lon), storedColumn(lat)];
  const indexed = first?.table.sky?.[kind] ?? [];
  return (
    first?.relation === second?.relation &&
    indexed.some(({ lon: own, lat: other }) => own === first?.name && other === second?.name)
  );
}

/** Degrees; above it a circle may touch three zones (schema/021-sky-index.sql, sky.zone). */
const widestInZones = 0.0099;

/**
 * Is this a cross-match within arcseconds, for which a btree of zones is twice as fast as GiST? One
 * position against all has a plan of its own for each query, and there it is not.
 */
function isMatchInZones(position: Position, other: Position, limit: ResolvedExpression): boolean {
  const isMatch = columnsIn(other[0]).length > 0 && columnsIn(other[1]).length > 0;
  const isNarrow = limit.kind === 'literal' && Number(limit.value) > 1e-30;
  return isMatch && isNarrow && Number(limit.value) <= widestInZones && hasIndex('zones', position);
}
