import { expect, test } from '@jest/globals';
import type { StatementUses } from '../../adql/index.ts';
import { gateStatement } from '../../src/database/statement-gate.ts';

const obscore: StatementUses = { tables: ['ivoa.obscore'], functions: [] };

function gate(text: string, uses: StatementUses = obscore): void {
  gateStatement({ text, values: [], types: [] }, uses);
}

/** What the log gets; the client gets one sentence for all of them. */
function reasonOf(text: string, uses?: StatementUses): string {
  try {
    gate(text, uses);
    return 'passed';
  } catch (error) {
    expect(error).toMatchObject({
      kind: 'internal',
      message:
        'This query was refused by the safety gate of the service: it was translated into ' +
        'something unexpected. Please report the query to the operator of this service.',
    });
    return String((error as Error).cause);
  }
}

const passing: [text: string, uses: StatementUses][] = [
  [
    `SELECT t1."access_url" AS c1 FROM "ivoa"."obscore" AS t1
     WHERE t1."obs_collection" = $1 AND t1."obs_id" LIKE $2 ORDER BY c1 DESC LIMIT $3 OFFSET $4`,
    obscore,
  ],
  [
    `SELECT count(*) AS c1, CAST(sum(DISTINCT (t1."t_max")) AS double precision) AS c2
     FROM "ivoa"."obscore" AS t1 GROUP BY t1."obs_id" HAVING count(*) > $1`,
    { tables: ['ivoa.obscore'], functions: ['count', 'sum'] },
  ],
  [
    `SELECT adql.log(t1."t_min") AS c1, coalesce(t1."obs_id", $1) AS c2,
     CASE WHEN t1."t_min" IS NULL THEN $2 ELSE (SELECT max(t2."t_min") AS c1 FROM "a"."b" AS t2) END AS c3
     FROM "ivoa"."obscore" AS t1 WHERE NOT (t1."t_min" BETWEEN $3 AND $4) AND t1."obs_id" = ANY($5)
     AND EXISTS (SELECT $6 AS c1 FROM "a"."c" AS t3 WHERE t3."x" <> ALL($5))`,
    { tables: ['a.b', 'a.c', 'ivoa.obscore'], functions: ['adql.log', 'coalesce', 'max'] },
  ],
  [
    `WITH q1 AS (SELECT t1."x" AS c1 FROM "a"."b" AS t1) SELECT * FROM (SELECT t2.c1 AS c1 FROM q1 AS t2)
     AS s1 UNION ALL SELECT * FROM (SELECT t3."y" AS c1 FROM "a"."c" AS t3 ORDER BY c1 LIMIT $1) AS s1`,
    { tables: ['a.b', 'a.c'], functions: [] },
  ],
  [
    `SELECT t1."x" AS c1 FROM "a"."b" AS t1 LEFT JOIN ("a"."c" AS t2 INNER JOIN "a"."d" AS t3 ON TRUE)
     ON t1."x" = t2."x" INNER JOIN LATERAL unnest($1, $2) AS u1(lo, hi) ON t1."h" BETWEEN u1.lo AND u1.hi`,
    { tables: ['a.b', 'a.c', 'a.d'], functions: ['unnest'] },
  ],
  [
    `SELECT row_number() OVER (PARTITION BY t1."a" ORDER BY t1."b" DESC) AS c1 FROM "a"."b" AS t1
     WHERE t1."n" NOT LIKE t1."m" ESCAPE ''`,
    { tables: ['a.b'], functions: ['row_number'] },
  ],
  [
    `SELECT t1."x" AS c1 FROM "a"."b" AS t1 INNER JOIN ((SELECT t2."y" AS c1 FROM "a"."c" AS t2) AS t3
     LEFT JOIN (("a"."d" AS t4 FULL JOIN "a"."e" AS t5 ON t4."x" = t5."x") INNER JOIN "a"."f" AS t6 ON TRUE)
     ON t3."c1" = (t4."x" + $1)) ON TRUE`,
    { tables: ['a.b', 'a.c', 'a.d', 'a.e', 'a.f'], functions: [] },
  ],
  [
    `SELECT t2."c1" AS c1, count(*) AS c2 FROM "a"."b" AS t1 INNER JOIN LATERAL (SELECT sqrt(t1."x") AS c1)
     AS t2 ON TRUE GROUP BY t2."c1" HAVING EXISTS (SELECT $1 AS c1 FROM "a"."c" AS t3 WHERE t3."y" = t2."c1")`,
    { tables: ['a.b', 'a.c'], functions: ['count', 'sqrt'] },
  ],
  [
    `SELECT t1."x" AS c1, t1."y" AS c2, t1."z" AS c3, t1."x" + $1 AS c4, t1."y" AS c5 FROM "a"."b" AS t1
     WHERE (t1."x") BETWEEN ($1) AND ($2) AND ($3) = ($4) AND t1."y" BETWEEN $5 AND $6 AND $7 AND $8
     AND $9 = $10 OR t1."z" BETWEEN $1 AND $2 AND $3 BETWEEN $4 AND $5 OR t1."z" IN ($1, $2, $3) OR $4 NOT IN ($1, $2 + $3, $3)`,
    { tables: ['a.b'], functions: [] },
  ],
];

