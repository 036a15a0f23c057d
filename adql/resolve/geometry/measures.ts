import { literal } from '../literal.ts';
import type { ResolvedExpression } from '../resolved.ts';
import { type Position, positionOf, skyCall } from './coordinates.ts';
import {
  checkPosition,
  degreesFor,
  type GeometryCall,
  pointFor,
  shapeFor,
  withUcd,
} from './operands.ts';

/** ADQL 2.1, "DISTANCE": degrees along the great circle between two points, or lon1, lat1, lon2, lat2. */
export function resolveDistance(call: GeometryCall): ResolvedExpression {
  const [from, to] = endsOf(call);
  checkPosition(from, call.span);
  checkPosition(to, call.span);
  const distance = skyCall('distance', [...from, ...to], {
    type: 'DOUBLE PRECISION',
    span: call.span,
  });
  return { ...distance, metadata: { ...distance.metadata, unit: 'deg', ucd: 'pos.angDistance' } };
}

function endsOf(call: GeometryCall): readonly [Position, Position] {
  const { values } = call;
  if (values.length === 2) {
    const [from, to] = values.map((value) => positionOf(pointFor(call, value)));
    if (from !== undefined && to !== undefined) return [from, to];
  }
  const [lon1, lat1, lon2, lat2] = values.map((value) => degreesFor(call, value));
  if (lon1 === undefined || lat1 === undefined || lon2 === undefined || lat2 === undefined) {
    throw new RangeError('DISTANCE takes two points or four numbers');
  }
  return [
    [lon1, lat1],
    [lon2, lat2],
  ];
}

/** ADQL 2.1, "AREA", in square degrees. */
export function resolveArea(call: GeometryCall): ResolvedExpression {
  const area = skyCall('area', [onlyShape(call)], { type: 'DOUBLE PRECISION', span: call.span });
  return { ...area, metadata: { ...area.metadata, unit: 'deg**2', ucd: 'phys.angArea' } };
}

/** ADQL 2.1, "CENTROID": of a polygon the direction of the sum of its vertices' unit vectors. */
export function resolveCentroid(call: GeometryCall): ResolvedExpression {
  const shape = onlyShape(call);
  if (shape.type === 'POINT') return { ...shape, span: call.span };
  const centroid = skyCall('centroid', [shape], { type: 'POINT', span: call.span });
  return shape.metadata.ucd === null ? withUcd(centroid, null) : centroid;
}

/** ADQL 2.1, "COORD1" and "COORD2": longitude and latitude in degrees. */
export function resolveCoordinate(call: GeometryCall): ResolvedExpression {
  const [value] = call.values;
  if (value === undefined) throw new RangeError(`${call.name} takes a point`);
  const point = pointFor(call, value);
  const name = call.name.toLowerCase();
  const coordinate = skyCall(name, [point], { type: 'DOUBLE PRECISION', span: call.span });
  const ucd = isEquatorial(point) ? `pos.eq.${name === 'coord1' ? 'ra' : 'dec'}` : null;
  return { ...coordinate, metadata: { ...coordinate.metadata, unit: 'deg', ucd } };
}

/** By its UCD: what ivo_geom_transform leads to another system has none. */
function isEquatorial({ metadata }: ResolvedExpression): boolean {
  return metadata.ucd !== null && /^pos\.eq\b(?!\.)/i.test(metadata.ucd);
}

/** ADQL 2.1, "COORDSYS", deprecated: there is one system here. */
export function resolveCoordinateSystem(call: GeometryCall): ResolvedExpression {
  onlyShape(call);
  return literal('ICRS', 'VARCHAR', call.span);
}

function onlyShape(call: GeometryCall): ReturnType<typeof shapeFor> {
  const [value] = call.values;
  if (value === undefined) throw new RangeError(`${call.name} takes a shape`);
  return shapeFor(call, value);
}

/** ADQL 2.1, "CONTAINS" and "INTERSECTS". A point intersects what contains it. */
export function resolvePredicate(call: GeometryCall): ResolvedExpression {
  const [first, second] = call.values.map((value) => shapeFor(call, value));
  if (first === undefined || second === undefined) throw new RangeError('two shapes');
  const { span } = call;
  const { metadata, sqlType } = literal(null, 'INTEGER', span);
  const typed = { kind: 'sky-predicate', type: 'INTEGER', sqlType, metadata, span } as const;
  const hasPoint = first.type === 'POINT' || second.type === 'POINT';
  if (call.name === 'INTERSECTS' && !hasPoint) {
    return { ...typed, relation: 'intersects', arguments: [first, second] };
  }
  const isReversed = call.name === 'INTERSECTS' && first.type !== 'POINT';
  return {
    ...typed,
    relation: 'contains',
    arguments: isReversed ? [second, first] : [first, second],
  };
}
