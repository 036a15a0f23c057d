import type {
  CommonTableExpression,
  OrderItem,
  Query,
  QueryExpression,
  QueryTerm,
  Select,
  SetOperation,
} from '../ast.ts';
import { AdqlError } from '../error.ts';
import { parseExpression } from './parse-expression.ts';
import { atLimit, parseIdentifier } from './parse-name.ts';
import { parseSelect } from './parse-select.ts';
import { parseUnsignedInteger } from './parse-unsigned-integer.ts';
import type { TokenReader } from './token-reader.ts';

/** ADQL 2.1, "Query syntax overview": the whole text. */
export function parseQuery(reader: TokenReader): Query {
  const withList = parseWith(reader);
  const expression = parseQueryExpression(reader);
  reader.expected('the end of the query');
  if (reader.atOperator(';')) reader.advance();
  if (reader.token.kind === 'end') return { with: withList, expression };
  reader.expected('the end of the query');
  throw reader.unexpected();
}

/** ADQL 2.1, "Common table expressions": neither recursive nor nested. */
function parseWith(reader: TokenReader): readonly CommonTableExpression[] {
  if (!reader.atKeyword('WITH')) return [];
  reader.requireFeature('common-table', reader.token);
  reader.advance();
  const expressions: CommonTableExpression[] = [];
  do expressions.push(parseCommonTableExpression(reader));
  while (reader.acceptOperator(','));
  return expressions;
}

function parseCommonTableExpression(reader: TokenReader): CommonTableExpression {
  const name = parseIdentifier(reader, 'a name for the subquery');
  if (reader.atOperator('(')) {
    const message = 'WITH takes no list of columns: name them by AS inside the subquery.';
    throw new AdqlError('syntax', message, reader.token.span);
  }
  reader.expectKeyword('AS');
  const opening = reader.open();
  const query = parseQueryExpression(reader);
  reader.close(opening);
  return { name, query, span: reader.spanFrom(name.span.start) };
}

/** A query with ORDER BY and OFFSET, as it also stands in subqueries. */
export function parseQueryExpression(reader: TokenReader): QueryExpression {
  const { start } = reader.token.span;
  return parseTail(reader, parseSetExpression(reader, parsePrimary(reader), start), start);
}

/** The rest of one whose first operand was read before anyone knew that it was an operand. */
export function parseRestOfQueryExpression(reader: TokenReader, first: QueryTerm): QueryExpression {
  // It stood in parentheses.
  const start = first.span.start - 1;
  return parseTail(reader, parseSetExpression(reader, first, start), start);
}

/** UNION and EXCEPT, from left to right; INTERSECT binds tighter. */
function parseSetExpression(reader: TokenReader, first: QueryTerm, start: number): QueryTerm {
  let left = parseIntersections(reader, first, start);
  for (;;) {
    const operator = setOperator(reader, 'UNION') ?? setOperator(reader, 'EXCEPT');
    if (operator === null) return left;
    const all = parseSetQuantifier(reader);
    const rightStart = reader.token.span.start;
    const right = parseIntersections(reader, parsePrimary(reader), rightStart);
    reader.deepen();
    left = { kind: 'set-operation', operator, all, left, right, span: reader.spanFrom(start) };
  }
}

function parseIntersections(reader: TokenReader, first: QueryTerm, start: number): QueryTerm {
  let left = first;
  for (;;) {
    const operator = setOperator(reader, 'INTERSECT');
    if (operator === null) return left;
    const all = parseSetQuantifier(reader);
    const right = parsePrimary(reader);
    reader.deepen();
    left = { kind: 'set-operation', operator, all, left, right, span: reader.spanFrom(start) };
  }
}

type SetOperator = SetOperation['operator'];

function setOperator<T extends SetOperator>(reader: TokenReader, word: T): T | null {
  if (!reader.atKeyword(word)) {
    reader.expected(word);
    return null;
  }
  reader.requireFeature('sets', reader.token);
  reader.advance();
  return word;
}

function parseSetQuantifier(reader: TokenReader): boolean {
  const isAll = reader.skipKeyword('ALL');
  if (reader.atKeyword('DISTINCT')) {
    const message = 'Without ALL, set operators drop duplicates anyway: leave DISTINCT out.';
    throw new AdqlError('syntax', message, reader.token.span);
  }
  return isAll;
}

function parsePrimary(reader: TokenReader): QueryTerm {
  if (!reader.atOperator('(')) return parseSelect(reader);
  const opening = reader.open();
  const query = parseQueryExpression(reader);
  reader.close(opening);
  return query;
}

/** ORDER BY and OFFSET; and LIMIT, which is not ADQL and read as TOP. */
function parseTail(reader: TokenReader, body: QueryTerm, start: number): QueryExpression {
  const orderBy = parseOrderBy(reader);
  let limited = parseLimit(reader, body);
  const offset = parseOffset(reader);
  if (limited === body) limited = parseLimit(reader, body);
  // Parentheses around a whole query change nothing and leave no trace.
  if (limited.kind === 'query-expression' && orderBy.length === 0 && offset === null)
    return limited;
  return { kind: 'query-expression', body: limited, orderBy, offset, span: reader.spanFrom(start) };
}

function parseOrderBy(reader: TokenReader): readonly OrderItem[] {
  if (!reader.acceptKeyword('ORDER', 'ORDER BY')) return [];
  reader.expectKeyword('BY');
  const items: OrderItem[] = [];
  do items.push(parseOrderItem(reader));
  while (reader.acceptOperator(','));
  return items;
}

function parseOrderItem(reader: TokenReader): OrderItem {
  const { start } = reader.token.span;
  const expression = parseExpression(reader);
  const isDescending = !reader.acceptKeyword('ASC') && reader.acceptKeyword('DESC');
  const direction = isDescending ? 'DESC' : 'ASC';
  return { expression, direction, span: reader.spanFrom(start) };
}

/** In rows; null when there is none. */
function parseOffset(reader: TokenReader): number | null {
  const { token } = reader;
  if (!reader.acceptKeyword('OFFSET')) return null;
  reader.requireFeature('offset', token);
  return parseUnsignedInteger(reader, 'a whole number of rows after OFFSET');
}

function parseLimit(reader: TokenReader, body: QueryTerm): QueryTerm {
  if (!atLimit(reader)) return body;
  const word = reader.advance();
  const rows = parseUnsignedInteger(reader, 'a whole number of rows after LIMIT');
  const span = reader.spanFrom(word.span.start);
  if (body.kind !== 'select') throw limitOfOperation(rows, span);
  const message = `LIMIT is not ADQL: it was read as SELECT TOP ${String(rows)}.`;
  reader.warnings.push({ message, span });
  return { ...body, top: body.top === null ? rows : Math.min(body.top, rows) } satisfies Select;
}

function limitOfOperation(rows: number, span: Select['span']): AdqlError {
  const message =
    'ADQL has no LIMIT, and TOP limits one SELECT only: ' +
    `write SELECT TOP ${String(rows)} * FROM (...) AS q around the query.`;
  return new AdqlError('syntax', message, span);
}
