SELECT t1."obs_id" AS c1, sky.distance(t1."s_ra", t1."s_dec", $1, $2) AS c2 FROM "ivoa"."obscore" AS t1 WHERE (sky.near(t1."s_ra", t1."s_dec", $1, $2, $3) AND sky.distance(t1."s_ra", t1."s_dec", $1, $2) < $3) AND (sky.near(t1."s_ra", t1."s_dec", $1, $2, $3) AND $3 >= sky.distance($1, $2, t1."s_ra", t1."s_dec")) AND (sky.near(t1."s_ra", t1."s_dec", $1, $2, sky.reach(t1."s_fov")) AND sky.distance(t1."s_ra", t1."s_dec", $1, $2) BETWEEN $4 AND t1."s_fov") AND sky.distance(t1."s_ra", t1."s_dec", $1, $2) > $5 ORDER BY c2 LIMIT $6
-- $1 double precision = 100
-- $2 double precision = -40
-- $3 integer = 1
-- $4 integer = 0
-- $5 double precision = 0.1
-- $6 bigint = 2001
-- c1 obs_id: text -> char(*), ucd meta.id
-- c2 separation: double precision -> double, unit deg, ucd pos.angDistance
-- uses ivoa.obscore, sky.distance, sky.near, sky.reach
