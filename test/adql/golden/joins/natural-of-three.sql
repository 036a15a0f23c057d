SELECT t1."id" AS c1, t1."name" AS c2, t4."c2" AS c3 FROM "lab"."keys" AS t1 INNER JOIN "lab"."keys" AS t2 ON t1."id" = t2."id" AND t1."name" = t2."name" INNER JOIN (SELECT t3."id" AS c1, t3."Mixed" AS c2 FROM "lab"."things" AS t3) AS t4 ON t1."id" = t4."c1" LIMIT $1
-- $1 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- c2 name: text -> char(*)
-- c3 Mixed: integer -> int
-- uses lab.keys, lab.things
