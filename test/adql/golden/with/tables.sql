WITH q1 AS (SELECT t1."id" AS c1, t1."name" AS c2 FROM "lab"."keys" AS t1 WHERE t1."id" > $1), q2 AS (SELECT t2."c1" AS c1 FROM q1 AS t2) SELECT t3."c2" AS c1, t4."c1" AS c2 FROM q1 AS t3 INNER JOIN q2 AS t4 ON t3."c1" = t4."c1" LIMIT $2
-- $1 integer = 0
-- $2 bigint = 2001
-- c1 name: text -> char(*)
-- c2 bid: integer -> int, ucd meta.id
-- uses lab.keys
