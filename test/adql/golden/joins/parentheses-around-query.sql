SELECT t1."id" AS c1 FROM "lab"."things" AS t1 INNER JOIN ((SELECT t2."id" AS c1 FROM "lab"."keys" AS t2) AS t3 INNER JOIN "lab"."keys" AS t4 ON t3."c1" = t4."id") ON TRUE WHERE t1."id" = t4."id" LIMIT $1
-- $1 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- uses lab.keys, lab.things
