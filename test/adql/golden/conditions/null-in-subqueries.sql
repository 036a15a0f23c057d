SELECT t1."id" AS c1 FROM "lab"."things" AS t1 WHERE $1 IN (SELECT t2."at_zone" AS c1 FROM "lab"."things" AS t2) OR $2 NOT IN (SELECT t3."ints" AS c1 FROM "lab"."lists" AS t3) LIMIT $3
-- $1 timestamp with time zone = NULL
-- $2 integer[] = NULL
-- $3 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- uses lab.lists, lab.things
