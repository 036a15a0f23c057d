import { AdqlError } from '../error.ts';
import { adviceOnFunction } from '../functions/foreign-functions.ts';
import { commonSlip } from './common-slip.ts';
import { foreignConstruct } from './foreign-construct.ts';
import { misspelledKeyword } from './misspelled-keyword.ts';
import { clauseWords } from './reserved-words.ts';
import type { Token } from './token.ts';
import { Tokenizer } from './tokenize.ts';

/** Where the parser stands when nothing fits. */
export interface Standstill {
  readonly adql: string;
  /** The furthest token that was looked at: all before it was in order. */
  readonly found: Token;
  readonly next: Token;
  readonly previous: Token | null;
  /** In words, without repetition, what could have stood there. */
  readonly expected: readonly string[];
  /** How many parentheses are open. */
  readonly depth: number;
}

type Explanation = (standstill: Standstill) => AdqlError | null;

/** The most telling first. */
const explanations: readonly Explanation[] = [
  foreignConstruct,
  emptyQuery,
  secondQuery,
  closingParenthesis,
  commonSlip,
  reservedName,
  irregularName,
  misspelledKeyword,
  sideBySideStrings,
];

/** Why the query cannot go on like this, and what to write instead. */
export function unexpectedToken(standstill: Standstill): AdqlError {
  for (const explain of explanations) {
    const error = explain(standstill);
    if (error !== null) return error;
  }
  const { found } = standstill;
  const message = `Expected ${anyOf(standstill.expected)}, but ${describe(standstill)}.`;
  return new AdqlError('syntax', message, found.span);
}

/** Points at the opening parenthesis if no closing one belongs to it; else null. */
export function unclosedParenthesis(opening: Token, adql: string): AdqlError | null {
  const tokenizer = new Tokenizer(adql, [], opening.span.start);
  let depth = 0;
  for (let token = tokenizer.next(); token.kind !== 'end'; token = tokenizer.next()) {
    if (isOperator(token, '(')) depth += 1;
    if (isOperator(token, ')')) depth -= 1;
    if (depth === 0) return null;
  }
  return new AdqlError('syntax', 'This parenthesis is never closed.', opening.span);
}

function anyOf(expected: readonly string[]): string {
  const words = expected.map((what) => punctuation[what] ?? what);
  const last = words.pop() ?? 'the end of the query';
  return words.length === 0 ? last : `${words.join(', ')} or ${last}`;
}

const punctuation: Readonly<Record<string, string>> = { ',': 'a comma', '(': '"("', ')': '")"' };

function describe({ adql, found }: Standstill): string {
  if (found.kind === 'end') return 'the query ends here';
  const written = adql.slice(found.span.start, found.span.end);
  if (found.kind === 'operator') return `found "${written}"`;
  return `found ${written.length > 40 ? `${written.slice(0, 40)}...` : written}`;
}

function emptyQuery({ found, previous }: Standstill): AdqlError | null {
  if (previous !== null || found.kind !== 'end') return null;
  return new AdqlError('syntax', 'The query is empty.', found.span);
}

function secondQuery({ previous, found, expected }: Standstill): AdqlError | null {
  if (!isOperator(previous, ';') || expected.length !== 1) return null;
  const message = 'Only one query can be asked at a time: nothing may follow the semicolon.';
  return new AdqlError('syntax', message, found.span);
}

function closingParenthesis({ found, depth, expected }: Standstill): AdqlError | null {
  if (!isOperator(found, ')') || depth > 0 || !expected.includes('the end of the query'))
    return null;
  return new AdqlError('syntax', 'No parenthesis is open that this one could close.', found.span);
}

function sideBySideStrings({ found, previous }: Standstill): AdqlError | null {
  if (found.kind !== 'string' || previous?.kind !== 'string') return null;
  const message = 'Two strings stand side by side: join them with ||, or put a comma between them.';
  return new AdqlError('syntax', message, found.span);
}

/** The most frequent mistake: a column called size, date, level... (ADQL 2.1, "Reserved words"). */
function reservedName(standstill: Standstill): AdqlError | null {
  const { adql, found } = standstill;
  if (found.kind !== 'keyword' || !isMeantAsName(standstill)) return null;
  const word = adql.slice(found.span.start, found.span.end);
  if (isOperator(standstill.next, '(')) {
    const advice = adviceOnFunction(found.text);
    const message = `ADQL has no function ${found.text}, which is a reserved word.${advice}`;
    return new AdqlError('reserved-word', message, found.span);
  }
  // Names in quotes are case-sensitive, and catalogues declare theirs in lower case.
  const name = word === found.text ? word.toLowerCase() : word;
  const message = `${word} is a reserved word of ADQL: as a name, write it in double quotes: "${name}".`;
  return new AdqlError('reserved-word', message, found.span);
}

function isMeantAsName(standstill: Standstill): boolean {
  const { found, next, previous } = standstill;
  if (isMeantAsFunction(standstill)) return true;
  if (previous?.kind === 'keyword' && previous.text === 'AS') return true;
  if (isOperator(previous, '.') || !clauseWords.has(found.text)) return true;
  // `SELECT order, group FROM`: the word stands where only a name can have a comma behind it.
  return isOperator(next, ',') || isOperator(next, '.') || isOperator(next, '=');
}

/** `LEFT(name, 4)` where a value is due. */
function isMeantAsFunction({ found, next, expected }: Standstill): boolean {
  const isDue = expected.includes('a column, a value or a function');
  return isDue && isOperator(next, '(') && adviceOnFunction(found.text) !== '';
}

/** Catalogues have names like 2MASS and II/246/out: they need quotes. */
function irregularName(standstill: Standstill): AdqlError | null {
  const { adql, found, previous, expected } = standstill;
  const beginsWithDigit = found.kind === 'number' && expected.some((what) => namePlaces.has(what));
  const goesOn = goesOnAfterName(standstill);
  const first = beginsWithDigit ? found : previous;
  if ((!beginsWithDigit && !goesOn) || first === null) return null;
  const { start } = first.span;
  const name = /^[^\s,;()'".]+/.exec(adql.slice(start, start + 100))?.[0] ?? '';
  const message = `A name with such characters stands in double quotes: "${name}".`;
  return new AdqlError('syntax', message, { start, end: start + name.length });
}

/** `II/246/out`, `gaia-dr3`: without blanks, where a table's name has ended. */
function goesOnAfterName({ found, previous, expected }: Standstill): boolean {
  const isSign = isOperator(found, '/') || isOperator(found, '-');
  return isSign && previous?.span.end === found.span.start && expected.includes('JOIN');
}

const namePlaces: ReadonlySet<string> = new Set(['a table', 'a name', 'an alias']);

function isOperator(token: Token | null, text: string): boolean {
  return token?.kind === 'operator' && token.text === text;
}
