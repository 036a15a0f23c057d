import type { Span } from '../ast.ts';
import { AdqlError, type AdqlWarning } from '../error.ts';
import { illegalText } from './illegal-text.ts';
import { isReserved } from './reserved-words.ts';
import type { Token } from './token.ts';

interface Scan {
  readonly adql: string;
  /** The token that a reader has read; null when it was white space. */
  token: Token | null;
  readonly warnings: AdqlWarning[];
}

/** A reader takes the place where its token begins and gives the place behind it. */
type Reader = (scan: Scan, start: number) => number;

/**
 * Text -> tokens (ADQL 2.1, "Characters, Keywords, Identifiers and Literals"), one at a time and in
 * linear time: a list of 1 MB has 300,000, of which none needs to be kept. White space and comments
 * are left out.
 */
export class Tokenizer {
  readonly #scan: Scan;
  #position: number;

  /** @param warnings gets what was read differently from what was written */
  constructor(adql: string, warnings: AdqlWarning[], start = 0) {
    this.#scan = { adql, token: null, warnings };
    this.#position = start;
  }

  /**
   * At the end of the text, for ever, the token of kind `end`.
   * Throws AdqlError 'syntax' at the first thing that no token of ADQL begins with.
   */
  next(): Token {
    const { adql } = this.#scan;
    while (this.#position < adql.length) {
      const read = readers[adql.charCodeAt(this.#position)] ?? refuse;
      this.#position = read(this.#scan, this.#position);
      const token = this.#take();
      if (token !== null) return token;
    }
    return endToken(this.#position);
  }

  #take(): Token | null {
    const { token } = this.#scan;
    this.#scan.token = null;
    return token;
  }
}

function endToken(position: number): Token {
  return { kind: 'end', text: '', span: { start: position, end: position } };
}

const isWordPart = asciiTable(/[A-Za-z0-9_]/);
const isDigit = asciiTable(/[0-9]/);
const isSpace = asciiTable(/[ \t\r\n]/);

/** For each ASCII code whether it matches; codes beyond the table read as undefined. */
function asciiTable(pattern: RegExp): readonly boolean[] {
  return Array.from({ length: 128 }, (_, code) => pattern.test(String.fromCharCode(code)));
}

function endOf(table: readonly boolean[], text: string, start: number): number {
  let end = start;
  while (table[text.charCodeAt(end)] === true) end += 1;
  return end;
}

function skipSpace(scan: Scan, start: number): number {
  return endOf(isSpace, scan.adql, start);
}

function readWord(scan: Scan, start: number): number {
  const end = endOf(isWordPart, scan.adql, start);
  const word = scan.adql.slice(start, end);
  const upper = word.toUpperCase();
  if (isReserved(upper)) scan.token = { kind: 'keyword', text: upper, span: { start, end } };
  else scan.token = { kind: 'regular', text: word, span: { start, end } };
  return end;
}

/** `12`, `12.`, `12.5`, `.5`, each with an exponent or none; `89x` is 89 and then x. */
function readNumber(scan: Scan, start: number): number {
  const { adql } = scan;
  let end = endOf(isDigit, adql, start);
  if (adql[end] === '.') end = endOf(isDigit, adql, end + 1);
  end = endOfExponent(adql, end);
  scan.token = { kind: 'number', text: adql.slice(start, end), span: { start, end } };
  return end;
}

function endOfExponent(text: string, start: number): number {
  if (text[start] !== 'e' && text[start] !== 'E') return start;
  const sign = text[start + 1];
  const digits = sign === '+' || sign === '-' ? start + 2 : start + 1;
  const end = endOf(isDigit, text, digits);
  return end === digits ? start : end;
}

function readDot(scan: Scan, start: number): number {
  const isNumber = isDigit[scan.adql.charCodeAt(start + 1)] === true;
  return isNumber ? readNumber(scan, start) : readOperator(scan, start);
}

/** A comment runs to the end of its line and equals white space. */
function readMinus(scan: Scan, start: number): number {
  const { adql } = scan;
  if (adql[start + 1] !== '-') return readOperator(scan, start);
  return endOfLine(adql, start);
}

/** Step by step: a search for the first CR would run to the end of the text for every comment. */
function endOfLine(text: string, start: number): number {
  let end = start;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return end;
}

/** What begins no longer operator: two of three tokens of a long list. */
function readSign(scan: Scan, start: number): number {
  const end = start + 1;
  scan.token = { kind: 'operator', text: scan.adql.charAt(start), span: { start, end } };
  return end;
}

const twoCharacterOperators: ReadonlySet<string> = new Set(['||', '<>', '!=', '<=', '>=']);
const oneCharacterOperators: ReadonlySet<string> = new Set('-/=<>.');
/** Not operators here but of other languages: refused with advice, never read as two of ours. */
const foreignOperators: ReadonlySet<string> = new Set('== << >> /* // => =~ =< ->'.split(' '));

function readOperator(scan: Scan, start: number): number {
  const two = scan.adql.slice(start, start + 2);
  if (foreignOperators.has(two)) return refuse(scan, start);
  const text = twoCharacterOperators.has(two) ? two : two.charAt(0);
  if (text.length === 1 && !oneCharacterOperators.has(text)) return refuse(scan, start);
  const end = start + text.length;
  scan.token = { kind: 'operator', text, span: { start, end } };
  return end;
}

/**
 * A string may go on in another literal when a line break or comment stands between them (SQL-92,
 * kept by ADQL 2.0). On one line it is more likely a forgotten comma, and the parser refuses it.
 */
function readString(scan: Scan, start: number): number {
  let end = endOfQuoted(scan, start);
  let text = unquote(scan.adql, { start, end });
  let next = startOfContinuation(scan.adql, end);
  if (next !== null) {
    const pieces = [text];
    for (; next !== null; next = startOfContinuation(scan.adql, end)) {
      end = endOfQuoted(scan, next);
      pieces.push(unquote(scan.adql, { start: next, end }));
    }
    text = pieces.join('');
    warnOfContinuation(scan, { start, end });
  }
  scan.token = { kind: 'string', text, span: { start, end } };
  return end;
}

function startOfContinuation(text: string, from: number): number | null {
  let position = endOf(isSpace, text, from);
  let isBroken = /[\r\n]/.test(text.slice(from, position));
  while (text.startsWith('--', position)) {
    position = endOf(isSpace, text, endOfLine(text, position));
    isBroken = true;
  }
  return isBroken && text[position] === "'" ? position : null;
}

function warnOfContinuation(scan: Scan, span: Span): void {
  const message =
    'String literals on consecutive lines were read as one string. ' +
    'If they are several values, put commas between them.';
  scan.warnings.push({ message, span });
}

function readDelimited(scan: Scan, start: number): number {
  const end = endOfQuoted(scan, start);
  const span = { start, end };
  const name = unquote(scan.adql, span);
  if (name === '') throw new AdqlError('syntax', 'A name in double quotes cannot be empty.', span);
  scan.token = { kind: 'delimited', text: name, span };
  return end;
}

/** Behind the closing quote; a doubled quote is a character of the content. */
function endOfQuoted({ adql }: Scan, start: number): number {
  const quote = adql.charAt(start);
  let end = adql.indexOf(quote, start + 1);
  while (end !== -1 && adql[end + 1] === quote) end = adql.indexOf(quote, end + 2);
  if (end === -1) throw unclosed(quote, start);
  return end + 1;
}

function unclosed(quote: string, start: number): AdqlError {
  const message =
    quote === "'"
      ? "The string that begins here is not closed. A quote inside a string is written twice: 'O''Neill'."
      : 'The name that begins here is not closed: a double quote is missing.';
  return new AdqlError('syntax', message, { start, end: start + 1 });
}

function unquote(adql: string, span: Span): string {
  const quote = adql.charAt(span.start);
  const inside = adql.slice(span.start + 1, span.end - 1);
  // PostgreSQL stores no NUL in text: it would fail there without a place in the query.
  if (inside.includes('\0')) throw new AdqlError('syntax', 'NUL characters are not allowed.', span);
  return inside.includes(quote) ? inside.replaceAll(quote + quote, quote) : inside;
}

function refuse({ adql }: Scan, start: number): never {
  throw illegalText(adql, start);
}

/** By ASCII code of the first character; what has none is illegal. */
const readers: readonly (Reader | undefined)[] = Array.from({ length: 128 }, (_, code) =>
  readerFor(String.fromCharCode(code)),
);

function readerFor(first: string): Reader | undefined {
  if (/[A-Za-z]/.test(first)) return readWord;
  if (/[0-9]/.test(first)) return readNumber;
  if (/[ \t\r\n]/.test(first)) return skipSpace;
  if (/[+*,();]/.test(first)) return readSign;
  if (/[/=<>!|]/.test(first)) return readOperator;
  if (first === '.') return readDot;
  if (first === '-') return readMinus;
  if (first === "'") return readString;
  if (first === '"') return readDelimited;
  return undefined;
}
