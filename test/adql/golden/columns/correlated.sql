SELECT t1."id" AS c1 FROM "lab"."things" AS t1 WHERE EXISTS (SELECT t2."id" AS c1, t2."name" AS c2 FROM "lab"."keys" AS t2 WHERE t2."id" = t1."id" AND t2."name" <> t1."name") LIMIT $1
-- $1 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- uses lab.keys, lab.things
