import { AdqlError } from '../error.ts';
import { knownUnits } from '../units/known-units.ts';
import { usageOf } from './function-grammar.ts';
import type { Token } from './token.ts';

/** What the parser knows where nothing fits: see Standstill. */
interface Place {
  readonly adql: string;
  readonly found: Token;
  readonly next: Token;
  readonly previous: Token | null;
  readonly expected: readonly string[];
}

/** The message of a slip that stands at `at`, or null. */
type Slip = (place: Place) => { readonly message: string; readonly at: Token } | null;

/** Slips that are nobody's language: each is known by what stands where, and told with its cure. */
export function commonSlip(place: Place): AdqlError | null {
  for (const slip of slips) {
    const found = slip(place);
    if (found !== null) return new AdqlError('syntax', found.message, found.at.span);
  }
  return null;
}

const slips: readonly Slip[] = [
  superfluousComma,
  oddComparison,
  chainedComparison,
  conditionAsValue,
  powerOperator,
  secondSign,
  isWithoutNull,
  allOrDistinct,
  decimalComma,
  limitOfTwo,
  offsetInRows,
  rowOfValues,
  functionBetween,
  unitBehindNumber,
  hexadecimal,
  lateClause,
  aliasAsString,
  topInParentheses,
];

const value = 'a column, a value or a function';
const comparisons: ReadonlySet<string> = new Set(['=', '<>', '!=', '<', '>', '<=', '>=']);

function isComparison(token: Token | null): token is Token {
  return token?.kind === 'operator' && comparisons.has(token.text);
}

function isOperator(token: Token | null, text: string): boolean {
  return token?.kind === 'operator' && token.text === text;
}

function isKeyword(token: Token | null, text: string): boolean {
  return token?.kind === 'keyword' && token.text === text;
}

function before({ adql, found }: Place): string {
  return adql.slice(Math.max(0, found.span.start - 200), found.span.start);
}

/** `SELECT a, b, FROM`, `IN (1, 2, )`. */
function superfluousComma({ previous, found, expected }: Place): ReturnType<Slip> {
  if (previous === null || !isOperator(previous, ',') || !expected.includes(value)) return null;
  const isEnd = found.kind === 'end' || found.kind === 'keyword' || isOperator(found, ')');
  if (!isEnd || !mayFollowList(found)) return null;
  return { message: 'Nothing follows this comma: leave it out.', at: previous };
}

function mayFollowList({ kind, text }: Token): boolean {
  return kind !== 'keyword' || ['FROM', 'HAVING', 'ORDER', 'OFFSET', 'UNION'].includes(text);
}

/** `=<`, `<=>`, `= =`. */
function oddComparison({ previous, found }: Place): ReturnType<Slip> {
  if (!isComparison(found) || !isComparison(previous)) return null;
  return { message: 'The comparisons of ADQL are =, <>, <, >, <= and >=.', at: found };
}

/** `10 < x < 20`, `a = 1 || b = 2`. */
function chainedComparison(place: Place): ReturnType<Slip> {
  const { found, expected } = place;
  if (!isComparison(found) || !expected.includes('AND')) return null;
  const hasBars = before(place).includes('||');
  const cause = hasBars ? '|| joins strings; conditions are joined by OR.' : chainedCure;
  return { message: `Here one comparison follows another. ${cause}`, at: found };
}

const chainedCure = 'Write 10 < x AND x < 20, or x BETWEEN 10 AND 20.';

/** `SELECT a = 1`, `IF(a > 1, ...)`, `SELECT a LIKE 'x%'`. */
function conditionAsValue({ found, expected }: Place): ReturnType<Slip> {
  const isValue =
    expected.includes('an operator') &&
    !expected.includes('AND') &&
    !expected.includes('a comparison such as =');
  const isPredicate = found.kind === 'keyword' && predicates.has(found.text);
  if (!isValue || !(isComparison(found) || isPredicate)) return null;
  const what = isPredicate ? 'condition' : 'comparison';
  const message = `A ${what} is no value in ADQL: it stands in WHERE, HAVING and ON, or in CASE WHEN ... THEN ... END.`;
  return { message, at: found };
}

const predicates: ReadonlySet<string> = new Set(['LIKE', 'ILIKE', 'BETWEEN', 'IN', 'IS', 'NOT']);

/** `x**2` */
function powerOperator({ previous, found, expected }: Place): ReturnType<Slip> {
  const isDoubled = isOperator(found, '*') && isOperator(previous, '*');
  if (!isDoubled || !expected.includes(value)) return null;
  return { message: 'ADQL has no ** operator: write POWER(x, y).', at: found };
}

/** `- -x` */
function secondSign({ previous, found, expected }: Place): ReturnType<Slip> {
  const isSign = (token: Token | null): boolean => isOperator(token, '-') || isOperator(token, '+');
  if (!isSign(found) || !isSign(previous) || !expected.includes(value)) return null;
  return { message: 'A value has one sign at most: write -(-x).', at: found };
}

function isWithoutNull({ previous, found, expected }: Place): ReturnType<Slip> {
  const isBehind = isKeyword(previous, 'IS') || isKeyword(previous, 'NOT');
  if (!isBehind || !expected.includes('NULL')) return null;
  return { message: 'IS stands only before NULL and NOT NULL: compare with = or <>.', at: found };
}

