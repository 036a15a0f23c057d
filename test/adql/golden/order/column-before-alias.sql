SELECT adql.abs(t1."s_ra") AS c1, t1."s_ra" + $1 AS c2 FROM "ivoa"."obscore" AS t1 ORDER BY t1."s_dec" + $1, (t1."s_ra" + $1) * $2, (SELECT count(*) AS c1 FROM "lab"."keys" AS t2 WHERE t2."id" < t1."s_ra") LIMIT $3
-- $1 integer = 1
-- $2 integer = 2
-- $3 bigint = 2001
-- c1 s_dec: double precision -> double, unit deg
-- c2 x: double precision -> double
-- uses ivoa.obscore, lab.keys, adql.abs, count
