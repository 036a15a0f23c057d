SELECT * FROM (SELECT CAST(t3."c1" AS bigint[]) AS c1 FROM (SELECT t1."shorts" AS c1 FROM "lab"."lists" AS t1) AS t3) AS s1 UNION ALL SELECT * FROM (SELECT t2."longs" AS c1 FROM "lab"."lists" AS t2) AS s1 LIMIT $1
-- $1 bigint = 2001
-- c1 shorts: bigint[] -> long(*)
-- uses lab.lists
