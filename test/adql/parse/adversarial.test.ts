/** Hostile or machine-made queries: each is answered at once, none ends the process. */
import { expect, test } from '@jest/globals';
import { AdqlError } from '../../../adql/error.ts';
import { parse } from '../../../adql/parse/parse.ts';

function verdict(adql: string): string {
  try {
    parse(adql, { language: 'ADQL-2.1' });
    return 'accepted';
  } catch (error) {
    if (error instanceof AdqlError) return `${error.code}: ${error.message}`;
    throw error;
  }
}

const tooDeep = 'too-complex: The query is nested more than 200 levels deep. Simplify it.';
const tooManyWords =
  'too-complex: The query has more than 100000 names, words and signs beside its values. ' +
  'Write long lists as column IN (...), or upload them as a table and join it.';
const tooLong =
  'too-complex: More than 500 operators or joins are chained here. ' +
  'Split the query, or use IN for a list of values.';

test.each([
  [
    '18 open parentheses',
    `SELECT a FROM t WHERE ${'('.repeat(18)}`,
    'syntax: Expected a column, a value or a function, but the query ends here.',
  ],
  ['10,000 open parentheses in WHERE', `SELECT a FROM t WHERE ${'('.repeat(10_000)}`, tooDeep],
  ['10,000 open parentheses in FROM', `SELECT a FROM ${'('.repeat(10_000)}`, tooDeep],
  ['10,000 calls in each other', `SELECT ${'ABS('.repeat(10_000)}1 FROM t`, tooDeep],
  ['10,000 subqueries in each other', `${'SELECT a FROM ('.repeat(10_000)}t`, tooDeep],
  ['10,000 CASE in each other', `SELECT ${'CASE WHEN a=1 THEN '.repeat(10_000)}1`, tooDeep],
  ['10,000 NOT ( in each other', `SELECT a FROM t WHERE ${'NOT ('.repeat(10_000)}a=1`, tooDeep],
  [
    '100,000 NOT',
    `SELECT a FROM t WHERE ${'NOT '.repeat(100_000)}a=1`,
    'syntax: NOT stands only once before a condition: NOT NOT x is x.',
  ],
  ['100,000 additions', `SELECT ${'a+'.repeat(100_000)}a FROM t`, tooLong],
  ['50,000 joins', `SELECT a FROM t${' JOIN t USING (a)'.repeat(50_000)}`, tooLong],
  ['50,000 unions', `${'SELECT a FROM t UNION '.repeat(50_000)}SELECT a FROM t`, tooLong],
  ['100,000 AND', `SELECT a FROM t WHERE ${'a=1 AND '.repeat(100_000)}a=1`, tooManyWords],
  ['700,000 columns', `SELECT ${'a,'.repeat(699_999)}a FROM t`, tooManyWords],
  [
    'a list of 500,000 numbers',
    `SELECT a FROM t WHERE a IN (${'1,'.repeat(500_000)}1)`,
    'too-complex: The query has more than 200000 numbers and strings. Upload them as a table and join it.',
  ],
  [
    'additions within additions',
    `SELECT ${'('.repeat(150)}a${'+b*c-d+e)'.repeat(150)} FROM t`,
    tooLong,
  ],
  [
    'a million quotes',
    `SELECT ${"'".repeat(1_000_001)} FROM t`,
    "syntax: The string that begins here is not closed. A quote inside a string is written twice: 'O''Neill'.",
  ],
  [
    'two million letters',
    `SELECT ${'a'.repeat(2_000_000)}`,
    'too-complex: A query may have 1500000 characters. Upload a long list of values as a table and join it.',
  ],
  [
    'CASE of a CASE',
    'SELECT CASE CASE a WHEN 1 THEN 2 END WHEN 2 THEN 3 END FROM t',
    'too-complex: Between CASE and WHEN stands no CASE and no subquery: write CASE WHEN x = ...',
  ],
  [
    'many branches of a long operand',
    `SELECT CASE ${'a+'.repeat(400)}a${' WHEN 1 THEN 2'.repeat(1000)} END FROM t`,
    'too-complex: This CASE has too many branches for so long an operand: name it in a subquery.',
  ],
])('%s', (_, adql, expected) => {
  expect(verdict(adql)).toBe(expected);
});

test.each([
  [
    '150 parentheses around a condition',
    `SELECT a FROM t WHERE ${'('.repeat(150)}a=1${')'.repeat(150)}`,
  ],
  [
    '150 parentheses around a value',
    `SELECT a FROM t WHERE ${'('.repeat(150)}a${')'.repeat(150)}=1`,
  ],
  [
    '150 parentheses around a join',
    `SELECT a FROM ${'('.repeat(150)}t JOIN u USING (a)${')'.repeat(150)}`,
  ],
  [
    '150 parentheses around a subquery',
    `SELECT a FROM ${'('.repeat(150)}SELECT a FROM t${')'.repeat(150)} AS q`,
  ],
  ['400 additions', `SELECT ${'a+'.repeat(400)}a FROM t`],
  ['30,000 AND', `SELECT a FROM t WHERE ${'a=1 AND '.repeat(30_000)}a=1`],
  ['20,000 OR with arithmetic', `SELECT a FROM t WHERE ${'a-b>1 OR '.repeat(20_000)}a=1`],
  ['a list of 1 MB', `SELECT a FROM t WHERE a IN (${'1234567,'.repeat(125_000)}1)`],
  ['a polygon of 50,000 vertices', `SELECT POLYGON(${'1,2,'.repeat(50_000)}1,2) FROM t`],
])('%s are accepted', (_, adql) => {
  expect(verdict(adql)).toBe('accepted');
});
