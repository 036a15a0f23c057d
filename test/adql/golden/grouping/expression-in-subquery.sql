SELECT t5."c1" AS c1, (SELECT count(*) AS c1 FROM "lab"."keys" AS t2 WHERE t2."id" < (t5."c1" + $1)) AS c2 FROM "lab"."things" AS t1 INNER JOIN LATERAL (SELECT t1."id" + $2 AS c1) AS t5 ON TRUE GROUP BY t5."c1" HAVING EXISTS (SELECT $2 AS c1 FROM "lab"."keys" AS t3 WHERE t3."id" <= t5."c1") ORDER BY (SELECT max(t4."id") AS c1 FROM "lab"."keys" AS t4 WHERE t4."id" <> t5."c1"), c1 LIMIT $3
-- $1 integer = 2
-- $2 integer = 1
-- $3 bigint = 2001
-- c1 x: integer -> int
-- c2 n: bigint -> long, ucd meta.number
-- uses lab.keys, lab.things, count, max
