SELECT CAST((CASE WHEN sky.region_id(t1."s_region") IN (SELECT s1 FROM sky.regions_around_point($1, $2) AS s1) THEN TRUE WHEN sky.region_id(t1."s_region") IN (SELECT s1 FROM sky.regions_not_around_point($1, $2) AS s1) THEN FALSE END) AS integer) AS c1, count(*) AS c2 FROM "ivoa"."obscore" AS t1 GROUP BY CAST((CASE WHEN sky.region_id(t1."s_region") IN (SELECT s1 FROM sky.regions_around_point($1, $2) AS s1) THEN TRUE WHEN sky.region_id(t1."s_region") IN (SELECT s1 FROM sky.regions_not_around_point($1, $2) AS s1) THEN FALSE END) AS integer) ORDER BY c1 LIMIT $3
-- $1 double precision = 100
-- $2 double precision = -40
-- $3 bigint = 2001
-- c1 hit: integer -> int
-- c2 n: bigint -> long, ucd meta.number
-- uses ivoa.obscore, count, sky.region_id, sky.regions_around_point, sky.regions_not_around_point
