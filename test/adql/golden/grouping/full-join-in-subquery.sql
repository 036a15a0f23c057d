SELECT t4."c1" AS c1, count(*) AS c2 FROM "lab"."things" AS t1 FULL JOIN "lab"."keys" AS t2 ON t1."id" = t2."id" INNER JOIN LATERAL (SELECT coalesce(t1."id", t2."id") AS c1) AS t4 ON TRUE GROUP BY t4."c1" HAVING EXISTS (SELECT $1 AS c1 FROM "tap_schema"."columns" AS t3 WHERE t3."principal" < t4."c1") LIMIT $2
-- $1 integer = 1
-- $2 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- c2 n: bigint -> long, ucd meta.number
-- uses lab.keys, lab.things, tap_schema.columns, coalesce, count
