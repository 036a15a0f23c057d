/** The grammar of ADQL 2.1 by chapters: a query, and how its tree is printed in canonical form. */
import { expect, test } from '@jest/globals';
import { parse } from '../../../adql/parse/parse.ts';
import { print } from '../../../adql/parse/print.ts';
import { withoutSpans } from '../without-spans.ts';

function canonical(adql: string): string {
  return print(parse(adql, { language: 'ADQL-2.1' }).query);
}

/** The value of `SELECT ... FROM t`. */
function value(expression: string): string {
  return canonical(`SELECT ${expression} FROM t`).slice('SELECT '.length, -' FROM t'.length);
}

/** The condition of `WHERE ...`. */
function condition(where: string): string {
  return canonical(`SELECT a FROM t WHERE ${where}`).slice('SELECT a FROM t WHERE '.length);
}

/** What follows FROM. */
function from(tables: string): string {
  return canonical(`SELECT a FROM ${tables}`).slice('SELECT a FROM '.length);
}

test('a tree says of every node what it is and where it stands', () => {
  expect(parse('SELECT ra FROM t WHERE x=1', { language: 'ADQL-2.1' }).query).toEqual({
    with: [],
    expression: {
      kind: 'query-expression',
      body: {
        kind: 'select',
        distinct: false,
        top: null,
        items: [
          {
            kind: 'derived-column',
            expression: {
              kind: 'column-reference',
              name: [{ name: 'ra', delimited: false, span: { start: 7, end: 9 } }],
              span: { start: 7, end: 9 },
            },
            alias: null,
            span: { start: 7, end: 9 },
          },
        ],
        from: [
          {
            kind: 'named-table',
            name: [{ name: 't', delimited: false, span: { start: 15, end: 16 } }],
            alias: null,
            span: { start: 15, end: 16 },
          },
        ],
        where: {
          kind: 'comparison',
          operator: '=',
          left: {
            kind: 'column-reference',
            name: [{ name: 'x', delimited: false, span: { start: 23, end: 24 } }],
            span: { start: 23, end: 24 },
          },
          right: { kind: 'number', text: '1', span: { start: 25, end: 26 } },
          span: { start: 23, end: 26 },
        },
        groupBy: [],
        having: null,
        span: { start: 0, end: 26 },
      },
      orderBy: [],
      offset: null,
      span: { start: 0, end: 26 },
    },
  });
});

test.each([
  ['a-b-c', 'a - b - c'],
  ['a-(b-c)', 'a - (b - c)'],
  ['(a-b)-c', 'a - b - c'],
  ['a/b*c', 'a / b * c'],
  ['a/(b*c)', 'a / (b * c)'],
  ['a+b*c', 'a + b * c'],
  ['(a+b)*c', '(a + b) * c'],
  ['-a*-b', '-a * -b'],
  ['-(a+b)', '-(a + b)'],
  ["'x'||a+b||'y'", "'x' || a + b || 'y'"],
  ["('x'||a)+b", "('x' || a) + b"],
  ['((((a))))', 'a'],
])('operators bind as in SQL: %s', (written, printed) => {
  expect(value(written)).toBe(printed);
});

test.each([
  ['10.5', '10.5'],
  ["''", "''"],
  ['NULL', 'NULL'],
  ['89x', '89 AS x'],
  ['ROUND(5)as x', 'ROUND(5) AS x'],
  ['a b', 'a AS b'],
  ['a "size"', 'a AS "size"'],
  ['cat.sch.tab.col', 'cat.sch.tab.col'],
  ['t . a', 't.a'],
  ['tap_schema."columns".*', 'tap_schema."columns".*'],
  ['a, *', 'a, *'],
  ['count(distinct(a))', 'COUNT(DISTINCT a)'],
  ['max(all a)', 'MAX(a)'],
  ['rand(), rand(5), truncate(x, -2)', 'rand(), rand(5), truncate(x, -2)'],
  ['cast(a as double precision)', 'CAST(a AS DOUBLE PRECISION)'],
  ["cast('1 2' as point)", "CAST('1 2' AS POINT)"],
  ['my_function()', 'my_function()'],
  [
    "POINT('ICRS', 1, 2), POINT(NULL, 1, 2), POINT(1, 2)",
    "POINT('ICRS', 1, 2), POINT(NULL, 1, 2), POINT(1, 2)",
  ],
  ['CIRCLE(p, 1), CIRCLE(1, 2, 3)', 'CIRCLE(p, 1), CIRCLE(1, 2, 3)'],
  ['POLYGON(a, b, c), POLYGON(1, 2, 3, 4, 5, 6)', 'POLYGON(a, b, c), POLYGON(1, 2, 3, 4, 5, 6)'],
  [
    "DISTANCE(s_region, CENTROID(REGION('Circle 1 2 3')))",
    "DISTANCE(s_region, CENTROID(REGION('Circle 1 2 3')))",
  ],
])('a select list may hold %s', (written, printed) => {
  expect(value(written)).toBe(printed);
});

