import { expect, test } from '@jest/globals';
import { AdqlError } from '../../../adql/error.ts';
import { explain } from '../../../adql/explain.ts';
import type { OptionalFeature, ParseOptions } from '../../../adql/parse/parse-options.ts';
import { parse } from '../../../adql/parse/parse.ts';
import { print } from '../../../adql/parse/print.ts';

/** The query printed again, or what its author is told. */
function answer(adql: string, options: Partial<ParseOptions> = {}): string {
  try {
    return print(parse(adql, { language: 'ADQL-2.1', ...options }).query);
  } catch (error) {
    if (error instanceof AdqlError) return explain(error, adql);
    throw error;
  }
}

test('in ADQL 2.0 the words that 2.1 reserved may be names', () => {
  const adql =
    'SELECT cot, bigint AS offset, t.in_unit ilike FROM t OFFSET WHERE ilike ILIKE offset ORDER BY offset OFFSET 5';
  expect(answer(adql, { language: 'ADQL-2.0' })).toBe(
    'SELECT cot, bigint AS offset, t.in_unit AS ilike FROM t AS OFFSET WHERE ilike ILIKE offset ORDER BY offset OFFSET 5',
  );
  expect(answer(adql)).toBe(
    `Line 1, column 8: cot is a reserved word of ADQL: as a name, write it in double quotes: "cot".
SELECT cot, bigint AS offset, t.in_unit ilike FROM t OFFSET WHERE ilike ILIKE offset ORDER BY offset
       ^^^`,
  );
});

test('in ADQL 2.0 they still are functions and operators where only those can stand', () => {
  expect(answer('SELECT COT(x) FROM t OFFSET 5', { language: 'ADQL-2.0' })).toBe(
    'SELECT COT(x) FROM t OFFSET 5',
  );
});

test('a join without condition is refused in strict mode only', () => {
  expect(answer('SELECT a FROM t LEFT JOIN u')).toBe('SELECT a FROM t LEFT JOIN u');
  expect(answer('SELECT a FROM t LEFT JOIN u', { strictJoin: true })).toBe(
    `Line 1, column 28: Expected AS, ON or USING, but the query ends here.
SELECT a FROM t LEFT JOIN u
                           ^`,
  );
});

test.each<[OptionalFeature, string, string]>([
  ['geometry', 'SELECT AREA(s) FROM t', 'AREA'],
  ['udf', 'SELECT f(a) FROM t', 'F'],
  ['string', "SELECT a FROM t WHERE a ILIKE 'x'", 'ILIKE'],
  ['string', 'SELECT lower(a) FROM t', 'LOWER'],
  ['common-table', 'WITH x AS (SELECT a FROM t) SELECT a FROM x', 'WITH'],
  ['sets', 'SELECT a FROM t INTERSECT SELECT a FROM u', 'INTERSECT'],
  ['type', 'SELECT CAST(a AS REAL) FROM t', 'CAST'],
  ['conditional', 'SELECT COALESCE(a) FROM t', 'COALESCE'],
  ['unit', "SELECT IN_UNIT(a, 'm') FROM t", 'IN_UNIT'],
  ['offset', 'SELECT a FROM t OFFSET 1', 'OFFSET'],
])('the feature %s can be switched off: %s', (feature, adql, name) => {
  expect(answer(adql)).not.toContain('not supported');
  const [message] = answer(adql, { disabled: new Set([feature]) }).split('\n');
  expect(message).toContain(
    `: ${name} is not supported here: it is an optional feature of ADQL (${feature}).`,
  );
});

test('functions are checked while parsing only when the declared ones are known', () => {
  const functions = (name: string): boolean => name === 'f';
  expect(answer('SELECT f(a), g(b) FROM t')).toBe('SELECT f(a), g(b) FROM t');
  expect(answer('SELECT f(a), g(b) FROM t', { functions })).toBe(
    `Line 1, column 14: No function is called g.
SELECT f(a), g(b) FROM t
             ^`,
  );
});

test.each([
  'SELECT CASE WHEN a = 1 THEN 2 END FROM t',
  'SELECT (SELECT MAX(a) FROM t) FROM t',
  'SELECT a FROM t WHERE a = (SELECT MAX(a) FROM t)',
  'SELECT a FROM t CROSS JOIN u',
  'SELECT a FROM t LIMIT 5',
  'SELECT a FROM (t)',
  'SELECT ROUND(a, b) FROM t',
  'SELECT CAST(a AS INT) FROM t',
  'SELECT a FROM t WHERE flag = TRUE',
])('without extensions this is refused: %s', (adql) => {
  expect(() => parse(adql, { language: 'ADQL-2.1' })).not.toThrow();
  expect(() => parse(adql, { language: 'ADQL-2.1', extensions: false })).toThrow(AdqlError);
});

test('without extensions parentheses in IN still may hold a query', () => {
  const adql = 'SELECT a FROM t WHERE a IN ((SELECT a FROM u) UNION (SELECT a FROM v))';
  expect(answer(adql, { extensions: false })).toBe(adql);
});

test.each([
  ['SELECT a FROM t ORDER BY a LIMIT 10 OFFSET 5', 'SELECT TOP 10 a FROM t ORDER BY a OFFSET 5'],
  ['SELECT TOP 3 a FROM t OFFSET 5 LIMIT 10', 'SELECT TOP 3 a FROM t OFFSET 5'],
  ['SELECT a FROM (SELECT a FROM t limit 7) AS q', 'SELECT a FROM (SELECT TOP 7 a FROM t) AS q'],
  ['SELECT limit FROM t limit WHERE limit > 5', 'SELECT limit FROM t AS limit WHERE limit > 5'],
])('LIMIT is read as TOP where it is no name: %s', (written, printed) => {
  expect(answer(written)).toBe(printed);
});

test('a LIMIT that was read as TOP is told in a warning', () => {
  const adql = 'SELECT a FROM t LIMIT 10';
  const { warnings } = parse(adql, { language: 'ADQL-2.1' });
  expect(warnings.map((warning) => explain(warning, adql))).toEqual([
    `Line 1, column 17: LIMIT is not ADQL: it was read as SELECT TOP 10.
SELECT a FROM t LIMIT 10
                ^^^^^^^^`,
  ]);
});

test.each([
  ['SELECT CAST(a AS INT) FROM t', 'CAST(a AS INTEGER)', 'INT: it was read as INTEGER.'],
  ['SELECT CAST(a AS text) FROM t', 'CAST(a AS VARCHAR)', 'TEXT: it was read as VARCHAR.'],
  [
    'SELECT CAST(a AS String(5)) FROM t',
    'CAST(a AS VARCHAR(5))',
    'STRING: it was read as VARCHAR.',
  ],
  ['SELECT CAST(a AS DOUBLE) FROM t', 'CAST(a AS DOUBLE PRECISION)', 'read as DOUBLE PRECISION.'],
  ['SELECT a FROM t WHERE b = TRUE', 'WHERE b = +1', 'TRUE is not ADQL: it was read as 1.'],
  ['SELECT a FROM t WHERE b <> false', 'WHERE b <> +0', 'FALSE is not ADQL: it was read as 0.'],
])('what other dialects call differently is understood, and told: %s', (adql, read, told) => {
  const { query, warnings } = parse(adql, { language: 'ADQL-2.1' });
  expect(print(query)).toContain(read);
  expect(warnings.map(({ message }) => message)).toEqual([expect.stringContaining(told)]);
});
