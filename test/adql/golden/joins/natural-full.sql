SELECT coalesce(t1."id", t2."id") AS c1, coalesce(t1."name", t2."name") AS c2 FROM "lab"."keys" AS t1 FULL JOIN "lab"."keys" AS t2 ON t1."id" = t2."id" AND t1."name" = t2."name" LIMIT $1
-- $1 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- c2 name: text -> char(*)
-- uses lab.keys, coalesce
