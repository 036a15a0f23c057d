SELECT * FROM (SELECT t1."id" AS c1, t1."name" AS c2 FROM "lab"."keys" AS t1) AS s1 UNION SELECT * FROM (SELECT t2."id" AS c1, t2."name" AS c2 FROM "lab"."things" AS t2) AS s1 UNION ALL SELECT * FROM (SELECT $1 AS c1, $2 AS c2 FROM "lab"."keys" AS t3) AS s1 ORDER BY c1 LIMIT $3 OFFSET $4
-- $1 integer = 5
-- $2 text = five
-- $3 bigint = 2001
-- $4 bigint = 1
-- c1 id: integer -> int, ucd meta.id
-- c2 name: text -> char(*)
-- uses lab.keys, lab.things
