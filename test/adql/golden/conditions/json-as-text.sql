SELECT t1."id" AS c1 FROM "lab"."things" AS t1 WHERE CAST(t1."doc" AS text) LIKE $1 AND CAST(t1."doc" AS text) <> $2 AND t1."doc" IS NOT NULL AND CAST(t1."doc" AS text) IN (SELECT CAST(t3."c1" AS text) AS c1 FROM (SELECT t2."doc" AS c1 FROM "lab"."things" AS t2) AS t3) LIMIT $3
-- $1 text = %a%
-- $2 text = 
-- $3 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- uses lab.things
