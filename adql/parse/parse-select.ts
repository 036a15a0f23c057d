import type { Condition, Expression, Select, SelectItem, TableReference } from '../ast.ts';
import { AdqlError } from '../error.ts';
import { parseCondition } from './parse-condition.ts';
import { parseExpression } from './parse-expression.ts';
import { atIdentifier, parseAlias, parseQualifiedName, tableNameParts } from './parse-name.ts';
import { parseTableReference } from './parse-table-reference.ts';
import { parseUnsignedInteger } from './parse-unsigned-integer.ts';
import type { TokenReader } from './token-reader.ts';

/** ADQL 2.1, "Query specification": from SELECT to HAVING. */
export function parseSelect(reader: TokenReader): Select {
  const { start } = reader.expectKeyword('SELECT').span;
  const distinct = !reader.skipKeyword('ALL') && reader.skipKeyword('DISTINCT');
  const top = parseSetLimit(reader);
  const items = parseSelectList(reader);
  reader.expectKeyword('FROM');
  const from = parseFrom(reader);
  const where = reader.acceptKeyword('WHERE') ? parseCondition(reader) : null;
  const groupBy = parseGroupBy(reader);
  const having: Condition | null = reader.acceptKeyword('HAVING') ? parseCondition(reader) : null;
  const span = reader.spanFrom(start);
  return { kind: 'select', distinct, top, items, from, where, groupBy, having, span };
}

/** TOP n, in rows. */
function parseSetLimit(reader: TokenReader): number | null {
  if (!reader.skipKeyword('TOP')) return null;
  const top = parseUnsignedInteger(reader, 'a whole number of rows after TOP');
  if (!reader.atKeyword('DISTINCT') && !reader.atKeyword('ALL')) return top;
  const message = `${reader.token.text} stands before TOP: SELECT ${reader.token.text} TOP ${String(top)} ...`;
  throw new AdqlError('syntax', message, reader.token.span);
}

function parseSelectList(reader: TokenReader): readonly SelectItem[] {
  const items: SelectItem[] = [];
  do items.push(parseSelectItem(reader));
  while (reader.acceptOperator(','));
  return items;
}

function parseSelectItem(reader: TokenReader): SelectItem {
  const { span } = reader.token;
  if (reader.atOperator('*')) {
    reader.advance();
    return { kind: 'all-columns', qualifier: null, span };
  }
  if (atQualifiedStar(reader)) return parseQualifiedStar(reader);
  const expression = parseExpression(reader);
  const alias = parseAlias(reader);
  return { kind: 'derived-column', expression, alias, span: reader.spanFrom(span.start) };
}

/** `table.*`: a look ahead over names and dots, which are few. */
function atQualifiedStar(reader: TokenReader): boolean {
  let distance = 0;
  while (atIdentifier(reader, distance) && isOperator(reader, distance + 1, '.')) distance += 2;
  return distance > 0 && isOperator(reader, distance, '*');
}

function isOperator(reader: TokenReader, distance: number, text: string): boolean {
  const token = reader.peek(distance);
  return token.kind === 'operator' && token.text === text;
}

function parseQualifiedStar(reader: TokenReader): SelectItem {
  const { start } = reader.token.span;
  const qualifier = parseQualifiedName(reader, 'a table', tableNameParts);
  reader.advance(); // the dot
  reader.advance(); // the star
  return { kind: 'all-columns', qualifier, span: reader.spanFrom(start) };
}

function parseFrom(reader: TokenReader): readonly TableReference[] {
  const tables: TableReference[] = [];
  do tables.push(parseTableReference(reader));
  while (reader.acceptOperator(','));
  return tables;
}

function parseGroupBy(reader: TokenReader): readonly Expression[] {
  if (!reader.acceptKeyword('GROUP', 'GROUP BY')) return [];
  reader.expectKeyword('BY');
  const expressions: Expression[] = [];
  do expressions.push(parseExpression(reader));
  while (reader.acceptOperator(','));
  return expressions;
}
