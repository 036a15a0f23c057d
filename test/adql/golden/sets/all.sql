SELECT c1 FROM (SELECT c1, row_number() OVER (PARTITION BY c1) AS c2 FROM (SELECT * FROM (SELECT t1."id" AS c1 FROM "lab"."keys" AS t1) AS s1) AS s1 EXCEPT SELECT c1, row_number() OVER (PARTITION BY c1) AS c2 FROM (SELECT * FROM (SELECT t2."id" AS c1 FROM "lab"."things" AS t2) AS s1) AS s1) AS s1 LIMIT $1
-- $1 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- uses lab.keys, lab.things, row_number
