SELECT t2."c15" AS c1, t2."c14" AS c2 FROM (SELECT t1."id" AS c1, t1."name" AS c2, t1."flag" AS c3, t1."small" AS c4, t1."big" AS c5, t1."ratio" AS c6, t1."size" AS c7, CAST(t1."exact" AS double precision) AS c8, t1."at" AS c9, t1."at_zone" AS c10, t1."numbers" AS c11, t1."blob" AS c12, t1."doc" AS c13, t1."Mixed" AS c14, t1."mixed" AS c15 FROM "lab"."things" AS t1) AS t2 LIMIT $1
-- $1 bigint = 2001
-- c1 mixed: integer -> int
-- c2 Mixed: integer -> int
-- uses lab.things
