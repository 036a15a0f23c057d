SELECT (SELECT max(t2."s_ra") + (SELECT max(t3."s_ra") + (SELECT max(t4."s_ra") + (SELECT max(t5."s_ra") + (SELECT max(t6."s_ra") AS c1 FROM "ivoa"."obscore" AS t6) AS c1 FROM "ivoa"."obscore" AS t5) AS c1 FROM "ivoa"."obscore" AS t4) AS c1 FROM "ivoa"."obscore" AS t3) AS c1 FROM "ivoa"."obscore" AS t2) AS c1 FROM "ivoa"."obscore" AS t1 LIMIT $1
-- $1 bigint = 2001
-- c1 x: double precision -> double, unit deg
-- uses ivoa.obscore, max
