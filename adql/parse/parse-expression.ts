import type { Condition, Expression, Operation } from '../ast.ts';
import { AdqlError } from '../error.ts';
import { warnOnce } from '../warn-once.ts';
import { isGeometry } from './function-grammar.ts';
import { parseCase } from './parse-case.ts';
import { parseKeywordFunction, parseUserDefinedFunction } from './parse-function.ts';
import { columnNameParts, isOldName, parseQualifiedName } from './parse-name.ts';
import type { TokenReader } from './token-reader.ts';

/** ADQL 2.1, "Value expressions": numbers, strings and geometries have one syntax; types come later. */
export function parseExpression(reader: TokenReader): Expression {
  return requireValue(parseOperand(reader));
}

/**
 * A value, or the condition in parentheses that one may take for a value until its end:
 * `(a + b) * c = 1`, `(a = b) AND c = 1`. One pass decides, so depth costs no backtracking.
 */
export function parseOperand(reader: TokenReader): Condition | Expression {
  const outerHeight = reader.height;
  reader.height = 0;
  const { start } = reader.token.span;
  const first = reader.atOperator('(') ? parseParenthesized(reader) : parseFactor(reader);
  const operand = isCondition(first) ? first : parseOperations(reader, { left: first, start }, 1);
  if (!isCondition(first)) reader.expected('an operator');
  reader.height = Math.max(outerHeight, reader.height + 1);
  return operand;
}

/** The higher the tighter; `||` is the loosest (ADQL 2.1, BNF). */
const precedences: Readonly<Record<Operation['operator'], number>> = {
  '||': 1,
  '+': 2,
  '-': 2,
  '*': 3,
  '/': 3,
};

function binaryOperator(reader: TokenReader): Operation['operator'] | null {
  const { kind, text } = reader.token;
  return kind === 'operator' && isBinary(text) ? text : null;
}

function isBinary(text: string): text is Operation['operator'] {
  return Object.hasOwn(precedences, text);
}

/** All operators that bind at least as tightly as `minimum`, to the right of `left`. */
function parseOperations(
  reader: TokenReader,
  { left, start }: { readonly left: Expression; readonly start: number },
  minimum: number,
): Expression {
  let tree = left;
  for (;;) {
    const operator = binaryOperator(reader);
    if (operator === null || precedences[operator] < minimum) return tree;
    refuseGeometry(tree, operator);
    reader.advance();
    const factor = { start: reader.token.span.start, left: parseFactor(reader) };
    const right = parseOperations(reader, factor, precedences[operator] + 1);
    refuseGeometry(right, operator);
    reader.deepen();
    tree = { kind: 'operation', operator, left: tree, right, span: reader.spanFrom(start) };
  }
}

function parseFactor(reader: TokenReader): Expression {
  const isSigned = reader.atOperator('-') || reader.atOperator('+');
  if (!isSigned) return parsePrimary(reader);
  const { text, span } = reader.advance();
  const operator = text === '-' ? '-' : '+';
  const operand = parsePrimary(reader);
  refuseGeometry(operand, operator);
  return { kind: 'sign', operator, operand, span: reader.spanFrom(span.start) };
}

function parsePrimary(reader: TokenReader): Expression {
  const { token } = reader;
  switch (token.kind) {
    case 'number':
      reader.advance();
      return { kind: 'number', text: token.text, span: token.span };
    case 'string':
      reader.advance();
      return { kind: 'string', value: token.text, span: token.span };
    case 'regular':
    case 'delimited':
      return parseNamed(reader);
    case 'keyword':
      return parseKeyword(reader);
    case 'operator':
      if (token.text === '(') return requireValue(parseParenthesized(reader));
      throw noValue(reader);
    case 'end':
      throw noValue(reader);
  }
}

function noValue(reader: TokenReader): AdqlError {
  reader.expected('a column, a value or a function');
  return reader.unexpected();
}

function parseKeyword(reader: TokenReader): Expression {
  const { token } = reader;
  if (token.text === 'NULL') {
    reader.advance();
    return { kind: 'null', span: token.span };
  }
  const extension = reader.extensions ? parseExtension(reader) : null;
  if (extension !== null) return extension;
  const opens = reader.peek(1);
  if (opens.kind === 'operator' && opens.text === '(') {
    const call = parseKeywordFunction(reader);
    if (call !== null) return call;
  } else if (isOldName(reader, token)) {
    return parseColumn(reader);
  }
  throw noValue(reader);
}

