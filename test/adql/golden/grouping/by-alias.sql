SELECT adql.mod(CAST(t1."id" AS bigint), $1) AS c1, count(*) AS c2 FROM "lab"."things" AS t1 GROUP BY adql.mod(CAST(t1."id" AS bigint), $1) ORDER BY c1 LIMIT $2
-- $1 bigint = 2
-- $2 bigint = 2001
-- c1 parity: bigint -> long
-- c2 n: bigint -> long, ucd meta.number
-- uses lab.things, adql.mod, count
