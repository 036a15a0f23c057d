SELECT t1."id" AS c1, t1."name" AS c2, t1."id" AS c3, t1."name" AS c4, t2."id" AS c5, t2."name" AS c6 FROM "lab"."keys" AS t1 INNER JOIN "lab"."keys" AS t2 ON TRUE LIMIT $1
-- $1 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- c2 name: text -> char(*)
-- c3 id: integer -> int, ucd meta.id
-- c4 name: text -> char(*)
-- c5 id: integer -> int, ucd meta.id
-- c6 name: text -> char(*)
-- uses lab.keys
