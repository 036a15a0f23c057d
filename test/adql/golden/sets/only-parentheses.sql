SELECT t3."c1" AS c1 FROM (SELECT * FROM (SELECT t1."id" AS c1 FROM "lab"."keys" AS t1 ORDER BY t1."name" LIMIT $1) AS s1 UNION SELECT * FROM (SELECT $2 AS c1 FROM "lab"."keys" AS t2) AS s1) AS t3 LIMIT $3
-- $1 bigint = 2
-- $2 integer = 7
-- $3 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- uses lab.keys
