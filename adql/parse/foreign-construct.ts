import { AdqlError } from '../error.ts';
import type { Token } from './token.ts';

/** Words that other dialects have and ADQL has not, or has elsewhere, and what to write instead. */
const advice: Readonly<Record<string, string>> = {
  ANY: 'ADQL has no ANY: use IN, EXISTS or a join.',
  CASE: 'ADQL has no CASE.',
  CHARACTER_LENGTH: 'ADQL has no string lengths.',
  CHAR_LENGTH: 'ADQL has no string lengths.',
  CROSS: 'ADQL has no CROSS JOIN: separate the tables by a comma.',
  CURRENT_DATE: "ADQL has no clock: write the date as a string: '2026-01-31'.",
  CURRENT_TIME: "ADQL has no clock: write the time as a string: '2026-01-31T12:00:00'.",
  CURRENT_TIMESTAMP: "ADQL has no clock: write the time as a string: '2026-01-31T12:00:00'.",
  ESCAPE: 'ADQL has no ESCAPE: _ in a LIKE pattern matches any one character, itself too.',
  EXTRACT: 'ADQL has no EXTRACT: compare the time with strings like 2026-01-31T12:00:00.',
  FALSE: 'ADQL has no TRUE and FALSE: compare with 0, or with what the column holds.',
  FETCH: 'ADQL has no FETCH FIRST: write SELECT TOP n ... for the first n rows.',
  GLOB: 'ADQL has no GLOB: use LIKE with the wildcards % and _.',
  INTERVAL:
    'ADQL has no intervals: write their limits down. Two overlap where low1 <= high2 AND low2 <= high1.',
  INTO: 'ADQL cannot write: leave INTO out and save the answer.',
  ISNULL: 'Write IS NULL.',
  LIMIT: 'ADQL has no LIMIT: write SELECT TOP n ... for the first n rows.',
  MINUS: 'ADQL has no MINUS: use EXCEPT.',
  NOTNULL: 'Write IS NOT NULL.',
  NULLIF: 'ADQL has no NULLIF.',
  NULLS:
    'ADQL has no NULLS FIRST and NULLS LAST: they come last in ASC and first in DESC. ' +
    'WHERE x IS NOT NULL leaves them out.',
  OVER: 'ADQL has no window functions: use GROUP BY in a subquery and join it.',
  POSITION: 'ADQL has no POSITION: use LIKE with the wildcards % and _.',
  QUALIFY: 'ADQL has no QUALIFY: use a subquery.',
  RECURSIVE: 'ADQL has no recursive WITH.',
  REGEXP: 'ADQL has no regular expressions: use LIKE with the wildcards % and _.',
  RLIKE: 'ADQL has no regular expressions: use LIKE with the wildcards % and _.',
  SIMILAR: 'ADQL has no SIMILAR TO: use LIKE with the wildcards % and _.',
  SOME: 'ADQL has no SOME: use IN, EXISTS or a join.',
  SUBSTRING: 'ADQL has no SUBSTRING: use LIKE with the wildcards % and _.',
  TABLESAMPLE: 'ADQL has no TABLESAMPLE: WHERE RAND() < 0.01 takes one row in a hundred.',
  TRIM: 'ADQL has no TRIM.',
  TRUE: 'ADQL has no TRUE and FALSE: compare with 1, or with what the column holds.',
  VALUES: 'ADQL has no VALUES: upload the values as a table, or use IN.',
};

/** Words that open a statement which does something else than ask. */
const commands: ReadonlySet<string> = new Set(
  'INSERT UPDATE DELETE DROP CREATE ALTER GRANT REVOKE TRUNCATE COMMIT ROLLBACK SET BEGIN'.split(
    ' ',
  ),
);

/** Words that ask in other languages what tables there are, or how a query would run. */
const questions: ReadonlySet<string> = new Set(['SHOW', 'DESCRIBE', 'DESC', 'EXPLAIN', 'USE']);

/** How a literal of a date and time type begins in SQL. */
const typedLiterals: ReadonlySet<string> = new Set(['DATE', 'TIME', 'TIMESTAMP']);

interface Place {
  readonly found: Token;
  readonly next: Token;
  readonly previous: Token | null;
}

/** Null unless the query stops at something that another language has. */
export function foreignConstruct({ found, next, previous }: Place): AdqlError | null {
  return (
    command(found, previous) ??
    typedLiteral(found, next) ??
    doubledWord(found, previous) ??
    advise(found, next) ??
    // `a MINUS SELECT`, `COUNT(*) OVER (`: the word was read as an alias, and what follows is odd.
    (previous?.kind === 'regular' ? advise(previous, found) : null)
  );
}

function command(found: Token, previous: Token | null): AdqlError | null {
  if (previous !== null) return null;
  if (questions.has(found.text.toUpperCase())) {
    const message =
      'A query begins with SELECT (or WITH). ' +
      'What there is to ask stands in tap_schema.tables and tap_schema.columns.';
    return new AdqlError('syntax', message, found.span);
  }
  if (!commands.has(found.text.toUpperCase())) return null;
  const word = found.text.toUpperCase();
  const message = `A query begins with SELECT (or WITH). ${word} is refused: data can only be read here.`;
  return new AdqlError('syntax', message, found.span);
}

function typedLiteral(found: Token, next: Token): AdqlError | null {
  if (found.kind !== 'keyword' || !typedLiterals.has(found.text) || next.kind !== 'string')
    return null;
  const message = `A time is written as a plain string, without ${found.text} before it.`;
  return new AdqlError('syntax', message, { start: found.span.start, end: next.span.end });
}

function doubledWord(found: Token, previous: Token | null): AdqlError | null {
  if (found.kind !== 'keyword' || previous === null) return null;
  if (found.text === 'NOT' && previous.text === 'NOT') {
    const message = 'NOT stands only once before a condition: NOT NOT x is x.';
    return new AdqlError('syntax', message, found.span);
  }
  if (found.text === 'WITH') {
    const message = 'WITH stands only once, at the beginning of the whole query.';
    return new AdqlError('syntax', message, found.span);
  }
  return null;
}

function advise(token: Token, next: Token): AdqlError | null {
  if (token.kind !== 'keyword' && token.kind !== 'regular') return null;
  const word = token.text.toUpperCase();
  const message = Object.hasOwn(advice, word) ? advice[word] : undefined;
  if (message === undefined || isPlainName(token, next)) return null;
  return new AdqlError('syntax', message, token.span);
}

/** `SELECT position, interval FROM`: reserved words, but meant as columns, not as constructs. */
function isPlainName(token: Token, next: Token): boolean {
  if (!namesOfColumns.has(token.text)) return false;
  return next.kind !== 'operator' ? next.kind !== 'string' : next.text !== '(';
}

const namesOfColumns: ReadonlySet<string> = new Set([
  'POSITION',
  'INTERVAL',
  'VALUES',
  'TRIM',
  'ANY',
]);
