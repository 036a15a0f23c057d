import type { FunctionCall } from '../../ast.ts';
import type { GeometryFunction } from '../../functions/geometry-functions.ts';
import { isShape } from '../../functions/value-type.ts';
import type { ResolvedExpression } from '../resolved.ts';
import type { Statement } from '../scope.ts';
import { checkFrame } from './frame.ts';
import {
  resolveArea,
  resolveCentroid,
  resolveCoordinate,
  resolveCoordinateSystem,
  resolveDistance,
  resolvePredicate,
} from './measures.ts';
import type { GeometryCall } from './operands.ts';
import {
  resolveBox,
  resolveCircle,
  resolvePoint,
  resolvePolygon,
  resolveRegion,
} from './shapes.ts';

const resolvers: Readonly<Record<GeometryFunction, (call: GeometryCall) => ResolvedExpression>> = {
  AREA: resolveArea,
  BOX: resolveBox,
  CENTROID: resolveCentroid,
  CIRCLE: resolveCircle,
  CONTAINS: resolvePredicate,
  COORD1: resolveCoordinate,
  COORD2: resolveCoordinate,
  COORDSYS: resolveCoordinateSystem,
  DISTANCE: resolveDistance,
  INTERSECTS: resolvePredicate,
  POINT: resolvePoint,
  POLYGON: resolvePolygon,
  REGION: resolveRegion,
};

/** A geometrical function, whose number of arguments the parser has checked. */
export function resolveGeometry(
  { span }: FunctionCall,
  name: GeometryFunction,
  operands: { readonly values: readonly ResolvedExpression[]; readonly statement: Statement },
): ResolvedExpression {
  const { statement } = operands;
  const values = withoutFrame(name, operands.values);
  return resolvers[name]({ name, values, span, statement });
}

const framed: ReadonlySet<GeometryFunction> = new Set(['POINT', 'CIRCLE', 'BOX', 'POLYGON']);

/** How many numbers stand behind the coordinate system; a POLYGON has an even number. */
const numbersBehindFrame: Readonly<Partial<Record<GeometryFunction, number>>> = {
  POINT: 2,
  CIRCLE: 3,
  BOX: 4,
};

/** The deprecated first argument, a string or NULL, is checked and dropped. */
function withoutFrame(
  name: GeometryFunction,
  values: readonly ResolvedExpression[],
): readonly ResolvedExpression[] {
  const [first, second, ...rest] = values;
  if (first?.kind !== 'literal' || !framed.has(name)) return values;
  const isString = first.type === 'VARCHAR';
  const isNull = first.type === 'NULL' && standsBeforeShape(name, second, rest.length + 1);
  if (second === undefined || (!isString && !isNull)) return values;
  if (isString) checkFrame(first);
  return [second, ...rest];
}

function standsBeforeShape(
  name: GeometryFunction,
  second: ResolvedExpression | undefined,
  others: number,
): boolean {
  if (name === 'POLYGON') return others % 2 === 0 || (second !== undefined && isShape(second.type));
  const numbers = numbersBehindFrame[name];
  if (numbers === undefined || second === undefined) return false;
  return others === numbers || (others === numbers - 1 && isShape(second.type));
}
