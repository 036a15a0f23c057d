SELECT t1."id" AS c1 FROM "lab"."things" AS t1 WHERE t1."name" = $1 OR $1 = $1 OR t1."id" = ANY($2) OR t1."id" BETWEEN $3 AND $4 OR t1."at" < $5 LIMIT $6
-- $1 text = NULL
-- $2 integer[] = {1,NULL}
-- $3 integer = NULL
-- $4 integer = 3
-- $5 timestamp without time zone = NULL
-- $6 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- uses lab.things
