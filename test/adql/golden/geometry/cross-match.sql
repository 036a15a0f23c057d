SELECT t1."id" AS c1, t2."obs_id" AS c2 FROM "lab"."shapes" AS t1 INNER JOIN "ivoa"."obscore" AS t2 ON (sky.near(t2."s_ra", t2."s_dec", sky.coord1(sky.checked(t1."place")), sky.coord2(sky.checked(t1."place")), sky.reach($1 / $2)) AND sky.distance(sky.coord1(sky.checked(t1."place")), sky.coord2(sky.checked(t1."place")), t2."s_ra", t2."s_dec") < ($1 / $2)) LIMIT $3
-- $1 integer = 1
-- $2 double precision = 3600.
-- $3 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- c2 obs_id: text -> char(*), ucd meta.id
-- uses ivoa.obscore, lab.shapes, sky.checked, sky.coord1, sky.coord2, sky.distance, sky.near, sky.reach