/** Not ADQL: a value that begins with one of these words. */
function parseExtension(reader: TokenReader): Expression | null {
  switch (reader.token.text) {
    case 'CASE':
      return parseCase(reader);
    case 'TRUE':
    case 'FALSE':
      return parseTruthValue(reader);
    default:
      return null;
  }
}

/** TRUE and FALSE: 1 and 0, as wherever ADQL has truth values. */
function parseTruthValue(reader: TokenReader): Expression {
  const { text, span } = reader.advance();
  const number = text === 'TRUE' ? '1' : '0';
  warnOnce(reader.warnings, `${text} is not ADQL: it was read as ${number}.`, span);
  // A number alone would be that of a column in ORDER BY and GROUP BY.
  return { kind: 'sign', operator: '+', operand: { kind: 'number', text: number, span }, span };
}

/** A column, or the call of a user defined function. */
function parseNamed(reader: TokenReader): Expression {
  const opens = reader.peek(1);
  if (opens.kind !== 'operator' || opens.text !== '(') return parseColumn(reader);
  if (reader.token.kind === 'regular') return parseUserDefinedFunction(reader);
  const message = 'The name of a function stands without quotes.';
  throw new AdqlError('syntax', message, reader.token.span);
}

function parseColumn(reader: TokenReader): Expression {
  const { start } = reader.token.span;
  const name = parseQualifiedName(reader, 'a column', columnNameParts);
  const span = reader.spanFrom(start);
  if (reader.atOperator('(')) {
    throw new AdqlError('syntax', 'The name of a function stands alone, without a schema.', span);
  }
  return { kind: 'column-reference', name, span };
}

/** A value, a condition or a query in parentheses; the parentheses leave no trace in the tree. */
function parseParenthesized(reader: TokenReader): Condition | Expression {
  const opening = reader.open();
  const inner = reader.atKeyword('SELECT')
    ? parseQueryAsValue(reader, opening.span.start)
    : parseInnermost(reader, opening.span.start);
  reader.close(opening);
  return inner.kind === 'scalar-subquery'
    ? { ...inner, span: reader.spanFrom(opening.span.start) }
    : inner;
}

function parseQueryAsValue(reader: TokenReader, start: number): Expression {
  if (!reader.extensions) {
    const message = 'ADQL has no subqueries as values: use IN, EXISTS or a subquery in FROM.';
    throw new AdqlError('syntax', message, reader.token.span);
  }
  const query = reader.productions.queryExpression(reader);
  return { kind: 'scalar-subquery', query, span: reader.spanFrom(start) };
}

/** `((SELECT a ...) UNION ...)`: what looked like a value was the first operand of a query. */
function parseInnermost(reader: TokenReader, start: number): Condition | Expression {
  const inner = reader.productions.conditionOrExpression(reader);
  if (inner.kind !== 'scalar-subquery' || !continuesQuery(reader)) return inner;
  const query = reader.productions.restOfQueryExpression(reader, inner.query);
  return { kind: 'scalar-subquery', query, span: reader.spanFrom(start) };
}

/** Is this what follows the first query of a longer one? */
export function continuesQuery(reader: TokenReader): boolean {
  return reader.token.kind === 'keyword' && queryContinuations.has(reader.token.text);
}

const queryContinuations: ReadonlySet<string> = new Set([
  'UNION',
  'EXCEPT',
  'INTERSECT',
  'ORDER',
  'OFFSET',
]);

function refuseGeometry(operand: Expression, operator: string): void {
  if (!isGeometry(operand)) return;
  const message = `A shape cannot be an operand of ${operator}.`;
  throw new AdqlError('syntax', message, operand.span);
}

const conditionKinds: ReadonlySet<string> = new Set<Condition['kind']>([
  'logical',
  'not',
  'comparison',
  'between',
  'in-list',
  'in-subquery',
  'like',
  'is-null',
  'exists',
]);

export function isCondition(node: Condition | Expression): node is Condition {
  return conditionKinds.has(node.kind);
}

function requireValue(node: Condition | Expression): Expression {
  if (!isCondition(node)) return node;
  const message = 'A condition is no value in ADQL: it stands only in WHERE, HAVING and ON.';
  throw new AdqlError('syntax', message, node.span);
}
