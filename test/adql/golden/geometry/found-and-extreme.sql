SELECT min(CASE WHEN t1."t_min" IS NOT NULL THEN t1."t_min" END) AS c1, max(CASE WHEN t1."t_max" IS NOT NULL THEN t1."t_max" END) - min(CASE WHEN t1."t_min" IS NOT NULL THEN t1."t_min" END) AS c2, count(*) AS c3 FROM "ivoa"."obscore" AS t1 WHERE (sky.near(t1."s_ra", t1."s_dec", $1, $2, $3) AND sky.distance(t1."s_ra", t1."s_dec", $1, $2) < $3) LIMIT $4
-- $1 double precision = 100
-- $2 double precision = -40
-- $3 double precision = 0.5
-- $4 bigint = 2001
-- c1 min: double precision -> double, unit d, ucd time.start;obs.exposure
-- c2 col2: double precision -> double, unit d
-- c3 count: bigint -> long, ucd meta.number
-- uses ivoa.obscore, count, max, min, sky.distance, sky.near
