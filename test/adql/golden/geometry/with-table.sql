WITH q1 AS (SELECT t1."obs_id" AS c1, t1."s_ra" AS c2, t1."s_dec" AS c3, t1."s_region" AS c4 FROM "ivoa"."obscore" AS t1 WHERE (sky.near(t1."s_ra", t1."s_dec", $1, $2, $3) AND sky.distance(t1."s_ra", t1."s_dec", $1, $2) < $3)) SELECT t2."c1" AS c1 FROM q1 AS t2 WHERE sky.point_in_circle(t2."c2", t2."c3", $1, $2, $4) AND sky.region_id(t2."c4") = ANY (ARRAY(SELECT s1 FROM sky.regions_around_point($1, $2) AS s1)) LIMIT $5
-- $1 double precision = 0
-- $2 double precision = -40
-- $3 integer = 5
-- $4 double precision = 1
-- $5 bigint = 2001
-- c1 obs_id: text -> char(*), ucd meta.id
-- uses ivoa.obscore, sky.distance, sky.near, sky.point_in_circle, sky.region_id, sky.regions_around_point
