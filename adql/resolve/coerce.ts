import type { SqlType } from '../catalog.ts';
import { AdqlError } from '../error.ts';
import {
  describeType,
  isComputedType,
  isNumeric,
  isShape,
  metadataOf,
  type NumericType,
  sqlTypeOf,
  valueTypeOf,
  type ValueType,
  widerNumeric,
} from '../functions/value-type.ts';
import { timestampLiteral } from './literal.ts';
import type { ResolvedExpression, ResolvedLiteral } from './resolved.ts';
import { shortened, type Statement, textOf } from './scope.ts';
import { readTruthValues } from './truth-values.ts';

/** The value as another SQL type. A literal is bound as that type at once where it can be. */
export function cast(operand: ResolvedExpression, sqlType: SqlType): ResolvedExpression {
  if (operand.sqlType === sqlType) return operand;
  const type = valueTypeOf(sqlType);
  const metadata = isComputedType(type) ? metadataOf(type) : operand.metadata;
  if (operand.kind === 'literal' && isBoundAs(operand, type)) {
    return { ...operand, type, sqlType, metadata };
  }
  return { kind: 'cast', operand, fit: null, type, sqlType, metadata, span: operand.span };
}

/** NULL is of every type, and an integer can be bound as any wider number. */
function isBoundAs({ value, type }: ResolvedLiteral, target: ValueType): boolean {
  if (value === null) return true;
  return isNumeric(type) && isNumeric(target) && widerNumeric(type, target) === target;
}

/** A value as operators and functions see it: JSON is text there, but still known to be JSON. */
export function operandOf(expression: ResolvedExpression): ResolvedExpression {
  if (expression.sqlType !== 'jsonb') return expression;
  const text = cast(expression, 'text');
  const { xtype, ucd } = expression.metadata;
  return { ...text, metadata: { ...text.metadata, xtype, ucd } };
}

/** Of numbers that are compared: a boolean counts as 1 or 0, so that `flag = 1` works. */
function booleanAsInteger(expression: ResolvedExpression): ResolvedExpression {
  return expression.type === 'BOOLEAN' ? cast(expression, 'integer') : expression;
}

type NumberExpression = ResolvedExpression & { readonly type: NumericType };

function isNumber(expression: ResolvedExpression): expression is NumberExpression {
  return isNumeric(expression.type);
}

/** The operand of something that needs a number; `user` is that something, for the message. */
export function numberFor(
  user: string,
  expression: ResolvedExpression,
  statement: Statement,
): NumberExpression {
  const number =
    expression.type === 'NULL' ? cast(expression, 'integer') : booleanAsInteger(expression);
  if (isNumber(number)) return number;
  const { type } = number;
  const written = textOf(expression.span, statement);
  throw new AdqlError(
    'wrong-type',
    `${user} needs numbers, but ${written} is ${describeType(type)}.` +
      (numberAdvice(expression) || adviceOnOperand(user, type, written)),
    expression.span,
  );
}

function adviceOnOperand(user: string, type: ValueType, written: string): string {
  if (type === 'TIMESTAMP') return ` Turn it into days with ivo_to_mjd(${written}).`;
  return user === '+' && type === 'VARCHAR' ? ' Strings are joined by ||.' : '';
}

/** The operand of something that needs text. */
export function textFor(
  user: string,
  expression: ResolvedExpression,
  statement: Statement,
): ResolvedExpression {
  if (expression.type === 'VARCHAR' || expression.type === 'NULL') {
    return cast(expression, 'text');
  }
  const written = textOf(expression.span, statement);
  throw new AdqlError(
    'wrong-type',
    `${user} needs text, but ${written} is ${describeType(expression.type)}.` +
      (isUnordered(expression.type) ? '' : ` Write CAST(${written} AS VARCHAR).`),
    expression.span,
  );
}

/**
 * Values that are compared with each other, brought to kinds that can be: all numbers, all text, all
 * timestamps or all booleans. Strings beside timestamps become timestamps, booleans beside numbers 1 or 0.
 */
export function unify(
  written: readonly ResolvedExpression[],
  statement: Statement,
): readonly ResolvedExpression[] {
  const expressions = readTruthValues(written, statement);
  const timestamp = expressions.find(({ type }) => type === 'TIMESTAMP');
  const hasNumbers = expressions.some(({ type }) => isNumeric(type));
  const known = expressions.map((expression) => {
    if (timestamp !== undefined) return asTimestamp(expression, timestamp.sqlType);
    return hasNumbers ? booleanAsInteger(expression) : expression;
  });
  const first = known.find(({ type }) => type !== 'NULL');
  if (first === undefined) return known;
  return known.map((expression) => {
    if (expression.type === 'NULL') return cast(expression, first.sqlType);
    if (!areComparable(first.type, expression.type)) throw mismatch(first, expression, statement);
    return expression;
  });
}

/** Values of which one is taken (COALESCE, CASE): all of exactly one SQL type. */
export function unifyToOneType(
  expressions: readonly ResolvedExpression[],
  statement: Statement,
): readonly ResolvedExpression[] {
  return unifyUnordered(expressions, statement) ?? toOneType(unify(expressions, statement));
}

