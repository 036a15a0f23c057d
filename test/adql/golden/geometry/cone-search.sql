SELECT t1."obs_id" AS c1 FROM "ivoa"."obscore" AS t1 WHERE sky.point_in_circle(t1."s_ra", t1."s_dec", $1, $2, $3) LIMIT $4
-- $1 double precision = 100
-- $2 double precision = -40
-- $3 double precision = 1
-- $4 bigint = 2001
-- c1 obs_id: text -> char(*), ucd meta.id
-- uses ivoa.obscore, sky.point_in_circle
