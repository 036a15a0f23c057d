SELECT CAST(t1."exact" AS double precision) AS c1, CAST(t1."exact" AS double precision) * $1 AS c2, (SELECT count(*) AS c1 FROM "lab"."keys" AS t2 WHERE t2."id" > CAST(t1."exact" AS double precision)) AS c3 FROM "lab"."things" AS t1 GROUP BY t1."exact" ORDER BY c1 LIMIT $2
-- $1 integer = 2
-- $2 bigint = 2001
-- c1 exact: double precision -> double, unit s
-- c2 twice: double precision -> double
-- c3 n: bigint -> long, ucd meta.number
-- uses lab.keys, lab.things, count
