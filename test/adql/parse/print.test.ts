import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Query } from '../../../adql/ast.ts';
import { parse } from '../../../adql/parse/parse.ts';
import { print } from '../../../adql/parse/print.ts';
import { arbitraryQuery } from '../arbitrary-query.ts';
import { withoutSpans } from '../without-spans.ts';

function parsed(adql: string): Query {
  return parse(adql, { language: 'ADQL-2.1' }).query;
}

test('the text of any tree is parsed into that tree again', () => {
  fc.assert(
    fc.property(arbitraryQuery, (query) => {
      expect(withoutSpans(parsed(print(query)))).toEqual(withoutSpans(query));
    }),
    { numRuns: 500 },
  );
});

const kitchenSink = `
WITH bright AS (SELECT TOP 10 * FROM ivoa.obscore ORDER BY em_min DESC OFFSET 5), -- two of them
     faint AS ((SELECT a FROM t1) UNION ALL SELECT b FROM t2 INTERSECT SELECT c FROM t3)
SELECT ALL DISTINCTION, o.*, *, 'it''s' || LOWER(name)x, -1.5e-3*(2+.5) AS "my ""x""", 89x,
  CAST(t_min AS DOUBLE PRECISION), CAST(n AS char(30)), COALESCE(a, NULL, 0), COUNT(DISTINCT a),
  COUNT(*), IN_UNIT(em_min, 'nm'), ivo_healpix_index(6, s_ra, s_dec), PI(), ROUND(x, -2),
  CASE WHEN a = 1 THEN 'one' ELSE 'many' END, CASE a WHEN 1 THEN 'x' WHEN 2 THEN 'y' END,
  (SELECT MAX(b) FROM t) AS top_b
FROM cat.ivoa."obscore" AS o NATURAL LEFT OUTER JOIN t1
  JOIN (t2 FULL JOIN t3 USING (id, "Id")) ON t2.id = o.id,
  (SELECT b FROM t4) AS q
WHERE NOT (a = 1 OR b != 2) AND (c > 3 AND d <= 4) AND (a+b)*c BETWEEN 1 AND 2
  AND e NOT IN (1, 2) AND f IN (SELECT g FROM h WHERE h.x = o.x) AND EXISTS (SELECT * FROM t5)
  AND n NOT LIKE 'M%' AND m ILIKE '_x' AND k IS NOT NULL
  AND 1 = CONTAINS(POINT('ICRS', s_ra, s_dec), CIRCLE(POINT(10, 20), 0.5))
GROUP BY a, b + 1
HAVING COUNT(*) > 1
ORDER BY 1 DESC, a ASC, ABS(b)
OFFSET 100;`;

test('a query with everything in it is printed in one canonical form', () => {
  expect(
    print(parsed(kitchenSink)).replaceAll(
      / (?=FROM cat|WHERE NOT|GROUP BY|HAVING|ORDER BY 1|SELECT DIST)/g,
      '\n',
    ),
  ).toBe(
    `WITH bright AS (SELECT TOP 10 * FROM ivoa.obscore ORDER BY em_min DESC OFFSET 5), \
faint AS ((SELECT a FROM t1) UNION ALL SELECT b FROM t2 INTERSECT SELECT c FROM t3)
SELECT DISTINCTION, o.*, *, 'it''s' || LOWER(name) AS x, -1.5e-3 * (2 + .5) AS "my ""x""", 89 AS x, \
CAST(t_min AS DOUBLE PRECISION), CAST(n AS CHAR(30)), COALESCE(a, NULL, 0), COUNT(DISTINCT a), \
COUNT(*), IN_UNIT(em_min, 'nm'), ivo_healpix_index(6, s_ra, s_dec), PI(), ROUND(x, -2), \
CASE WHEN a = 1 THEN 'one' ELSE 'many' END, CASE WHEN a = 1 THEN 'x' WHEN a = 2 THEN 'y' END, \
(SELECT MAX(b) FROM t) AS top_b
FROM cat.ivoa."obscore" AS o NATURAL LEFT JOIN t1 \
JOIN (t2 FULL JOIN t3 USING (id, "Id")) ON t2.id = o.id, (SELECT b FROM t4) AS q
WHERE NOT (a = 1 OR b <> 2) AND (c > 3 AND d <= 4) AND (a + b) * c BETWEEN 1 AND 2 \
AND e NOT IN (1, 2) AND f IN (SELECT g FROM h WHERE h.x = o.x) AND EXISTS (SELECT * FROM t5) \
AND n NOT LIKE 'M%' AND m ILIKE '_x' AND k IS NOT NULL \
AND 1 = CONTAINS(POINT('ICRS', s_ra, s_dec), CIRCLE(POINT(10, 20), 0.5))
GROUP BY a, b + 1
HAVING COUNT(*) > 1
ORDER BY 1 DESC, a, ABS(b) OFFSET 100`,
  );
});
