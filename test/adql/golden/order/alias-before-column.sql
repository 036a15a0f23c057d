SELECT t1."id" AS c1, t1."small" AS c2 FROM "lab"."things" AS t1 ORDER BY c1 LIMIT $1
-- $1 bigint = 2001
-- c1 small: integer -> int, ucd meta.id
-- c2 id: smallint -> short, unit pix
-- uses lab.things
