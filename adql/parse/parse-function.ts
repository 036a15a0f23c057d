import type { Aggregate, Cast, CastTarget, Expression, FunctionCall } from '../ast.ts';
import { AdqlError } from '../error.ts';
import { warnOnce } from '../warn-once.ts';
import { checkArguments, standardFunction } from './function-grammar.ts';
import { parseUnsignedInteger } from './parse-unsigned-integer.ts';
import type { TokenReader } from './token-reader.ts';

/** A call whose name is a reserved word; null when no function is called so. */
export function parseKeywordFunction(reader: TokenReader): Expression | null {
  const { text } = reader.token;
  if (isAggregate(text)) return parseAggregate(reader, text);
  if (text === 'CAST') return parseCast(reader);
  const standard = standardFunction(text);
  if (standard === null) return null;
  if (standard.feature !== null) reader.requireFeature(standard.feature, reader.token);
  return parseStandardFunction(reader);
}

function parseStandardFunction(reader: TokenReader): FunctionCall {
  const { token, extensions } = reader;
  const call = parseCall(reader);
  return checkArguments(call, { name: token.text, extensions });
}

/** A call whose name is a regular identifier. */
export function parseUserDefinedFunction(reader: TokenReader): FunctionCall {
  const { token, options } = reader;
  reader.requireFeature('udf', token);
  if (options.functions?.(token.text) === false) {
    throw new AdqlError('unknown-function', `No function is called ${token.text}.`, token.span);
  }
  return parseCall(reader);
}

function parseCall(reader: TokenReader): FunctionCall {
  const { span } = reader.advance();
  const name = { name: reader.adql.slice(span.start, span.end), delimited: false, span };
  const opening = reader.open();
  if (reader.atOperator('*')) throw starWithoutCount(reader);
  const values: Expression[] = [];
  if (!reader.atOperator(')')) {
    do values.push(reader.productions.expression(reader));
    while (reader.acceptOperator(','));
  }
  reader.close(opening);
  return { kind: 'function-call', name, arguments: values, span: reader.spanFrom(span.start) };
}

const aggregates = { COUNT: true, AVG: true, MAX: true, MIN: true, SUM: true } as const;

function isAggregate(word: string): word is Aggregate['name'] {
  return Object.hasOwn(aggregates, word);
}

/** ADQL 2.1, "Aggregate functions". */
function parseAggregate(reader: TokenReader, name: Aggregate['name']): Aggregate {
  const { span } = reader.advance();
  const opening = reader.open();
  const isDistinct = !reader.skipKeyword('ALL') && reader.skipKeyword('DISTINCT');
  const argument = parseAggregateArgument(reader, name);
  reader.close(opening);
  const whole = reader.spanFrom(span.start);
  return { kind: 'aggregate', name, distinct: isDistinct, argument, span: whole };
}

function parseAggregateArgument(reader: TokenReader, name: string): Expression | '*' {
  const { token, previous } = reader;
  if (reader.atOperator(')')) {
    const advice = name === 'COUNT' ? ' COUNT(*) counts the rows.' : '';
    throw new AdqlError('syntax', `${name} needs one argument.${advice}`, token.span);
  }
  if (!reader.atOperator('*')) return reader.productions.expression(reader);
  if (name !== 'COUNT' || previous?.kind === 'keyword') throw starWithoutCount(reader);
  reader.advance();
  return '*';
}

function starWithoutCount(reader: TokenReader): AdqlError {
  const message = 'Only COUNT(*) takes a star: name the column whose values are meant.';
  return new AdqlError('syntax', message, reader.token.span);
}

/** ADQL 2.1, "CAST". */
function parseCast(reader: TokenReader): Cast {
  reader.requireFeature('type', reader.token);
  const { span } = reader.advance();
  const opening = reader.open();
  const operand = reader.productions.expression(reader);
  reader.expectKeyword('AS');
  const target = parseCastTarget(reader);
  reader.close(opening);
  return { kind: 'cast', operand, target, span: reader.spanFrom(span.start) };
}

const castTargets = [
  'SMALLINT',
  'INTEGER',
  'BIGINT',
  'REAL',
  'DOUBLE PRECISION',
  'CHAR',
  'VARCHAR',
  'TIMESTAMP',
  'POINT',
  'CIRCLE',
  'POLYGON',
] as const satisfies readonly CastTarget['name'][];

function parseCastTarget(reader: TokenReader): CastTarget {
  const { token } = reader;
  const isDouble = reader.atKeyword('DOUBLE') && reader.peek(1).text === 'PRECISION';
  const written = isDouble ? 'DOUBLE PRECISION' : token.text;
  const standard = castTargets.find((target) => target === written);
  const isStandard = standard !== undefined && token.kind === 'keyword';
  const name = isStandard ? standard : parsedAs(reader);
  reader.advance();
  if (isDouble) reader.advance();
  const takesLength = name === 'CHAR' || name === 'VARCHAR';
  return { name, length: takesLength ? parseLength(reader) : null };
}

/** Not ADQL: the name that programs and other dialects have for one of its types, told in a warning. */
function parsedAs(reader: TokenReader): CastTarget['name'] {
  const { token, extensions, warnings } = reader;
  const word = token.text.toUpperCase();
  const isWord = token.kind === 'keyword' || token.kind === 'regular';
  const name = isWord && Object.hasOwn(plainSynonyms, word) ? plainSynonyms[word] : undefined;
  const next = reader.peek(1);
  const hasScale = next.kind === 'operator' && next.text === '(' && name !== 'VARCHAR';
  if (!extensions || name === undefined || hasScale) throw unknownType(reader);
  warnOnce(warnings, `CAST knows no type ${word}: it was read as ${name}.`, token.span);
  return name;
}

function parseLength(reader: TokenReader): number | null {
  if (!reader.atOperator('(')) return null;
  const opening = reader.open();
  const length = parseUnsignedInteger(reader, 'a number of characters');
  reader.close(opening);
  return length;
}

/** The same types by the names they have in SQL or in programs. */
const plainSynonyms: Readonly<Record<string, CastTarget['name']>> = {
  DATETIME: 'TIMESTAMP',
  DECIMAL: 'DOUBLE PRECISION',
  DOUBLE: 'DOUBLE PRECISION',
  FLOAT: 'DOUBLE PRECISION',
  INT: 'INTEGER',
  LONG: 'BIGINT',
  NUMERIC: 'DOUBLE PRECISION',
  SHORT: 'SMALLINT',
  STRING: 'VARCHAR',
  TEXT: 'VARCHAR',
};

/** And those that mean somewhat else: a day without a time, a text filled up with blanks. */
const synonyms: Readonly<Record<string, CastTarget['name']>> = {
  ...plainSynonyms,
  CHARACTER: 'VARCHAR',
  DATE: 'TIMESTAMP',
};

function unknownType(reader: TokenReader): AdqlError {
  const { token } = reader;
  const word = token.text.toUpperCase();
  const isWord = token.kind === 'keyword' || token.kind === 'regular';
  const known = isWord && Object.hasOwn(synonyms, word) ? synonyms[word] : undefined;
  const message =
    known === undefined
      ? `CAST takes one of the types ${castTargets.join(', ')}.`
      : `CAST knows no type ${word}: write ${known}.`;
  return new AdqlError('syntax', message, token.span);
}
