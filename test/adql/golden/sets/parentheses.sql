SELECT * FROM (SELECT t1."id" AS c1 FROM "lab"."keys" AS t1 ORDER BY c1 DESC LIMIT $1) AS s1 UNION SELECT * FROM (SELECT * FROM (SELECT t2."id" AS c1 FROM "lab"."things" AS t2) AS s1 EXCEPT SELECT * FROM (SELECT $2 AS c1 FROM "lab"."keys" AS t3) AS s1) AS s1 ORDER BY c1 DESC LIMIT $3
-- $1 bigint = 1
-- $2 integer = 1
-- $3 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- uses lab.keys, lab.things
