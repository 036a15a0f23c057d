SELECT t1."s_region" AS c1, count(*) AS c2 FROM "ivoa"."obscore" AS t1 GROUP BY t1."s_region" HAVING NOT ((CASE WHEN sky.region_id(t1."s_region") IN (SELECT s1 FROM sky.regions_meeting($1) AS s1) THEN TRUE WHEN sky.region_id(t1."s_region") IN (SELECT s1 FROM sky.regions_not_meeting($1) AS s1) THEN FALSE END)) AND NOT ((CASE WHEN sky.region_id(t1."s_region") IN (SELECT s1 FROM sky.regions_around_point($2, $3) AS s1) THEN TRUE WHEN sky.region_id(t1."s_region") IN (SELECT s1 FROM sky.regions_not_around_point($2, $3) AS s1) THEN FALSE END)) LIMIT $4
-- $1 double precision[] = {100,-40,10}
-- $2 double precision = 100
-- $3 double precision = -40
-- $4 bigint = 2001
-- c1 s_region: text -> char(*), xtype adql:REGION, ucd pos.outline;obs.field
-- c2 n: bigint -> long, ucd meta.number
-- uses ivoa.obscore, count, sky.region_id, sky.regions_around_point, sky.regions_meeting, sky.regions_not_around_point, sky.regions_not_meeting