test.each(passing)('what the translator makes passes: %s', (text, uses) => {
  expect(reasonOf(text, uses)).toBe('passed');
  expect(reasonOf(text, uses)).toBe('passed');
});

test.each([
  'DROP TABLE ivoa.obscore',
  'DELETE FROM ivoa.obscore',
  `UPDATE ivoa.obscore SET obs_id = 'x'`,
  'INSERT INTO ivoa.obscore SELECT * FROM ivoa.obscore',
  `COPY ivoa.obscore TO '/tmp/x'`,
  'SELECT 1; DROP TABLE ivoa.obscore',
  'SELECT 1 AS c1 FROM ivoa.obscore;',
  'SELECT obs_id INTO stolen FROM ivoa.obscore',
  'SELECT obs_id FROM ivoa.obscore FOR UPDATE',
  'WITH q1 AS (DELETE FROM ivoa.obscore RETURNING obs_id) SELECT * FROM q1',
  'WITH q1 AS (UPDATE ivoa.obscore SET obs_id = $1) SELECT 1 AS c1 FROM ivoa.obscore',
  'SELECT 1 AS c1 FROM ivoa.obscore -- comment',
  'SELECT 1 AS c1 /* comment */ FROM ivoa.obscore',
  'SELECT 1 AS c1 FROM ivoa.obscore AS t1 WHERE t1.a = --1\n 2',
  `SELECT 'a\\' AS c1 FROM ivoa.obscore`,
  `SELECT E'a' AS c1 FROM ivoa.obscore`,
  `SELECT U&'a' AS c1 FROM ivoa.obscore`,
  'SELECT $$a$$ AS c1 FROM ivoa.obscore',
  'SELECT $x$a$x$ AS c1 FROM ivoa.obscore',
  'SELECT "a""b" AS c1 FROM ivoa.obscore',
  `SELECT 'a''b' AS c1 FROM ivoa.obscore`,
  `SELECT CAST('pg_class' AS regclass) AS c1 FROM ivoa.obscore`,
  `SELECT 'pg_class'::regclass AS c1 FROM ivoa.obscore`,
  'SELECT a AS c1 FROM ivoa.obscore, pg_shadow',
  'SELECT a AS c1 FROM ivoa.obscore, pg_catalog.pg_shadow',
  'SELECT a AS c1 FROM ivoa.obscore AS t1 JOIN (b.c AS t2 JOIN d.e AS t3 ON TRUE) ON TRUE',
  'SELECT a AS c1 FROM ivoa.obscore AS t1 JOIN (ivoa.obscore AS t2 JOIN pg_shadow AS t3 ON TRUE) ON TRUE',
  'SELECT a AS c1 FROM ivoa.obscore AS t1 JOIN ((ivoa.obscore AS t2 JOIN d.e AS t3 ON TRUE)) ON TRUE',
  'SELECT a AS c1 FROM ivoa.obscore AS t1 JOIN (pg_sleep(10) AS t2 JOIN ivoa.obscore AS t3 ON TRUE) ON TRUE',
  'SELECT 1 AS c1 FROM ivoa.obscore AS t1, t1."pg_authid"',
  'SELECT t1."pg_sleep"(10) AS c1 FROM ivoa.obscore AS t1',
  'SELECT c5(10) AS c1 FROM ivoa.obscore AS t1',
  'SELECT 1 AS c1 FROM ivoa.obscore AS t1 JOIN c5 ON TRUE',
  'SELECT a AS c1 FROM other.ivoa.obscore',
  'SELECT a AS c1 FROM ONLY ivoa.obscore',
  'SELECT a AS c1 FROM ivoa.obscore TABLESAMPLE system(1)',
  'WITH pg_shadow AS (SELECT 1 AS c1 FROM ivoa.obscore) SELECT * FROM pg_shadow',
  'SELECT pg_sleep(10) AS c1 FROM ivoa.obscore',
  'SELECT "pg_sleep"(10) AS c1 FROM ivoa.obscore',
  'SELECT PG_CATALOG.pg_sleep(10) AS c1 FROM ivoa.obscore',
  'SELECT (SELECT pg_sleep(10)) AS c1 FROM ivoa.obscore',
  'SELECT count(pg_sleep(10)) AS c1 FROM ivoa.obscore',
  'SELECT CASE WHEN pg_sleep(10) IS NULL THEN 1 END AS c1 FROM ivoa.obscore',
  'SELECT 1 AS c1 FROM ivoa.obscore ORDER BY pg_sleep(10)',
  'SELECT 1 AS c1 FROM ivoa.obscore LIMIT pg_sleep(10)',
  'SELECT 1 AS c1 FROM ivoa.obscore GROUP BY pg_sleep(10)',
  'SELECT row_number() OVER (ORDER BY pg_sleep(10)) AS c1 FROM ivoa.obscore',
  'SELECT t1.a[pg_sleep(10)] AS c1 FROM ivoa.obscore AS t1',
  'SELECT 1 AS c1 FROM ivoa.obscore AS t1 JOIN pg_sleep(10) AS t2 ON TRUE',
  `SELECT set_config('a', 'b', false) AS c1 FROM ivoa.obscore`,
  'SELECT current_user AS c1 FROM ivoa.obscore',
  'SELECT current_timestamp AS c1 FROM ivoa.obscore',
  'SELECT ROW(1, 2) AS c1 FROM ivoa.obscore',
  'SELECT a COLLATE "C" AS c1 FROM ivoa.obscore',
  'SELECT a OPERATOR(pg_catalog.+) 1 AS c1 FROM ivoa.obscore',
  'SELECT a ~ $1 AS c1 FROM ivoa.obscore',
  'SELECT a AS "c1 (SELECT 1)" FROM ivoa.obscore',
  'SHOW ALL',
  'EXPLAIN SELECT 1 AS c1 FROM ivoa.obscore',
  'SET ROLE cloudtap',
  'CALL something()',
  'VALUES (1)',
  '',
])('refused: %s', (text) => {
  expect(reasonOf(text)).not.toBe('passed');
});

