import type {
  DerivedTable,
  Identifier,
  Join,
  JoinCondition,
  NamedTable,
  QueryExpression,
  TableReference,
} from '../ast.ts';
import { AdqlError } from '../error.ts';
import { parseCondition } from './parse-condition.ts';
import { continuesQuery } from './parse-expression.ts';
import { parseAlias, parseIdentifier, parseQualifiedName, tableNameParts } from './parse-name.ts';
import type { TokenReader } from './token-reader.ts';

/** ADQL 2.1, "Table references": a table, a subquery or joins of them. */
export function parseTableReference(reader: TokenReader): TableReference {
  const start = reader.token.span.start;
  return parseJoins(reader, parseTablePrimary(reader), start);
}

/** Joins are left associative: a JOIN b JOIN c joins c to what a and b gave. */
function parseJoins(reader: TokenReader, first: TableReference, start: number): TableReference {
  let left = first;
  for (;;) {
    const opening = parseJoinOpening(reader);
    if (opening === null) return left;
    const right = parseTablePrimary(reader);
    const condition = parseJoinCondition(reader, opening);
    reader.deepen();
    const span = reader.spanFrom(start);
    left = { kind: 'join', type: opening.type, left, right, condition, span };
  }
}

interface JoinOpening {
  readonly type: Join['type'];
  /** Which kind of condition the words before JOIN leave open. */
  readonly takes: 'natural' | 'condition' | 'nothing';
}

/** `[NATURAL] [INNER | (LEFT | RIGHT | FULL) [OUTER]] JOIN`, null when no join follows. */
function parseJoinOpening(reader: TokenReader): JoinOpening | null {
  if (reader.extensions && reader.atKeyword('CROSS')) {
    reader.advance();
    reader.expectKeyword('JOIN');
    return { type: 'INNER', takes: 'nothing' };
  }
  const { token } = reader;
  const takes = token.kind === 'keyword' && token.text === 'NATURAL' ? 'natural' : 'condition';
  if (takes === 'natural') reader.advance();
  const type = parseJoinType(reader);
  if (type === null && takes === 'condition' && !reader.atKeyword('JOIN')) {
    reader.expected('JOIN');
    return null;
  }
  reader.expectKeyword('JOIN');
  return { type: type ?? 'INNER', takes };
}

function parseJoinType(reader: TokenReader): Join['type'] | null {
  if (reader.token.kind !== 'keyword') return null;
  switch (reader.token.text) {
    case 'INNER':
      reader.advance();
      return 'INNER';
    case 'LEFT':
    case 'RIGHT':
    case 'FULL': {
      const type = reader.token.text;
      reader.advance();
      reader.skipKeyword('OUTER');
      return type;
    }
  }
  return null;
}

function parseJoinCondition(reader: TokenReader, { takes }: JoinOpening): JoinCondition {
  const { token } = reader;
  const hasCondition = reader.atKeyword('ON') || reader.atKeyword('USING');
  if (takes === 'condition') {
    if (reader.acceptKeyword('ON')) return { kind: 'on', condition: parseCondition(reader) };
    if (reader.acceptKeyword('USING')) return { kind: 'using', columns: parseUsing(reader) };
    if (reader.options.strictJoin === true) throw reader.unexpected();
    return { kind: 'none' };
  }
  const words = takes === 'natural' ? 'NATURAL' : 'CROSS';
  if (hasCondition) {
    throw new AdqlError('syntax', `A ${words} JOIN takes neither ON nor USING.`, token.span);
  }
  return { kind: takes === 'natural' ? 'natural' : 'none' };
}

function parseUsing(reader: TokenReader): readonly Identifier[] {
  const opening = reader.open();
  const columns: Identifier[] = [];
  do columns.push(parseIdentifier(reader, 'a column'));
  while (reader.acceptOperator(','));
  reader.close(opening);
  return columns;
}

function parseTablePrimary(reader: TokenReader): TableReference {
  if (!reader.atOperator('(')) return parseNamedTable(reader);
  const start = reader.token.span.start;
  const inner = parseParenthesized(reader);
  return inner.kind === 'query-expression' ? parseDerivedTable(reader, inner, start) : inner;
}

function parseNamedTable(reader: TokenReader): NamedTable {
  const { start } = reader.token.span;
  if (reader.atOperator('.')) {
    reader.expected('a table');
    throw reader.unexpected();
  }
  const name = parseQualifiedName(reader, 'a table', tableNameParts);
  if (reader.atOperator('(')) {
    const message = 'ADQL has neither LATERAL nor functions that give tables.';
    throw new AdqlError('syntax', message, reader.spanFrom(start));
  }
  const alias = parseAlias(reader);
  return { kind: 'named-table', name, alias, span: reader.spanFrom(start) };
}

function parseDerivedTable(
  reader: TokenReader,
  query: QueryExpression,
  start: number,
): DerivedTable {
  const alias = parseAlias(reader);
  if (alias !== null) {
    return { kind: 'derived-table', query, alias, span: reader.spanFrom(start) };
  }
  const message = 'A subquery in FROM needs a name: write (SELECT ...) AS name.';
  throw new AdqlError('syntax', message, reader.spanFrom(start));
}

/**
 * After `(` in FROM stands a query or a join, and after `((` it may still be either: the first thing
 * inside is read once, and what follows it tells.
 */
function parseParenthesized(reader: TokenReader): TableReference | QueryExpression {
  const opening = reader.open();
  const inner = reader.atKeyword('SELECT')
    ? reader.productions.queryExpression(reader)
    : parseInnermost(reader);
  const isSingle = inner.kind === 'named-table' || inner.kind === 'derived-table';
  if (isSingle && !reader.extensions) throw reader.unexpected();
  if (reader.atOperator(',')) throw commaInParentheses(reader);
  reader.close(opening);
  return inner;
}

function parseInnermost(reader: TokenReader): TableReference | QueryExpression {
  if (!reader.atOperator('(')) return parseTableReference(reader);
  const start = reader.token.span.start;
  const first = parseParenthesized(reader);
  if (first.kind !== 'query-expression') return parseJoins(reader, first, start);
  if (continuesQuery(reader)) return reader.productions.restOfQueryExpression(reader, first);
  if (reader.atOperator(')')) return first;
  return parseJoins(reader, parseDerivedTable(reader, first, start), start);
}

function commaInParentheses(reader: TokenReader): AdqlError {
  const message = 'In parentheses tables are joined by JOIN, not by a comma.';
  return new AdqlError('syntax', message, reader.token.span);
}
