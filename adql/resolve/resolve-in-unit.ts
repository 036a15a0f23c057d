import type { FunctionCall, Span } from '../ast.ts';
import { AdqlError } from '../error.ts';
import { parseUnit, unitsLike } from '../units/parse-unit.ts';
import { ratio, type Unit, UnitError } from '../units/unit.ts';
import { cast, numberFor } from './coerce.ts';
import { literal } from './literal.ts';
import { didYouMean } from './nearest-names.ts';
import type { ResolvedExpression } from './resolved.ts';
import { shortened, type Statement, textOf } from './scope.ts';

/** ADQL 2.1, "IN_UNIT": a number in another unit, by the unit that its column is declared with. */
export function resolveInUnit(
  { span }: FunctionCall,
  [operand, target]: readonly ResolvedExpression[],
  statement: Statement,
): ResolvedExpression {
  if (operand === undefined || target?.kind !== 'literal') {
    throw new RangeError('IN_UNIT takes a number and a string');
  }
  const number = numberFor('IN_UNIT', operand, statement);
  const written = textOf(operand.span, statement);
  const from = unitOf(operand, written);
  const wanted = target.value ?? '';
  const to = readUnit(wanted, `The unit '${shortened(wanted)}' cannot be used`, target.span);
  const factors = ratio(from, to);
  if (factors === null) {
    const own = operand.metadata.unit ?? '';
    const message = `${written} is in ${own}, which cannot be converted to ${wanted}: they measure different things.`;
    throw new AdqlError('wrong-value', message, target.span);
  }
  if (!factors.every((factor) => factor > 0 && Number.isFinite(factor))) {
    const message = `The factor of the unit '${shortened(wanted)}' is too large or too small to compute with.`;
    throw new AdqlError('wrong-value', message, target.span);
  }
  const converted = scaled(cast(number, 'double precision'), factors, span);
  return {
    ...converted,
    metadata: { ...converted.metadata, unit: wanted.trim(), ucd: operand.metadata.ucd },
  };
}

function unitOf(operand: ResolvedExpression, written: string): Unit {
  const { unit } = operand.metadata;
  if (unit !== null && unit.trim() !== '') {
    return readUnit(
      unit,
      `${written} is in "${shortened(unit)}", which cannot be converted`,
      operand.span,
    );
  }
  throw new AdqlError(
    'wrong-value',
    `${written} has no unit that this service knows of, so that IN_UNIT cannot convert it.`,
    operand.span,
  );
}

function readUnit(text: string, problem: string, span: Span): Unit {
  try {
    return parseUnit(text);
  } catch (error) {
    if (!(error instanceof UnitError)) throw error;
    const hint = error.symbol === null ? '' : didYouMean(error.symbol, unitsLike(error.symbol));
    throw new AdqlError('wrong-value', `${problem}. ${error.message}${hint}`, span);
  }
}

/** By the larger of the two factors, which is nearly always the exact one: nm to m divides by 1e9. */
function scaled(
  number: ResolvedExpression,
  [times, per]: readonly [number, number],
  span: Span,
): ResolvedExpression {
  if (times === per) return { ...number, span };
  const isLarger = times > per;
  const factor = String(isLarger ? times / per : per / times);
  const { type, sqlType, metadata } = literal(null, 'DOUBLE PRECISION', span);
  return {
    kind: 'chain',
    first: number,
    rest: [{ operator: isLarger ? '*' : '/', operand: literal(factor, 'DOUBLE PRECISION', span) }],
    type,
    sqlType,
    metadata,
    span,
  };
}
