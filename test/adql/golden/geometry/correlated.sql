SELECT t1."id" AS c1 FROM "lab"."shapes" AS t1 WHERE EXISTS (SELECT $1 AS c1 FROM "ivoa"."obscore" AS t2 WHERE sky.region_id(t2."s_region") = ANY (sky.region_ids_around_point(sky.coord1(sky.checked(t1."place")), sky.coord2(sky.checked(t1."place")))) AND (sky.near(t2."s_ra", t2."s_dec", sky.coord1(sky.checked(t1."place")), sky.coord2(sky.checked(t1."place")), $2) AND sky.distance(sky.coord1(sky.checked(t1."place")), sky.coord2(sky.checked(t1."place")), t2."s_ra", t2."s_dec") < $2)) LIMIT $3
-- $1 integer = 1
-- $2 integer = 20
-- $3 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- uses ivoa.obscore, lab.shapes, sky.checked, sky.coord1, sky.coord2, sky.distance, sky.near, sky.region_id, sky.region_ids_around_point
