SELECT t1."id" AS c1 FROM "lab"."things" AS t1 WHERE t1."id" IN (SELECT t2."id" AS c1 FROM "lab"."keys" AS t2 ORDER BY c1 LIMIT $1 OFFSET $1) LIMIT $2 OFFSET $3
-- $1 bigint = 1
-- $2 bigint = 2001
-- $3 bigint = 0
-- c1 id: integer -> int, ucd meta.id
-- uses lab.keys, lab.things
