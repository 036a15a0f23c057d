import type { Cast, Span } from '../ast.ts';
import { AdqlError } from '../error.ts';
import {
  describeType,
  isNumeric,
  isShape,
  metadataOf,
  type NumericType,
  sqlTypeOf,
} from '../functions/value-type.ts';
import { checkNumber } from './check-cast.ts';
import { cast } from './coerce.ts';
import { castToShape } from './geometry/cast-to-shape.ts';
import { literal, timestampLiteral } from './literal.ts';
import type { ResolvedCast, ResolvedExpression } from './resolved.ts';
import { type Statement, textOf } from './scope.ts';

/** ADQL 2.1, "CAST". */
export function resolveCast(
  { target, span }: Cast,
  operand: ResolvedExpression,
  statement: Statement,
): ResolvedExpression {
  const { name } = target;
  if (name === 'TIMESTAMP') return { ...castToTimestamp(operand, statement), span };
  if (name === 'CHAR' || name === 'VARCHAR') {
    return { ...castToText(operand, target, statement), span };
  }
  if (name === 'POINT' || name === 'CIRCLE' || name === 'POLYGON') {
    const shape = castToShape(operand, name, span);
    if (shape === null) throw impossible(operand, name, statement);
    return { ...shape, span };
  }
  return { ...castToNumber(operand, name, statement), span };
}

function castToNumber(
  operand: ResolvedExpression,
  target: NumericType,
  statement: Statement,
): ResolvedExpression {
  const sqlType = sqlTypeOf(target);
  if (operand.type === 'BOOLEAN') return cast(cast(operand, 'integer'), sqlType);
  if (operand.kind === 'literal') checkNumber(operand, target);
  if (!isNumeric(operand.type) && operand.type !== 'VARCHAR' && operand.type !== 'NULL') {
    throw impossible(operand, target, statement);
  }
  const result = cast(operand, sqlType);
  if (!isNumeric(operand.type)) return result;
  const { unit, ucd } = operand.metadata;
  return { ...result, metadata: { ...result.metadata, unit, ucd } };
}

/** Characters of CHAR(n): a row of more is made of blanks alone, and takes memory everywhere. */
const longestPadded = 10_000;

function tooLong(span: Span): AdqlError {
  const message =
    `CHAR(n) is filled up with blanks to n characters, ${String(longestPadded)} at most. ` +
    'VARCHAR(n) is as long as the text, and no longer than n.';
  return new AdqlError('too-complex', message, span);
}

function castToText(
  operand: ResolvedExpression,
  { name, length }: Cast['target'],
  statement: Statement,
): ResolvedExpression {
  if (operand.type === 'ARRAY' || operand.type === 'BLOB' || isShape(operand.type)) {
    throw impossible(operand, name, statement);
  }
  const text = cast(operand, 'text');
  if (length === null) return { ...text, type: 'VARCHAR', metadata: metadataOf('VARCHAR') };
  const isPadded = name === 'CHAR';
  if (isPadded && length > longestPadded) throw tooLong(operand.span);
  const arraysize = isPadded ? String(length) : `${String(length)}*`;
  const fitted: ResolvedCast = {
    kind: 'cast',
    operand: text,
    fit: { characters: length, padded: isPadded },
    type: 'VARCHAR',
    sqlType: 'text',
    metadata: { ...metadataOf('VARCHAR'), arraysize },
    span: operand.span,
  };
  return fitted;
}

function castToTimestamp(operand: ResolvedExpression, statement: Statement): ResolvedExpression {
  const sqlType = sqlTypeOf('TIMESTAMP');
  if (operand.kind === 'literal' && operand.type === 'VARCHAR') {
    return operand.value === null
      ? literal(null, 'TIMESTAMP', operand.span)
      : timestampLiteral(operand.value, sqlType, operand.span);
  }
  if (operand.type !== 'VARCHAR' && operand.type !== 'TIMESTAMP' && operand.type !== 'NULL') {
    throw impossible(operand, 'TIMESTAMP', statement);
  }
  return cast(operand, sqlType);
}

function impossible(operand: ResolvedExpression, target: string, statement: Statement): AdqlError {
  const written = textOf(operand.span, statement);
  return new AdqlError(
    'wrong-type',
    `${written} is ${describeType(operand.type)}: it cannot be cast to ${target}.`,
    operand.span,
  );
}
