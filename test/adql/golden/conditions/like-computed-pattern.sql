SELECT max(t1."name") AS c1 FROM "lab"."things" AS t1 WHERE t1."name" LIKE (CASE WHEN t1."id" = $1 THEN $2 ELSE t1."name" END) ESCAPE '' AND t1."name" NOT LIKE (SELECT max(t2."name") AS c1 FROM "lab"."keys" AS t2 WHERE t2."id" = t1."id") ESCAPE '' GROUP BY t1."id" HAVING max(t1."name") LIKE min(t1."name") ESCAPE '' AND max(t1."name") ILIKE coalesce(min(t1."name"), $3) ESCAPE '' LIMIT $4
-- $1 integer = 1
-- $2 text = o%
-- $3 text = x
-- $4 bigint = 2001
-- c1 longest: text -> char(*)
-- uses lab.keys, lab.things, coalesce, max, min
