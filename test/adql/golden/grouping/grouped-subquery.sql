SELECT t1."id" AS c1, (SELECT count(*) AS c1 FROM "lab"."keys" AS t2 WHERE t2."id" = t1."id") AS c2 FROM "lab"."things" AS t1 GROUP BY t1."id" LIMIT $1
-- $1 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- c2 n: bigint -> long, ucd meta.number
-- uses lab.keys, lab.things, count
