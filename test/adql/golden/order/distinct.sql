SELECT DISTINCT t1."id" AS c1, lower(t1."name") AS c2 FROM "lab"."things" AS t1 ORDER BY c2, c1 LIMIT $1
-- $1 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- c2 l: text -> char(*)
-- uses lab.things, lower
