import type { Span } from '../../ast.ts';
import { polygon } from '../../sky/polygon.ts';
import { circle, ImpossibleShape, point, readNumber, type Shape } from '../../sky/shape.ts';
import type { ResolvedExpression } from '../resolved.ts';
import { shortened } from '../scope.ts';
import { skyCall } from './coordinates.ts';
import { checked, shapeLiteral } from './operands.ts';

type Target = 'POINT' | 'CIRCLE' | 'POLYGON';

const makers: Readonly<Record<Target, (numbers: readonly number[]) => Shape | null>> = {
  POINT: ([lon = 0, lat = 0, ...rest]) => (rest.length === 0 ? point(lon, lat) : null),
  CIRCLE: ([lon = 0, lat = 0, radius, ...rest]) =>
    radius !== undefined && rest.length === 0 ? circle(lon, lat, radius) : null,
  POLYGON: (numbers) => (numbers.length >= 6 ? polygon(numbers) : null),
};

/**
 * CAST to a shape, from text with its numbers set apart by blanks (DALI 1.2, "Geometry"); optional in
 * ADQL 2.1. Null when the operand can be cast to no shape.
 */
export function castToShape(
  operand: ResolvedExpression,
  type: Target,
  span: Span,
): ResolvedExpression | null {
  if (operand.type === type) return operand;
  if (operand.type === 'NULL') return shapeLiteral(null, type, span);
  if (operand.type !== 'VARCHAR') return null;
  if (operand.kind !== 'literal' || operand.value === null) {
    return skyCall(`read_${type.toLowerCase()}`, [operand], { type, span });
  }
  const text = operand.value;
  const shape = checked(operand.span, () => shapeOf(text, type));
  return shapeLiteral(shape, type, span);
}

function shapeOf(text: string, type: Target): Shape {
  const words = text.trim().split(/\s+/);
  const numbers = words.map(readNumber).filter((number) => number !== null);
  const isNumbers = numbers.length === words.length && numbers.length > 1;
  const shape = isNumbers ? makers[type](numbers) : null;
  if (shape !== null) return shape;
  throw new ImpossibleShape(
    `'${shortened(text)}' are not the numbers of a ${type}: ${forms[type]}, in degrees.`,
  );
}

const forms: Readonly<Record<Target, string>> = {
  POINT: "write them like '10 20'",
  CIRCLE: "write them like '10 20 0.5'",
  POLYGON: "write them like '10 20 11 20 11 21'",
};
