SELECT t1."obs_id" AS c1, CAST((CASE WHEN sky.region_id(t1."s_region") IN (SELECT s1 FROM sky.regions_around_point($1, $2) AS s1) THEN TRUE WHEN sky.region_id(t1."s_region") IN (SELECT s1 FROM sky.regions_not_around_point($1, $2) AS s1) THEN FALSE END) AS integer) AS c2, CAST(sky.region_has_position(sky.region_id(t1."s_region"), t1."s_ra", t1."s_dec") AS integer) AS c3 FROM "ivoa"."obscore" AS t1 WHERE NOT ((CASE WHEN sky.region_id(t1."s_region") IN (SELECT s1 FROM sky.regions_meeting($3) AS s1) THEN TRUE WHEN sky.region_id(t1."s_region") IN (SELECT s1 FROM sky.regions_not_meeting($3) AS s1) THEN FALSE END)) AND t1."t_min" < $4 LIMIT $5
-- $1 double precision = 100
-- $2 double precision = -40
-- $3 double precision[] = {100,-40,0.1}
-- $4 double precision = 58624.96
-- $5 bigint = 5
-- c1 obs_id: text -> char(*), ucd meta.id
-- c2 hit: integer -> int
-- c3 own: integer -> int
-- uses ivoa.obscore, sky.region_has_position, sky.region_id, sky.regions_around_point, sky.regions_meeting, sky.regions_not_around_point, sky.regions_not_meeting