test('functions are refused even when the translator declares them', () => {
  const uses = { tables: ['ivoa.obscore'], functions: ['pg_sleep'] };

  expect(reasonOf('SELECT pg_sleep(1) AS c1 FROM ivoa.obscore', uses)).toBe(
    'NotAllowed: function: pg_sleep',
  );
});

test('what is declared and not used is as wrong as what is used and not declared', () => {
  const text = 'SELECT lower(t1."obs_id") AS c1 FROM "ivoa"."obscore" AS t1';

  expect(reasonOf(text, { tables: ['ivoa.obscore'], functions: [] })).toBe(
    'NotAllowed: functions in the text: lower; declared: ',
  );
  expect(reasonOf(text, { tables: ['ivoa.obscore', 'a.b'], functions: ['lower'] })).toBe(
    'NotAllowed: tables in the text: ivoa.obscore; declared: ivoa.obscore,a.b',
  );
  expect(reasonOf(text, { tables: ['ivoa.obscore'], functions: ['lower'] })).toBe('passed');
});

/** `x = $1 OR x = $2 OR ...`, each in parentheses, as the translator writes long chains. */
function chain(length: number, operator: string, condition: string): string {
  const link = (_: unknown, index: number): string => `(${condition} $${String(index + 1)})`;
  return Array.from({ length }, link).join(` ${operator} `);
}

