SELECT t1."id" AS c1, t2."id" AS c2 FROM "lab"."keys" AS t1 FULL JOIN "lab"."things" AS t2 ON (CASE WHEN t1."id" = t1."id" THEN $1 ELSE $1 END) = (CASE WHEN t2."id" = t2."id" THEN $1 ELSE $1 END) AND (t1."id" < t2."id" OR t2."name" IS NULL) LIMIT $2
-- $1 integer = 0
-- $2 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- c2 id: integer -> int, ucd meta.id
-- uses lab.keys, lab.things