test.each([
  ['a=1 OR b=2 AND c=3', 'a = 1 OR b = 2 AND c = 3'],
  ['(a=1 OR b=2) AND c=3', '(a = 1 OR b = 2) AND c = 3'],
  ['NOT a=1 AND b=2', 'NOT a = 1 AND b = 2'],
  ['NOT (a=1 AND b=2)', 'NOT (a = 1 AND b = 2)'],
  ['((a=1))', 'a = 1'],
  ['(a)=(1)', 'a = 1'],
  ['((a)+(b))*c>1', '(a + b) * c > 1'],
  ['(a + b) BETWEEN(c)AND d', 'a + b BETWEEN c AND d'],
  ['a BETWEEN 1 AND 2 AND b NOT BETWEEN 3 AND 4', 'a BETWEEN 1 AND 2 AND b NOT BETWEEN 3 AND 4'],
  ['a IN (1)', 'a IN (1)'],
  ['a NOT IN (SELECT b FROM u)', 'a NOT IN (SELECT b FROM u)'],
  ['a IN ((SELECT b FROM u))', 'a IN (SELECT b FROM u)'],
  ['a IN ((SELECT b FROM u), 2)', 'a IN ((SELECT b FROM u), 2)'],
  [
    'a IN ((SELECT b FROM u) UNION SELECT c FROM v)',
    'a IN ((SELECT b FROM u) UNION SELECT c FROM v)',
  ],
  [
    'a = ((SELECT b FROM u) UNION (SELECT c FROM v))',
    'a = ((SELECT b FROM u) UNION (SELECT c FROM v))',
  ],
  ['((SELECT b FROM u) + 1) > a', '(SELECT b FROM u) + 1 > a'],
  ['a IS NULL OR a+b IS NOT NULL', 'a IS NULL OR a + b IS NOT NULL'],
  ["a LIKE 'x%' AND a NOT ILIKE b||'%'", "a LIKE 'x%' AND a NOT ILIKE b || '%'"],
  ['NOT EXISTS (SELECT * FROM u)', 'NOT EXISTS (SELECT * FROM u)'],
  ['1=CONTAINS(p, c)', '1 = CONTAINS(p, c)'],
])('a condition may be %s', (written, printed) => {
  expect(condition(written)).toBe(printed);
});

test('a chain of AND is one flat node', () => {
  const { query } = parse('SELECT a FROM t WHERE a = 1 AND b = 2 AND c = 3', {
    language: 'ADQL-2.1',
  });
  expect(query).toHaveProperty('expression.body.where.operands.length', 3);
});

test.each([
  ['t1, t2 u', 't1, t2 AS u'],
  ['t1 JOIN t2 ON t1.a=t2.a JOIN t3 USING (a)', 't1 JOIN t2 ON t1.a = t2.a JOIN t3 USING (a)'],
  ['t1 JOIN (t2 JOIN t3 USING (a)) USING (b)', 't1 JOIN (t2 JOIN t3 USING (a)) USING (b)'],
  ['((t1 JOIN t2 USING (a)))', 't1 JOIN t2 USING (a)'],
  ['t1 NATURAL RIGHT OUTER JOIN t2', 't1 NATURAL RIGHT JOIN t2'],
  ['t1 INNER JOIN t2', 't1 JOIN t2'],
  ['t1 CROSS JOIN t2', 't1 JOIN t2'],
  ['(SELECT a FROM u)x', '(SELECT a FROM u) AS x'],
  ['((SELECT a FROM u)) AS x', '(SELECT a FROM u) AS x'],
  [
    '((SELECT a FROM u) UNION SELECT b FROM v) AS x',
    '((SELECT a FROM u) UNION SELECT b FROM v) AS x',
  ],
  ['((SELECT a FROM u) AS x JOIN v USING (a))', '(SELECT a FROM u) AS x JOIN v USING (a)'],
  [
    'most,(anything join else3 ON(a BETWEEN(b+c)AND 4))',
    'most, anything JOIN else3 ON a BETWEEN b + c AND 4',
  ],
])('FROM may hold %s', (written, printed) => {
  expect(from(written)).toBe(printed);
});

test.each([
  ['select distinct top\n10 a from t', 'SELECT DISTINCT TOP 10 a FROM t'],
  ['SELECT ALL a FROM t;', 'SELECT a FROM t'],
  ['(SELECT a FROM t)', 'SELECT a FROM t'],
  ['SELECT a FROM t ORDER BY 2desc, a ASC OFFSET 0', 'SELECT a FROM t ORDER BY 2 DESC, a OFFSET 0'],
  ['SELECT a FROM t HAVING COUNT(*)>1', 'SELECT a FROM t HAVING COUNT(*) > 1'],
  [
    'SELECT a FROM t UNION SELECT a FROM u EXCEPT SELECT a FROM v ORDER BY a',
    'SELECT a FROM t UNION SELECT a FROM u EXCEPT SELECT a FROM v ORDER BY a',
  ],
  [
    'SELECT a FROM t UNION (SELECT a FROM u EXCEPT ALL SELECT a FROM v)',
    'SELECT a FROM t UNION (SELECT a FROM u EXCEPT ALL SELECT a FROM v)',
  ],
  [
    'WITH x AS (SELECT a FROM t), y AS (SELECT a FROM x) SELECT a FROM y',
    'WITH x AS (SELECT a FROM t), y AS (SELECT a FROM x) SELECT a FROM y',
  ],
])('a query may be %s', (written, printed) => {
  expect(canonical(written)).toBe(printed);
});

test('INTERSECT binds tighter than UNION, whichever comes first', () => {
  const operands = ['SELECT a FROM t', 'SELECT a FROM u', 'SELECT a FROM v'];
  expect(
    withoutSpans(parse(operands.join(' UNION '), { language: 'ADQL-2.1' }).query),
  ).toMatchObject({ expression: { body: { operator: 'UNION', left: { operator: 'UNION' } } } });
  const mixed = `${operands[0] ?? ''} UNION ${operands[1] ?? ''} INTERSECT ${operands[2] ?? ''}`;
  expect(withoutSpans(parse(mixed, { language: 'ADQL-2.1' }).query)).toMatchObject({
    expression: { body: { operator: 'UNION', right: { operator: 'INTERSECT' } } },
  });
});