const long: [text: string, functions: readonly string[]][] = [
  [`WHERE ${chain(100_000, 'AND', 't1."obs_id" <>')}`, []],
  [`WHERE t1."s_ra" BETWEEN ($1 + $2) AND ($1 - $2) AND ${chain(9, 'AND', 'NOT t1."x" =')}`, []],
  [`WHERE ${chain(9, 'OR', 'adql.log(t1."s_ra") =')}`, ['adql.log']],
  [`WHERE CASE WHEN ${chain(9, 'THEN ($1) WHEN', 'ln(t1."x") =')} THEN ($1) END = $1`, ['ln']],
  [`WHERE coalesce(${chain(9, ',', '$1 +')}) = $1`, ['coalesce']],
  [`WHERE t1."x" IN (${chain(9, ',', 'sqrt(t1."y") +')})`, ['sqrt']],
  [
    `INNER JOIN ${'("ivoa"."obscore" AS t1 INNER JOIN '.repeat(199)}"ivoa"."obscore" AS t1${' ON TRUE)'.repeat(199)} ON TRUE`,
    [],
  ],
  [`WHERE $1 < ${'(SELECT max(t1."x") + '.repeat(199)}$1${' AS c1)'.repeat(199)}`, ['max']],
];

test.each(long)('what repeats is read once: chain %#', (where, functions) => {
  const text = `SELECT 1 AS c1 FROM "ivoa"."obscore" AS t1 ${where}`;

  expect(reasonOf(text, { tables: ['ivoa.obscore'], functions })).toBe('passed');
});

test.each([
  [`${chain(99, 'OR', 't1."x" =')} OR (t1."x" = pg_sleep(9))`, 'function: pg_sleep'],
  [`(pg_sleep(9) = $1) OR ${chain(99, 'OR', 't1."x" =')}`, 'function: pg_sleep'],
  [
    `${chain(9, 'AND', 't1."x" =')} AND EXISTS (SELECT $1 FROM pg_class)`,
    'table without schema: pg_class',
  ],
  ['(t1."x" = (SELECT $1 FROM pg_class))', 'table without schema: pg_class'],
  ['(t1."x" ~ $1) OR (t1."x" = $1)', 'character "~"'],
  ['(CAST(t1."x" AS regclass) = $1) OR (t1."x" = $1)', 'castTypes: REGCLASS'],
  ['(t1."x" = $1', 'parentheses that do not match'],
  ['t1."x" = $1) OR (t1."x" = $1', 'parentheses that do not match'],
  ['t1$1."x" = $1', 'character "1$"'],
])('what does not repeat is read, wherever it stands: text %#', (condition, reason) => {
  const text = `SELECT 1 AS c1 FROM "ivoa"."obscore" AS t1 WHERE ${condition}`;

  expect(reasonOf(text)).toBe(`NotAllowed: ${reason}`);
});

test('5,000 columns of tables are read as one', () => {
  const columns = Array.from({ length: 5000 }, (_, i) => `t1."x${String(i)}" AS c${String(i)}`);

  expect(reasonOf(`SELECT ${columns.join(', ')} FROM "ivoa"."obscore" AS t1`)).toBe('passed');
});

test('a statement with too many different parts is refused in words, before it is read', () => {
  const columns = Array.from({ length: 5000 }, (_, i) => `'x${String(i)}' AS c${String(i)}`);

  expect(() => {
    gate(`SELECT ${columns.join(', ')} FROM "ivoa"."obscore" AS t1`);
  }).toThrow('The query has too many different conditions and columns for this service.');
});
