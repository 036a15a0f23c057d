SELECT t2."c1" AS c1, t3."name" AS c2 FROM (SELECT t1."id" AS c1, count(*) AS c2 FROM "lab"."things" AS t1 GROUP BY t1."id") AS t2 INNER JOIN "lab"."keys" AS t3 ON t3."id" = t2."c1" LIMIT $1
-- $1 bigint = 2001
-- c1 n: integer -> int, ucd meta.id
-- c2 name: text -> char(*)
-- uses lab.keys, lab.things, count