/** `x > ALL (SELECT ...)`, `SELECT DISTINCT ON (...)`. */
function allOrDistinct({ previous, found }: Place): ReturnType<Slip> {
  if (isKeyword(found, 'ALL') && isComparison(previous)) {
    const message = 'ADQL has no ALL behind a comparison: compare with (SELECT MAX(...) FROM ...).';
    return { message, at: found };
  }
  if (!isKeyword(found, 'ON') || !isKeyword(previous, 'DISTINCT')) return null;
  return { message: 'ADQL has no DISTINCT ON: use GROUP BY with MIN and MAX.', at: found };
}

/** `x > 10,5` */
function decimalComma({ previous, found, next, expected }: Place): ReturnType<Slip> {
  if (!isOperator(found, ',') || previous?.kind !== 'number' || next.kind !== 'number') return null;
  const isTight = previous.span.end === found.span.start && found.span.end === next.span.start;
  if (!isTight || expected.includes(',')) return null;
  return { message: `Decimals have a point: ${previous.text}.${next.text}`, at: found };
}

/** `LIMIT 5, 10` of MySQL. */
function limitOfTwo(place: Place): ReturnType<Slip> {
  const skipped = /\blimit\s+(\d+)\s*$/i.exec(before(place))?.[1];
  if (skipped === undefined || !isOperator(place.found, ',')) return null;
  const message = `ADQL has no LIMIT m, n: write SELECT TOP ${place.next.text} ... OFFSET ${skipped}.`;
  return { message, at: place.found };
}

/** `OFFSET 5 ROWS FETCH NEXT 10 ROWS ONLY` */
function offsetInRows(place: Place): ReturnType<Slip> {
  const isRows = /^rows?$/i.test(place.found.text) && /\boffset\s+\d+\s*$/i.test(before(place));
  if (!isRows) return null;
  const message =
    'Write OFFSET without ROWS, and SELECT TOP n ... for the first n rows behind them.';
  return { message, at: place.found };
}

/** `(a, b) IN ((1, 2))`, `BETWEEN (1, 2)`. */
function rowOfValues({ found, expected }: Place): ReturnType<Slip> {
  const isInParentheses = expected.includes('a comparison such as =') && expected.includes(')');
  if (!isOperator(found, ',') || !isInParentheses) return null;
  const message =
    'ADQL compares single values: several in parentheses stand only behind IN. ' +
    'Write a = 1 AND b = 2, or look both up by EXISTS (SELECT ... WHERE ...).';
  return { message, at: found };
}

/** `shape CONTAINS shape` */
function functionBetween({ found, next, expected }: Place): ReturnType<Slip> {
  const usage = found.kind === 'keyword' ? usageOf(found.text) : null;
  if (usage === null || !expected.includes('an operator')) return null;
  // What is separated by a comma is more likely meant as a name.
  return isOperator(next, ',') || isOperator(next, '.') ? null : { message: usage, at: found };
}

/** `DISTANCE(...) < 5 arcsec` */
function unitBehindNumber({ previous, found }: Place): ReturnType<Slip> {
  if (previous?.kind !== 'number' || found.kind !== 'regular') return null;
  const isUnit =
    knownUnits.has(found.text) ||
    /^(degrees?|arcseconds?|seconds?|days?|years?)$/i.test(found.text);
  if (!isUnit) return null;
  const message =
    'Numbers have no unit in ADQL: write it in the unit of what it is compared with, angles in degrees.';
  return { message, at: found };
}

/** `x = 0x1F` */
function hexadecimal({ adql, previous, found }: Place): ReturnType<Slip> {
  if (previous?.kind !== 'number' || previous.span.end !== found.span.start) return null;
  const written = adql.slice(previous.span.start, found.span.end);
  if (!/^0x[0-9a-f]+$/i.test(written)) return null;
  return {
    message: `ADQL has no hexadecimal numbers: write ${String(Number(written))}.`,
    at: previous,
  };
}

const clauses: ReadonlySet<string> = new Set(['FROM', 'WHERE', 'GROUP', 'HAVING', 'ORDER']);

/** `... ORDER BY a WHERE b = 1`, `OFFSET 5 ORDER BY a`. */
function lateClause({ found, expected }: Place): ReturnType<Slip> {
  const isLate = expected.includes('the end of the query') || expected.includes(')');
  if (found.kind !== 'keyword' || !clauses.has(found.text) || !isLate) return null;
  const message = `${found.text} comes too late: the order is SELECT, FROM, WHERE, GROUP BY, HAVING, ORDER BY, OFFSET.`;
  return { message, at: found };
}

/** `AS 'right ascension'` */
function aliasAsString({ previous, found }: Place): ReturnType<Slip> {
  if (found.kind !== 'string' || !isKeyword(previous, 'AS')) return null;
  const name = found.text.length > 40 ? 'name' : found.text;
  return { message: `An alias stands in double quotes: AS "${name}".`, at: found };
}

/** `SELECT TOP (10)` */
function topInParentheses({ previous, found, next }: Place): ReturnType<Slip> {
  if (!isKeyword(previous, 'TOP') || !isOperator(found, '(')) return null;
  return { message: `Write SELECT TOP ${next.kind === 'number' ? next.text : 'n'} ...`, at: found };
}