/** Shapes, arrays and binary data have no order to compare them by, but one of them can be taken. */
function unifyUnordered(
  expressions: readonly ResolvedExpression[],
  statement: Statement,
): readonly ResolvedExpression[] | null {
  const known = expressions.filter(({ type }) => type !== 'NULL');
  const [first] = known;
  if (first === undefined || !known.some((expression) => isUnordered(expression.type))) return null;
  const { type, metadata } = first;
  const isOneType = known.every(({ sqlType }) => sqlType === first.sqlType);
  const other = known.find((expression) => expression.type !== type);
  if (other !== undefined) throw notOneType(first, other, statement);
  if (!isOneType && !isShape(type)) return null;
  // Archives store shapes as REAL[] too.
  const sqlType = isOneType ? first.sqlType : 'double precision[]';
  return expressions.map((expression) => ({ ...cast(expression, sqlType), type, metadata }));
}

function notOneType(
  first: ResolvedExpression,
  other: ResolvedExpression,
  statement: Statement,
): AdqlError {
  const [one, another] = [first, other].map(
    ({ type, span }) => `${textOf(span, statement)} is ${describeType(type)}`,
  );
  const message = `These values need one type: ${one ?? ''}, but ${another ?? ''}.`;
  return new AdqlError('wrong-type', message, other.span);
}

function isUnordered(type: ValueType): boolean {
  return isShape(type) || type === 'ARRAY' || type === 'BLOB';
}

/** The same for values that are known to be comparable. */
export function toOneType(unified: readonly ResolvedExpression[]): readonly ResolvedExpression[] {
  const sqlType = commonSqlType(unified);
  return unified.map((expression) => cast(expression, sqlType));
}

function commonSqlType(unified: readonly ResolvedExpression[]): SqlType {
  let common: SqlType | null = null;
  for (const { sqlType, type } of unified) {
    if (common === null || common === sqlType) common = sqlType;
    else common = joinedSqlType(common, type);
  }
  return common ?? 'text';
}

function joinedSqlType(common: SqlType, type: ValueType): SqlType {
  const commonType = valueTypeOf(common);
  if (isNumeric(commonType) && isNumeric(type)) return sqlTypeOf(widerNumeric(commonType, type));
  return type === 'TIMESTAMP' ? 'timestamp without time zone' : 'text';
}

function asTimestamp(expression: ResolvedExpression, sqlType: SqlType): ResolvedExpression {
  const isString = expression.kind === 'literal' && expression.type === 'VARCHAR';
  if (!isString || expression.value === null) return expression;
  return timestampLiteral(expression.value, sqlType, expression.span);
}

/** Whether `=` and `<` mean something between the two. */
export function areComparable(left: ValueType, right: ValueType): boolean {
  if (isNumeric(left)) return isNumeric(right);
  return left === right && (left === 'VARCHAR' || left === 'TIMESTAMP' || left === 'BOOLEAN');
}

function mismatch(
  left: ResolvedExpression,
  right: ResolvedExpression,
  statement: Statement,
): AdqlError {
  const [first, second] = [left, right].map(
    ({ type, span }) => `${textOf(span, statement)} is ${describeType(type)}`,
  );
  const problem = left === right ? `${first ?? ''}.` : `${first ?? ''}, but ${second ?? ''}.`;
  const advice = comparisonAdvice(left, right, statement);
  return new AdqlError('wrong-type', problem + advice, right.span);
}

function comparisonAdvice(
  left: ResolvedExpression,
  right: ResolvedExpression,
  statement: Statement,
): string {
  const types = [left.type, right.type];
  if (types.some(isShape)) return ' Compare shapes by CONTAINS, INTERSECTS or DISTANCE.';
  if (types.includes('ARRAY') || types.includes('BLOB')) return ' Such values cannot be compared.';
  if (types.includes('BOOLEAN')) return ' Compare a boolean with 1 (true) or 0 (false).';
  if (types.includes('TIMESTAMP')) {
    return types.includes('VARCHAR')
      ? ' Turn the text into a timestamp with CAST(... AS TIMESTAMP).'
      : " Write timestamps as '2021-03-04T05:06:07', or turn them into numbers with ivo_to_mjd(...).";
  }
  const [text, number] = left.type === 'VARCHAR' ? [left, right] : [right, left];
  return textAndNumberAdvice(text, number, statement);
}

function textAndNumberAdvice(
  text: ResolvedExpression,
  number: ResolvedExpression,
  statement: Statement,
): string {
  const advice = numberAdvice(text) || notFiniteAdvice(text);
  if (advice !== '') return advice;
  const time = text.kind === 'literal' ? (text.value ?? '') : '';
  if (/^\d{4}-\d\d-\d\d/.test(time)) {
    return ` If the number is a modified Julian date, write ivo_to_mjd('${shortened(time)}').`;
  }
  if (number.kind === 'sky-predicate') return ' Compare it with 1 (true) or 0 (false).';
  const written = textOf(number.span, statement);
  return number.kind === 'literal'
    ? ` Write '${written}', in single quotes.`
    : ` Write CAST(${written} AS VARCHAR) to compare them as text.`;
}

/** 'NaN' is written as text, and is none. */
function notFiniteAdvice(text: ResolvedExpression): string {
  const written = text.kind === 'literal' ? (text.value ?? '') : '';
  const isNumber = /^(nan|[+-]?inf(inity)?)$/i.test(written);
  return isNumber ? ` Write CAST('${written}' AS DOUBLE PRECISION).` : '';
}

/** What to do with a string that holds a number. */
export function numberAdvice(expression: ResolvedExpression): string {
  const isString = expression.kind === 'literal' && expression.type === 'VARCHAR';
  const text = isString ? (expression.value ?? '').trim() : '';
  return text !== '' && Number.isFinite(Number(text)) ? ` Write ${text} without quotes.` : '';
}
