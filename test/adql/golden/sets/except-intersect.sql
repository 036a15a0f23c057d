SELECT * FROM (SELECT t1."id" AS c1 FROM "lab"."keys" AS t1) AS s1 EXCEPT SELECT * FROM (SELECT * FROM (SELECT t2."id" AS c1 FROM "lab"."things" AS t2) AS s1 INTERSECT SELECT * FROM (SELECT CAST(t4."c1" AS integer) AS c1 FROM (SELECT t3."small" AS c1 FROM "lab"."things" AS t3) AS t4) AS s1) AS s1 LIMIT $1
-- $1 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- uses lab.keys, lab.things
