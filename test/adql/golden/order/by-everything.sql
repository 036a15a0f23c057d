SELECT t1."id" AS c1, t1."name" AS c2 FROM "lab"."things" AS t1 ORDER BY c2, c1 DESC, t1."size", t1."id" + $1, lower(t1."name"), t1."at" LIMIT $2
-- $1 integer = 1
-- $2 bigint = 2001
-- c1 n: integer -> int, ucd meta.id
-- c2 name: text -> char(*)
-- uses lab.things, lower
