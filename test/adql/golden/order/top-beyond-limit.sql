SELECT t1."id" AS c1 FROM "lab"."keys" AS t1 LIMIT $1
-- $1 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- uses lab.keys
