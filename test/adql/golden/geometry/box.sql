SELECT t1."obs_id" AS c1 FROM "ivoa"."obscore" AS t1 WHERE sky.point_in_shape(t1."s_ra", t1."s_dec", $1) LIMIT $2
-- $1 double precision[] = {355,-42.5,5,-42.5,5,-37.5,355,-37.5}
-- $2 bigint = 2001
-- c1 obs_id: text -> char(*), ucd meta.id
-- uses ivoa.obscore, sky.point_in_shape
