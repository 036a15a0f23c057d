SELECT t2."c1" AS c1, t3."id" AS c2, t4."id" AS c3 FROM (SELECT $1 AS c1 FROM "lab"."keys" AS t1) AS t2 FULL JOIN ("lab"."lists" AS t3 LEFT JOIN "lab"."keys" AS t4 ON t3."id" = t4."id") ON (CASE WHEN t2."c1" = t2."c1" THEN $2 ELSE $2 END) = (CASE WHEN t3."id" = t3."id" THEN $2 ELSE $2 END) AND t2."c1" < t4."id" LIMIT $3
-- $1 integer = 1
-- $2 integer = 0
-- $3 bigint = 2001
-- c1 one: integer -> int
-- c2 id: bigint -> long, ucd meta.id
-- c3 id: integer -> int, ucd meta.id
-- uses lab.keys, lab.lists
