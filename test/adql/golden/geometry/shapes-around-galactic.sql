SELECT sky.centroid(sky.circle(sky.coord1(adql.ivo_geom_transform($1, $2, sky.point(t1."s_ra", t1."s_dec"))), sky.coord2(adql.ivo_geom_transform($1, $2, sky.point(t1."s_ra", t1."s_dec"))), $3)) AS c1 FROM "ivoa"."obscore" AS t1 LIMIT $4
-- $1 text = ICRS
-- $2 text = GALACTIC
-- $3 double precision = 3
-- $4 bigint = 2001
-- c1 c: double precision[] -> double(2), xtype point, unit deg
-- uses ivoa.obscore, adql.ivo_geom_transform, sky.centroid, sky.circle, sky.coord1, sky.coord2, sky.point
