SELECT t1."id" AS c1 FROM "lab"."things" AS t1 WHERE t1."id" IN (SELECT * FROM (SELECT t2."id" AS c1 FROM "lab"."keys" AS t2) AS s1 UNION SELECT * FROM (SELECT $1 AS c1 FROM "lab"."keys" AS t3) AS s1) LIMIT $2
-- $1 integer = 2
-- $2 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- uses lab.keys, lab.things
