SELECT adql.ivo_geom_transform($1, $2, sky.region(t1."s_region")) AS c1 FROM "ivoa"."obscore" AS t1 WHERE sky.contains($3, adql.ivo_geom_transform($1, $2, sky.region(t1."s_region"))) LIMIT $4
-- $1 text = ICRS
-- $2 text = GALACTIC
-- $3 double precision[] = {240,3}
-- $4 bigint = 2001
-- c1 ivo_geom_transform: double precision[] -> double(*), unit deg
-- uses ivoa.obscore, adql.ivo_geom_transform, sky.contains, sky.region
