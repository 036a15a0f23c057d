import type { Identifier, QualifiedName } from '../ast.ts';
import { AdqlError } from '../error.ts';
import { newlyReservedWords } from './reserved-words.ts';
import type { Token } from './token.ts';
import type { TokenReader } from './token-reader.ts';

/** [catalog.][schema.]table, and with a column behind it one part more. */
export const tableNameParts = 3;
export const columnNameParts = 4;

/** Can the present token (or the one that many places ahead) stand as a name? */
export function atIdentifier(reader: TokenReader, distance = 0): boolean {
  return isIdentifier(reader, distance === 0 ? reader.token : reader.peek(distance));
}

function isIdentifier(reader: TokenReader, token: Token): boolean {
  if (token.kind === 'regular' || token.kind === 'delimited') return true;
  return token.kind === 'keyword' && isOldName(reader, token);
}

/** A word that only ADQL 2.1 reserves, in a query that says it is ADQL 2.0. */
export function isOldName(reader: TokenReader, token: Token): boolean {
  return reader.options.language === 'ADQL-2.0' && newlyReservedWords.has(token.text);
}

/** `what` tells in an error what the name would have been: "a table", "an alias". */
export function parseIdentifier(reader: TokenReader, what: string): Identifier {
  if (!atIdentifier(reader)) {
    reader.expected(what);
    throw reader.unexpected();
  }
  const { kind, text, span } = reader.advance();
  const name = kind === 'keyword' ? reader.adql.slice(span.start, span.end) : text;
  return { name, delimited: kind === 'delimited', span };
}

/** Names joined by dots, `maximum` of them at most. */
export function parseQualifiedName(
  reader: TokenReader,
  what: string,
  maximum: number,
): QualifiedName {
  const names = [parseIdentifier(reader, what)];
  while (reader.atOperator('.') && !isStar(reader.peek(1))) {
    const dot = reader.advance();
    if (names.length === maximum) throw tooManyParts(dot, maximum);
    names.push(parseIdentifier(reader, 'a name'));
  }
  return names;
}

/** The star of `table.*` is no part of the name. */
function isStar(token: Token): boolean {
  return token.kind === 'operator' && token.text === '*';
}

function tooManyParts(dot: Token, maximum: number): AdqlError {
  const form = maximum === tableNameParts ? 'catalog.schema.table' : 'catalog.schema.table.column';
  return new AdqlError('syntax', `A name has at most the form ${form}.`, dot.span);
}

/** [AS] name, null when there is none. */
export function parseAlias(reader: TokenReader): Identifier | null {
  if (reader.acceptKeyword('AS')) return parseIdentifier(reader, 'an alias');
  if (!atIdentifier(reader) || opensRowLimit(reader)) return null;
  return parseIdentifier(reader, 'an alias');
}

/** OFFSET n of ADQL 2.1 in a query that may use OFFSET as a name, and LIMIT n, which is no keyword. */
function opensRowLimit(reader: TokenReader): boolean {
  const { token } = reader;
  if (token.kind === 'delimited' || reader.peek(1).kind !== 'number') return false;
  return token.text === 'OFFSET' || atLimit(reader);
}

/** `LIMIT n`: not ADQL, read as TOP n where extensions are on. */
export function atLimit(reader: TokenReader): boolean {
  const { token } = reader;
  if (!reader.extensions || token.kind !== 'regular') return false;
  return token.text.toUpperCase() === 'LIMIT' && reader.peek(1).kind === 'number';
}
