SELECT * FROM (SELECT t1."id" AS c1 FROM "lab"."keys" AS t1 LIMIT $1) AS s1 UNION ALL SELECT * FROM (SELECT t2."id" AS c1 FROM "lab"."things" AS t2 LIMIT $2) AS s1 LIMIT $3
-- $1 bigint = 1
-- $2 bigint = 2
-- $3 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- uses lab.keys, lab.things
