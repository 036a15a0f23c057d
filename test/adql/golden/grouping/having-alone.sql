SELECT count(*) AS c1 FROM "lab"."things" AS t1 HAVING max(t1."id") > $1 LIMIT $2
-- $1 integer = 2
-- $2 bigint = 2001
-- c1 n: bigint -> long, ucd meta.number
-- uses lab.things, count, max
