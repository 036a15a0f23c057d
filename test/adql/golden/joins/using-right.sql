SELECT t2."id" AS c1, t1."id" AS c2 FROM "lab"."keys" AS t1 RIGHT JOIN "lab"."things" AS t2 ON t1."id" = t2."id" LIMIT $1
-- $1 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- c2 left_id: integer -> int, ucd meta.id
-- uses lab.keys, lab.things
