import nodeSqlParser from 'node-sql-parser/build/postgresql.js';
import type { SqlStatement, StatementUses } from '../../adql/index.ts';
import { ServiceError } from '../service-error.ts';
import { harmlessFunctions, ownSchemas } from './statement-gate-functions.ts';
import { piecesOf } from './statement-gate-pieces.ts';
import { type NamedThings, NotAllowed, walkStatements } from './statement-gate-walk.ts';

/**
 * The second opinion on every statement that runs for a user: the text that the translator made is
 * parsed again, by a parser that knows nothing of it, and must be one SELECT that names exactly the
 * tables and functions that the translator says it used.
 *
 * For whoever writes the translator, what node-sql-parser 5.4.0 cannot take:
 * - `$1::type` (give the type in `types`), NATURAL JOIN, CROSS JOIN, a comma behind a join with ON;
 * - EXCEPT ALL, INTERSECT ALL; set operands other than SELECT or a parenthesised SELECT;
 * - DISTINCT and ORDER BY in string_agg; `sum(DISTINCT x)` needs a parenthesis: `sum(DISTINCT (x))`;
 * - `&`, `#`, `<<` between numbers, IS DISTINCT FROM, `substring(a FROM 1)`, `position(a IN b)`,
 *   FETCH FIRST, SELECT ALL, TABLE, VALUES.
 * And what the gate refuses besides: comments (`--` also where two minus signs meet), semicolons,
 * backslashes, dollar quotes, doubled quotes; tables without their schema; common tables with other
 * names than a letter and a number; functions of PostgreSQL that are not in `harmlessFunctions`.
 *
 * @throws ServiceError 'internal': a fault of ours, never of the user; the cause says what it was
 */
export function gateStatement(statement: SqlStatement, uses: StatementUses): void {
  try {
    const named = namedIn(statement.text);
    compare('tables', named.tables, uses.tables);
    compare('functions', named.functions, uses.functions);
  } catch (cause) {
    if (cause instanceof ServiceError) throw cause;
    throw new ServiceError(
      'internal',
      'This query was refused by the safety gate of the service: it was translated into something ' +
        'unexpected. Please report the query to the operator of this service.',
      { cause },
    );
  }
}

/** Literals are placeholders, so texts repeat; a text that does not fit is parsed each time. */
const cacheSize = 2000;
const longestCached = 10_000;
const cache = new Map<string, NamedThings>();

function namedIn(text: string): NamedThings {
  const known = cache.get(text);
  if (known !== undefined) {
    // A Map keeps the order of insertion: what was asked for last goes last.
    cache.delete(text);
    cache.set(text, known);
    return known;
  }
  const named = inspect(text);
  if (text.length <= longestCached) {
    const oldest = cache.size >= cacheSize ? cache.keys().next().value : undefined;
    if (oldest !== undefined) cache.delete(oldest);
    cache.set(text, named);
  }
  return named;
}

/**
 * Characters of all different pieces together, read in about 0.2 s, during which nobody else is
 * answered. SELECT * of 1600 columns has 35,000.
 */
const longestReading = 60_000;

function inspect(text: string): NamedThings {
  checkCharacters(text);
  const pieces = [...piecesOf(text)];
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (length > longestReading) throw tooComplex();
  const named = walkStatements(pieces.map(parse));
  const refused = named.functions.find((name) => !isHarmless(name));
  if (refused !== undefined) throw new NotAllowed(`function: ${refused}`);
  return named;
}

function tooComplex(): ServiceError {
  return new ServiceError(
    'bad-query',
    'The query has too many different conditions and columns for this service. ' +
      'Split it into several, or upload what it compares with as a table and join that.',
  );
}

const parser = new nodeSqlParser.Parser();

function parse(text: string): unknown {
  const { ast } = parser.parse(text, { database: 'postgresql' });
  if (Array.isArray(ast) && ast.length !== 1) throw new NotAllowed('several statements');
  return Array.isArray(ast) ? ast[0] : ast;
}

/**
 * Where two parsers could disagree on where a string or a comment ends, neither is trusted: outside
 * of plainly quoted names and strings only these characters occur, and no comment.
 */
function checkCharacters(text: string): void {
  const bare = text.replaceAll(/"[^"\\]+"(?!")|'[^'\\]*'(?!')/g, ' ');
  const strange = /[^\w\s.,()*=<>!|+\-/%$:[\]&@]|--|\/\*|\$(?!\d)|\w\$/.exec(bare);
  if (strange !== null) throw new NotAllowed(`character ${JSON.stringify(strange[0])}`);
}

function isHarmless(name: string): boolean {
  const [schema = '', rest] = name.split('.');
  return rest === undefined ? harmlessFunctions.has(name) : ownSchemas.has(schema);
}

function compare(what: string, found: readonly string[], declared: readonly string[]): void {
  if (found.join() === [...declared].sort().join()) return;
  throw new NotAllowed(`${what} in the text: ${found.join()}; declared: ${declared.join()}`);
}
