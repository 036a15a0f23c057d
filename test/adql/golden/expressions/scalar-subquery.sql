SELECT t1."id" AS c1, (SELECT t4."name" AS c1 FROM "lab"."keys" AS t4 WHERE t4."id" = t1."id") AS c2 FROM "lab"."things" AS t1 WHERE t1."id" = (SELECT max(t2."id") - $1 AS c1 FROM "lab"."things" AS t2) OR ((SELECT count(*) AS c1 FROM "lab"."keys" AS t3) + $1) > t1."id" LIMIT $2
-- $1 integer = 1
-- $2 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- c2 key_name: text -> char(*)
-- uses lab.keys, lab.things, count, max
