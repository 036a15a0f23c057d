SELECT t1."obs_id" AS c1 FROM "ivoa"."obscore" AS t1 WHERE sky.point_in_region(t1."s_ra", t1."s_dec", sky.region_literal($1)) LIMIT $2
-- $1 text = Union ICRS (Circle 100 -40 1 Polygon 1 2 3 4 5 0)
-- $2 bigint = 2001
-- c1 obs_id: text -> char(*), ucd meta.id
-- uses ivoa.obscore, sky.point_in_region, sky.region_literal
