SELECT t3."c1" AS c1, t3."c1" - $1 + count(*) + t3."c1" AS c2 FROM "lab"."things" AS t1 INNER JOIN LATERAL (SELECT t1."id" + $2 AS c1) AS t3 ON TRUE GROUP BY t3."c1" HAVING t3."c1" IN (SELECT t3."c1" AS c1 FROM "lab"."keys" AS t2) LIMIT $3
-- $1 integer = 2
-- $2 integer = 1
-- $3 bigint = 2001
-- c1 x: integer -> int
-- c2 n: bigint -> long
-- uses lab.keys, lab.things, count
