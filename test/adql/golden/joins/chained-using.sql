SELECT t1."id" AS c1, t1."name" AS c2, t3."name" AS c3 FROM "lab"."keys" AS t1 INNER JOIN "lab"."keys" AS t2 ON t1."id" = t2."id" AND t1."name" = t2."name" LEFT JOIN "lab"."keys" AS t3 ON t1."id" = t3."id" LIMIT $1
-- $1 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- c2 name: text -> char(*)
-- c3 name: text -> char(*)
-- uses lab.keys
