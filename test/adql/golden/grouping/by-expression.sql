SELECT adql.mod(CAST(t1."id" AS bigint), $1) AS c1, adql.mod(CAST(t1."id" AS bigint), $1) + $2 AS c2, count(*) AS c3 FROM "lab"."things" AS t1 GROUP BY adql.mod(CAST(t1."id" AS bigint), $1) LIMIT $3
-- $1 bigint = 2
-- $2 integer = 1
-- $3 bigint = 2001
-- c1 parity: bigint -> long
-- c2 following: bigint -> long
-- c3 n: bigint -> long, ucd meta.number
-- uses lab.things, adql.mod, count
