import type { Span } from '../../ast.ts';
import { type ComputedType, metadataOf, sqlTypeOf } from '../../functions/value-type.ts';
import { literal } from '../literal.ts';
import type { ResolvedCall, ResolvedExpression } from '../resolved.ts';

/** Longitude and latitude in degrees. */
export type Position = readonly [lon: ResolvedExpression, lat: ResolvedExpression];

/** A call of a function of schema `sky`. */
export function skyCall<Type extends ComputedType>(
  name: string,
  parts: readonly ResolvedExpression[],
  of: { readonly type: Type; readonly span: Span },
): ResolvedCall & { readonly type: Type } {
  return {
    kind: 'call',
    sqlFunction: `sky.${name}`,
    arguments: parts,
    type: of.type,
    sqlType: sqlTypeOf(of.type),
    metadata: metadataOf(of.type),
    span: of.span,
  };
}

/** Longitude and latitude of a point: as they were given, where it was made from them. */
export function positionOf(point: ResolvedExpression): Position {
  const [lon, lat] = coordinatesOf(point, ['coord1', 'coord2']);
  if (lon === undefined || lat === undefined) throw new RangeError('a point has two coordinates');
  return [lon, lat];
}

/** Centre and radius of a circle in degrees. */
export function circleParts(
  circle: ResolvedExpression,
): readonly [...Position, ResolvedExpression] {
  const [lon, lat, radius] = coordinatesOf(circle, ['coord1', 'coord2', 'radius']);
  if (lon === undefined || lat === undefined || radius === undefined) {
    throw new RangeError('a circle has two coordinates and a radius');
  }
  return [lon, lat, radius];
}

const madeFromCoordinates: ReadonlySet<string> = new Set(['sky.point', 'sky.circle']);

function coordinatesOf(
  shape: ResolvedExpression,
  names: readonly string[],
): readonly ResolvedExpression[] {
  const { span } = shape;
  if (shape.kind === 'literal') {
    const numbers = shape.value?.slice(1, -1).split(',') ?? [];
    return names.map((_, index) => literal(numbers[index] ?? null, 'DOUBLE PRECISION', span));
  }
  if (shape.kind === 'call' && madeFromCoordinates.has(shape.sqlFunction)) return shape.arguments;
  return names.map((name) => skyCall(name, [shape], { type: 'DOUBLE PRECISION', span }));
}
