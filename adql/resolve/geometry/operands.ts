import type { Span } from '../../ast.ts';
import { AdqlError } from '../../error.ts';
import { describeType, isShape, type ShapeType } from '../../functions/value-type.ts';
import { ImpossibleShape, position, type Shape } from '../../sky/shape.ts';
import { cast, numberFor, operandOf } from '../coerce.ts';
import { literal } from '../literal.ts';
import type { ResolvedExpression, ResolvedLiteral } from '../resolved.ts';
import { type Statement, textOf } from '../scope.ts';
import { type Position, skyCall } from './coordinates.ts';

/** A call whose name, arguments and place in the query are at hand for messages. */
export interface GeometryCall {
  /** `CIRCLE` */
  readonly name: string;
  /** Without the coordinate system, which `withoutFrame` has looked at. */
  readonly values: readonly ResolvedExpression[];
  readonly span: Span;
  readonly statement: Statement;
}

export type ShapeExpression = ResolvedExpression & { readonly type: ShapeType };

/** A shape known now, as a bound value; null = NULL. */
export function shapeLiteral(shape: Shape | null, type: ShapeType, span: Span): ShapeLiteral {
  const numbers = shape === null ? null : `{${shape.numbers.join(',')}}`;
  return { ...literal(numbers, type, span), type };
}

/** A shape with another UCD, or none where its coordinates are known not to be ICRS. */
export function withUcd<Shape extends ResolvedExpression>(shape: Shape, ucd: string | null): Shape {
  return { ...shape, metadata: { ...shape.metadata, ucd } };
}

type ShapeLiteral = ResolvedLiteral & { readonly type: ShapeType };

/** A coordinate, radius or width, as a double. */
export function degreesFor(call: GeometryCall, value: ResolvedExpression): ResolvedExpression {
  const degrees = cast(numberFor(call.name, operandOf(value), call.statement), 'double precision');
  // PostgreSQL would refuse to compute with it: underflow.
  const isTiny = degrees.kind === 'literal' && Math.abs(Number(degrees.value ?? 1)) < 1e-30;
  return isTiny ? { ...degrees, value: '0' } : degrees;
}

/** The numbers of literals; null unless all are. NULL among them gives 'NULL'. */
export function knownNumbers(
  values: readonly ResolvedExpression[],
): readonly number[] | 'NULL' | null {
  if (!values.every((value) => value.kind === 'literal')) return null;
  if (values.some(({ value }) => value === null)) return 'NULL';
  return values.map(({ value }) => Number(value));
}

/** What `make` gives; an impossible shape becomes an error at the call. */
export function checked<Result>(span: Span, make: () => Result): Result {
  try {
    return make();
  } catch (error) {
    if (error instanceof ImpossibleShape) throw new AdqlError('wrong-value', error.message, span);
    throw error;
  }
}

const regionXtype = /^(adql:region|stc-s|shape)$/i;

/** The operand of a function that needs a shape: columns are checked, s_region is read. */
export function shapeFor(call: GeometryCall, value: ResolvedExpression): ShapeExpression {
  const { type, span } = value;
  if (type === 'NULL') return shapeLiteral(null, 'REGION', span);
  if (isShape(type)) return checkedShape(value, type);
  if (isRegionText(value)) return readRegion(value);
  throw notShape(call, value, 'a shape');
}

/** Does a text describe a shape, as s_region does? */
export function isRegionText({ type, metadata }: ResolvedExpression): boolean {
  return type === 'VARCHAR' && regionXtype.test(metadata.xtype ?? '');
}

/** The shape that such a text describes. */
export function readRegion(text: ResolvedExpression): ShapeExpression {
  const reader = text.kind === 'literal' ? 'region_literal' : 'region';
  return skyCall(reader, [text], { type: 'REGION', span: text.span });
}

/** The same where only a point will do. */
export function pointFor(call: GeometryCall, value: ResolvedExpression): ShapeExpression {
  if (value.type === 'NULL') return shapeLiteral(null, 'POINT', value.span);
  if (value.type === 'POINT') return shapeFor(call, value);
  throw notShape(call, value, 'a point');
}

/** Latitudes that are known are checked; others have no answer where they are impossible. */
export function checkPosition([lon, lat]: Position, span: Span): void {
  const latitude = lat.kind === 'literal' ? lat.value : null;
  if (latitude === null) return;
  const longitude = lon.kind === 'literal' ? Number(lon.value) : 0;
  checked(span, () => position(longitude, Number(latitude)));
}

function isMadeHere(value: ResolvedExpression): boolean {
  return (
    value.kind === 'literal' || (value.kind === 'call' && /^(sky|adql)[.]/.test(value.sqlFunction))
  );
}

/** A shape made by the query is right already; one of a column may be anything. */
export function checkedShape(value: ResolvedExpression, type: ShapeType): ShapeExpression {
  if (isMadeHere(value)) return { ...value, type };
  const doubles = { ...cast(value, 'double precision[]'), type };
  const shape = skyCall('checked', [doubles], { type, span: value.span });
  return withUcd(shape, value.metadata.ucd ?? shape.metadata.ucd);
}

function notShape(call: GeometryCall, value: ResolvedExpression, wanted: string): AdqlError {
  const written = textOf(value.span, call.statement);
  return new AdqlError(
    'wrong-type',
    `${call.name} needs ${wanted}, but ${written} is ${describeType(value.type)}.` +
      advice(value, wanted),
    value.span,
  );
}

function advice(value: ResolvedExpression, wanted: string): string {
  if (wanted === 'a point' && (isShape(value.type) || value.type === 'VARCHAR')) {
    return ' CENTROID(...) of a shape is a point; POINT(longitude, latitude) makes one, in degrees.';
  }
  return value.kind === 'literal' && value.type === 'VARCHAR'
    ? " Write REGION('CIRCLE 10 20 0.5') for a shape in text."
    : ' Make one with POINT, CIRCLE or POLYGON, in degrees.';
}
