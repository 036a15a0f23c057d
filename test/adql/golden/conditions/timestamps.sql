SELECT t1."id" AS c1 FROM "lab"."things" AS t1 WHERE t1."at" > $1 AND t1."at" BETWEEN $2 AND $3 AND t1."at_zone" >= $4 AND t1."at" <= t1."at_zone" AND $5 > t1."at" LIMIT $6
-- $1 timestamp without time zone = 2021-03-04T00:00:00
-- $2 timestamp without time zone = 2021-03-04T05:06
-- $3 timestamp without time zone = 2021-03-04T05:06:07.5
-- $4 timestamp with time zone = 2021-03-04T05:06:07Z
-- $5 timestamp without time zone = 2030-01-01T00:00:00
-- $6 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- uses lab.things
