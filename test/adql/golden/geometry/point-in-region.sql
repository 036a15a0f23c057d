SELECT t1."obs_id" AS c1 FROM "ivoa"."obscore" AS t1 WHERE sky.region_id(t1."s_region") = ANY (ARRAY(SELECT s1 FROM sky.regions_around_point($1, $2) AS s1)) LIMIT $3
-- $1 double precision = 100
-- $2 double precision = -40
-- $3 bigint = 5
-- c1 obs_id: text -> char(*), ucd meta.id
-- uses ivoa.obscore, sky.region_id, sky.regions_around_point
