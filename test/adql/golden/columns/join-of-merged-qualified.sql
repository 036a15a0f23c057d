SELECT t1."id" AS c1, t1."name" AS c2, t2."id" AS c3 FROM "lab"."keys" AS t1 INNER JOIN "lab"."keys" AS t2 ON t1."id" = t2."id" LIMIT $1
-- $1 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- c2 name: text -> char(*)
-- c3 id: integer -> int, ucd meta.id
-- uses lab.keys
