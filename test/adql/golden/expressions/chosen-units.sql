SELECT coalesce(t1."size", $1) AS c1, CASE WHEN t1."id" = $2 THEN CAST(t1."small" AS double precision) ELSE t1."size" END AS c2, CASE WHEN t1."id" = $2 THEN t1."size" END AS c3, coalesce(CAST(t1."exact" AS double precision), adql.ivo_to_mjd(t1."at")) AS c4 FROM "lab"."things" AS t1 LIMIT $3
-- $1 double precision = 0
-- $2 integer = 1
-- $3 bigint = 2001
-- c1 filled: double precision -> double, unit m, ucd phys.size
-- c2 mixed: double precision -> double
-- c3 one: double precision -> double, unit m, ucd phys.size
-- c4 other: double precision -> double
-- uses lab.things, adql.ivo_to_mjd, coalesce
