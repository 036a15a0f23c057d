SELECT t1."id" AS c1 FROM "lab"."things" AS t1 WHERE t1."id" IN (SELECT t2."id" AS c1 FROM "lab"."keys" AS t2 WHERE t2."name" IS NOT NULL) LIMIT $1
-- $1 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- uses lab.keys, lab.things
