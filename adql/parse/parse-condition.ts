import type { Comparison, ComparisonOperator, Condition, Expression, Logical } from '../ast.ts';
import { AdqlError } from '../error.ts';
import { adviceOnFunction } from '../functions/foreign-functions.ts';
import { isGeometry } from './function-grammar.ts';
import { continuesQuery, isCondition, parseExpression, parseOperand } from './parse-expression.ts';
import { clauseWords } from './reserved-words.ts';
import type { Token } from './token.ts';
import type { TokenReader } from './token-reader.ts';

type Node = Condition | Expression;

/** ADQL 2.1, "Search conditions": what WHERE, HAVING and ON hold. */
export function parseCondition(reader: TokenReader): Condition {
  return requireCondition(reader, parseConditionOrExpression(reader));
}

/** In parentheses a condition and a value begin alike; what came out is for the caller to judge. */
export function parseConditionOrExpression(reader: TokenReader): Node {
  return parseChain(reader, 'OR', parseConjunction);
}

function parseConjunction(reader: TokenReader): Node {
  return parseChain(reader, 'AND', parseNegation);
}

/** One flat node for a chain of any length: a loop reads it, and loops can walk it. */
function parseChain(
  reader: TokenReader,
  operator: Logical['operator'],
  parseOperandOfChain: (reader: TokenReader) => Node,
): Node {
  const { start } = reader.token.span;
  const first = parseOperandOfChain(reader);
  if (!reader.atKeyword(operator)) {
    if (isCondition(first)) reader.expected(operator);
    return first;
  }
  const operands = [requireCondition(reader, first)];
  while (reader.acceptKeyword(operator)) {
    operands.push(requireCondition(reader, parseOperandOfChain(reader)));
  }
  return { kind: 'logical', operator, operands, span: reader.spanFrom(start) };
}

function parseNegation(reader: TokenReader): Node {
  if (!reader.atKeyword('NOT')) return parsePredicate(reader);
  const { span } = reader.advance();
  if (reader.atKeyword('NOT')) throw reader.unexpected();
  const operand = requireCondition(reader, parsePredicate(reader));
  return { kind: 'not', operand, span: reader.spanFrom(span.start) };
}

/** A predicate, a condition in parentheses, or the value that no predicate followed. */
function parsePredicate(reader: TokenReader): Node {
  const { start } = reader.token.span;
  if (reader.atKeyword('EXISTS')) return parseExists(reader);
  const operand = parseOperand(reader);
  if (isCondition(operand)) return operand;
  const operator = comparisonOperator(reader.token);
  if (operator !== null) return parseComparison(reader, { operand, start }, operator);
  return parseKeywordPredicate(reader, { operand, start }) ?? operand;
}

function parseExists(reader: TokenReader): Condition {
  const { span } = reader.advance();
  const opening = reader.open();
  const query = reader.productions.queryExpression(reader);
  reader.close(opening);
  return { kind: 'exists', query, span: reader.spanFrom(span.start) };
}

const comparisonOperators: Readonly<Record<string, ComparisonOperator>> = {
  '=': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '>': '>',
  '<=': '<=',
  '>=': '>=',
};

function comparisonOperator({ kind, text }: Token): ComparisonOperator | null {
  return kind === 'operator' ? (comparisonOperators[text] ?? null) : null;
}

function parseComparison(
  reader: TokenReader,
  { operand: left, start }: Subject,
  operator: ComparisonOperator,
): Comparison {
  reader.advance();
  const right = parseExpression(reader);
  return { kind: 'comparison', operator, left, right, span: reader.spanFrom(start) };
}

interface Subject {
  readonly operand: Expression;
  /** Where the predicate begins; before the operand when that stands in parentheses. */
  readonly start: number;
}

function parseKeywordPredicate(reader: TokenReader, subject: Subject): Condition | null {
  reader.expected('a comparison such as =');
  if (reader.acceptKeyword('IS', 'IS NULL')) return parseIsNull(reader, subject);
  const isNegated = reader.skipKeyword('NOT');
  if (reader.acceptKeyword('BETWEEN')) return parseBetween(reader, subject, isNegated);
  if (reader.acceptKeyword('IN')) return parseIn(reader, subject, isNegated);
  if (reader.atKeyword('LIKE') || reader.atKeyword('ILIKE')) {
    return parseLike(reader, subject, isNegated);
  }
  reader.expected('LIKE');
  if (isNegated) throw reader.unexpected();
  return null;
}

