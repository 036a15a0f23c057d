SELECT t1."id" AS c1 FROM "lab"."things" AS t1 ORDER BY c1 DESC LIMIT $1 OFFSET $2
-- $1 bigint = 5
-- $2 bigint = 1
-- c1 id: integer -> int, ucd meta.id
-- uses lab.things
