import { AdqlError } from '../error.ts';
import type { Token } from './token.ts';

interface Place {
  readonly adql: string;
  readonly found: Token;
  readonly previous: Token | null;
  readonly expected: readonly string[];
}

/**
 * `SELECT a FORM t` stops at t, because FORM is a fine alias; the mistake is one word before. So
 * both words are held against the keywords that could have stood there.
 */
export function misspelledKeyword({ found, previous, expected }: Place): AdqlError | null {
  return lookAlike(found, expected) ?? (previous === null ? null : lookAlike(previous, expected));
}

function lookAlike(token: Token, expected: readonly string[]): AdqlError | null {
  if (token.kind !== 'regular' || token.text.length < 3) return null;
  const word = token.text.toUpperCase();
  const keywords = expected.filter((what) => /^[A-Z]{4,}/.test(what));
  const keyword = keywords.find((what) => isOneSlipAway(word, firstWord(what)));
  const meant = keyword ?? gluedTo(token.text, keywords);
  if (meant === null) return null;
  const message = `${shortened(token.text)} is no keyword of ADQL. Did you mean ${meant}?`;
  return new AdqlError('syntax', message, token.span);
}

/** `SELECTid`: the keyword with the blank that is missing behind it. */
function gluedTo(written: string, keywords: readonly string[]): string | null {
  const upperCase = written.toUpperCase();
  const keyword = keywords.map(firstWord).find((word) => upperCase.startsWith(word));
  return keyword === undefined ? null : `${keyword} ${shortened(written.slice(keyword.length))}`;
}

/** GROUP of GROUP BY. */
function firstWord(what: string): string {
  return what.split(' ')[0] ?? what;
}

/** A word can be a million letters long. */
function shortened(word: string): string {
  return word.length > 40 ? `${word.slice(0, 37)}...` : word;
}

/** One letter missing, too many or wrong, or two neighbours exchanged. */
function isOneSlipAway(word: string, keyword: string): boolean {
  if (Math.abs(word.length - keyword.length) > 1) return false;
  let start = 0;
  while (start < word.length && word[start] === keyword[start]) start += 1;
  const rest = word.slice(start);
  const wanted = keyword.slice(start);
  const isExchanged =
    rest.length > 1 && `${rest.charAt(1)}${rest.charAt(0)}` === wanted.slice(0, 2);
  return (
    rest.slice(1) === wanted.slice(1) ||
    rest.slice(1) === wanted ||
    rest === wanted.slice(1) ||
    (isExchanged && rest.slice(2) === wanted.slice(2))
  );
}
