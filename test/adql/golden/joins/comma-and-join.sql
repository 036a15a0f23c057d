SELECT t1."id" AS c1 FROM "lab"."keys" AS t1 INNER JOIN ("lab"."keys" AS t2 INNER JOIN "lab"."things" AS t3 ON t2."id" = t3."id") ON TRUE INNER JOIN "lab"."things" AS t4 ON TRUE WHERE t1."id" = t4."id" LIMIT $1
-- $1 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- uses lab.keys, lab.things
