SELECT t1."id" AS c1, t1."name" AS c2, t2."id" AS c3 FROM "lab"."keys" AS t1 INNER JOIN "lab"."things" AS t2 ON t1."id" = t2."id" WHERE t1."id" > $1 LIMIT $2
-- $1 integer = 0
-- $2 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- c2 name: text -> char(*)
-- c3 b_id: integer -> int, ucd meta.id
-- uses lab.keys, lab.things
