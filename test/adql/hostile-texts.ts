/** Queries that would grow inside PostgreSQL, and characters that break readers. */
import { type HostileQuery, list, select, where } from './hostile-query.ts';

/** Short as ADQL, and without end or memory for PostgreSQL. */
export const growingQueries: readonly HostileQuery[] = [
  [
    'x || x of x || x ..., 26 times',
    `WITH ${list(27, (i) => `a${String(i)} AS (SELECT ${i === 0 ? 'obs_id AS x FROM ivoa.obscore' : `x || x AS x FROM a${String(i - 1)}`})`)} SELECT x FROM a26`,
    'too-complex: Line 1, column 580: This column of a subquery stands for an expression',
  ],
  [
    'x + x of x + x ..., 150 times',
    `${'SELECT x + x AS x FROM ('.repeat(150)}SELECT s_ra AS x FROM ivoa.obscore${list(150, (i) => `) AS t${String(i)}`, '')}`,
    'too-complex: Line 1, column 3248: This column of a subquery stands for an expression',
  ],
  [
    'x || x, 10 times',
    `${'SELECT x || x AS x FROM ('.repeat(10)}SELECT obs_id AS x FROM ivoa.obscore${list(10, (i) => `) AS t${String(i)}`, '')}`,
    'accepted',
  ],
  [
    '500,000 a LIKE 250,000 a',
    where(`'${'a'.repeat(500_000)}' LIKE '%${'a'.repeat(250_000)}b%'`),
    'too-complex: Line 1, column 500047: The pattern of a LIKE may have 1000 characters.',
  ],
  [
    'a LIKE with a column for a pattern',
    `SELECT a FROM (SELECT obs_id AS a, '${'%a'.repeat(5000)}' AS b FROM ivoa.obscore) AS t WHERE a LIKE b`,
    'too-complex: Line 1, column 10081: The pattern of a LIKE may have 1000 characters.',
  ],
  [
    'a billion blanks',
    select('CAST(obs_id AS CHAR(999999999))'),
    'too-complex: Line 1, column 13: CHAR(n) is filled up with blanks to n characters, 10000',
  ],
];

export const strangeCharacters: readonly HostileQuery[] = [
  [
    'NUL in a string',
    where("obs_id = 'a\0b'"),
    'syntax: Line 1, column 48: NUL characters are not allowed.',
  ],
  [
    'NUL in a name',
    where('"a\0b" = 1'),
    'syntax: Line 1, column 39: NUL characters are not allowed.',
  ],
  [
    'NUL outside',
    where('s_ra = 1\0'),
    'syntax: Line 1, column 47: The character U+0000 is not allowed here.',
  ],
  ['half a surrogate pair in a string', where("obs_id = 'a\ud800b'"), 'accepted'],
  [
    'half a surrogate pair outside',
    where('\ud800 = 1'),
    'syntax: Line 1, column 39: The character U+D800 is not allowed here.',
  ],
  [
    'Arabic digits',
    where('s_ra = \u0661\u0662'),
    'syntax: Line 1, column 46: A name without quotes begins with a letter A-Z and holds',
  ],
  [
    'a hard blank',
    'SELECT\u00a0obs_id FROM ivoa.obscore',
    'syntax: Line 1, column 7: A no-break space stands here, often copied from a web page:',
  ],
  [
    'letters from right to left',
    where('s_ra\u202e = 1'),
    'syntax: Line 1, column 43: The character U+202E is not allowed here.',
  ],
  [
    'a byte order mark',
    '\ufeffSELECT obs_id FROM ivoa.obscore',
    'syntax: Line 1, column 1: An invisible byte order mark stands here: remove it.',
  ],
  [
    'typographic quotes',
    where('obs_id = \u2018x\u2019'),
    'syntax: Line 1, column 48: Typographic quotes are not ADQL: strings stand in straight',
  ],
  [
    'an unclosed string',
    where("obs_id = 'a"),
    'syntax: Line 1, column 48: The string that begins here is not closed. A quote inside a',
  ],
  [
    'an unclosed name',
    where('"obs_id = 1'),
    'syntax: Line 1, column 39: The name that begins here is not closed: a double quote is',
  ],
  [
    'an unclosed comment',
    where('s_ra = 1 /* and'),
    'syntax: Line 1, column 48: ADQL has no /* */ comments: a comment begins with -- and',
  ],
];
