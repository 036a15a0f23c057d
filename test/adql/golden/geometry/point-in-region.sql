SELECT t1."obs_id" AS c1 FROM "ivoa"."obscore" AS t1 WHERE sky.region_id(t1."s_region") = ANY (ARRAY(SELECT s1 FROM sky.search_around_position($1, $2, $1, $2, $3, $4, $5, $6) AS s1)) LIMIT $7
-- $1 double precision = 100
-- $2 double precision = -40
-- $3 double precision = -0.13302222155948898
-- $4 double precision = 0.7544065067354889
-- $5 double precision = -0.6427876096865393
-- $6 double precision[] = {0,-0.13302222155948898,0.7544065067354889,-0.6427876096865393,100,-40}
-- $7 bigint = 5
-- c1 obs_id: text -> char(*), ucd meta.id
-- uses ivoa.obscore, sky.region_id, sky.search_around_position
