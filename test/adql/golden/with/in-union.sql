WITH q1 AS (SELECT t1."id" AS c1 FROM "lab"."keys" AS t1) SELECT * FROM (SELECT t2."c1" AS c1 FROM q1 AS t2) AS s1 UNION SELECT * FROM (SELECT t3."c1" + $1 AS c1 FROM q1 AS t3) AS s1 LIMIT $2
-- $1 integer = 1
-- $2 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- uses lab.keys
