SELECT t2."id" AS c1, t2."name" AS c2, t3."name" AS c3, t4."id" AS c4 FROM "lab"."things" AS t1 LEFT JOIN "lab"."keys" AS t2 ON t1."id" = t2."id" RIGHT JOIN "lab"."keys" AS t3 ON t2."name" = t3."name" FULL JOIN "lab"."keys" AS t4 ON t4."id" = t3."id" LIMIT $1
-- $1 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- c2 name: text -> char(*)
-- c3 c_name: text -> char(*)
-- c4 d_id: integer -> int, ucd meta.id
-- uses lab.keys, lab.things
