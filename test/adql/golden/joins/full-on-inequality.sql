SELECT t1."id" AS c1 FROM "lab"."keys" AS t1 FULL JOIN "lab"."things" AS t2 ON t1."id" = t2."id" AND t1."id" > $1 LIMIT $2
-- $1 integer = 1
-- $2 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- uses lab.keys, lab.things
