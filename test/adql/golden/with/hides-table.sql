WITH q1 AS (SELECT t1."id" AS c1 FROM "lab"."keys" AS t1) SELECT t2."c1" AS c1 FROM q1 AS t2 LIMIT $1
-- $1 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- uses lab.keys
