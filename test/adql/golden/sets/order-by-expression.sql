SELECT t3."c1" AS c1 FROM (SELECT * FROM (SELECT t1."id" AS c1 FROM "lab"."keys" AS t1) AS s1 UNION SELECT * FROM (SELECT t2."id" AS c1 FROM "lab"."things" AS t2) AS s1) AS t3 ORDER BY adql.abs(CAST(t3."c1" - $1 AS double precision)), c1 DESC LIMIT $2 OFFSET $3
-- $1 integer = 3
-- $2 bigint = 2001
-- $3 bigint = 1
-- c1 id: integer -> int, ucd meta.id
-- uses lab.keys, lab.things, adql.abs