function parseIsNull(reader: TokenReader, { operand, start }: Subject): Condition {
  const negated = reader.acceptKeyword('NOT');
  reader.expectKeyword('NULL');
  return { kind: 'is-null', negated, operand, span: reader.spanFrom(start) };
}

function parseBetween(
  reader: TokenReader,
  { operand, start }: Subject,
  negated: boolean,
): Condition {
  const low = parseExpression(reader);
  reader.expectKeyword('AND');
  const high = parseExpression(reader);
  return { kind: 'between', negated, operand, low, high, span: reader.spanFrom(start) };
}

function parseLike(reader: TokenReader, { operand, start }: Subject, negated: boolean): Condition {
  const operator = reader.atKeyword('LIKE') ? 'LIKE' : 'ILIKE';
  if (operator === 'ILIKE') reader.requireFeature('string', reader.token);
  reader.advance();
  const pattern = parseExpression(reader);
  const shape = [operand, pattern].find(isGeometry);
  if (shape !== undefined) {
    throw new AdqlError('syntax', `${operator} compares strings, not shapes.`, shape.span);
  }
  return { kind: 'like', operator, negated, operand, pattern, span: reader.spanFrom(start) };
}

/** `((SELECT ...` may begin a query or a list of values: the end of its first value tells. */
function parseIn(reader: TokenReader, { operand, start }: Subject, negated: boolean): Condition {
  const opening = reader.open();
  const content = opensQuery(reader)
    ? reader.productions.queryExpression(reader)
    : parseList(reader);
  reader.close(opening);
  const span = reader.spanFrom(start);
  return 'kind' in content
    ? { kind: 'in-subquery', negated, operand, query: content, span }
    : { kind: 'in-list', negated, operand, values: content, span };
}

function opensQuery(reader: TokenReader): boolean {
  if (reader.extensions) return reader.atKeyword('SELECT');
  // Without subqueries as values, parentheses before SELECT can only belong to a query.
  let distance = 0;
  while (reader.peek(distance).kind === 'operator' && reader.peek(distance).text === '(') {
    distance += 1;
  }
  const token = reader.peek(distance);
  return token.kind === 'keyword' && token.text === 'SELECT';
}

function parseList(reader: TokenReader): readonly Expression[] | ReturnType<typeof subqueryOf> {
  const first = parseExpression(reader);
  if (first.kind === 'scalar-subquery' && !reader.atOperator(',')) return subqueryOf(reader, first);
  const values = [first];
  while (reader.acceptOperator(',')) values.push(parseExpression(reader));
  return values;
}

function subqueryOf(
  reader: TokenReader,
  first: Extract<Expression, { kind: 'scalar-subquery' }>,
): typeof first.query {
  if (!continuesQuery(reader)) return first.query;
  return reader.productions.restOfQueryExpression(reader, first.query);
}

function requireCondition(reader: TokenReader, node: Node): Condition {
  if (isCondition(node)) return node;
  throw isTest(node) ? uncompared(node) : (valueAlone(node, reader) ?? reader.unexpected());
}

/** `WHERE flag`, `WHERE f(x) AND ...`: a value, and nothing that could still compare it. */
function valueAlone(node: Expression, reader: TokenReader): AdqlError | null {
  const isNamed = node.kind === 'column-reference' || node.kind === 'function-call';
  if (!isNamed || !isOver(reader.token)) return null;
  const written = reader.adql.slice(node.span.start, node.span.end);
  const shown = written.length > 40 ? 'it' : written;
  const advice = node.kind === 'function-call' ? adviceOnFunction(node.name.name) : '';
  const cure = advice === '' ? `: compare it, as in ${shown} = 1.` : `.${advice}`;
  const message = `This is a value, not a condition${cure}`;
  return new AdqlError('syntax', message, node.span);
}

/** Does the condition end here? */
function isOver({ kind, text }: Token): boolean {
  if (kind === 'keyword') return clauseWords.has(text) && text !== 'NOT' && text !== 'IS';
  return kind === 'end' || (kind === 'operator' && text === ')');
}

/** CONTAINS and INTERSECTS look like conditions but give numbers. */
function isTest(node: Expression): node is Extract<Expression, { kind: 'function-call' }> {
  if (node.kind !== 'function-call') return false;
  const name = node.name.name.toUpperCase();
  return name === 'CONTAINS' || name === 'INTERSECTS';
}

function uncompared(call: Extract<Expression, { kind: 'function-call' }>): AdqlError {
  const name = call.name.name.toUpperCase();
  const message = `${name} gives 1 or 0, which has to be compared: write 1 = ${name}(...).`;
  return new AdqlError('syntax', message, call.span);
}
