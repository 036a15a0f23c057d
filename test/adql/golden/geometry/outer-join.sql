SELECT t1."id" AS c1, count(t2."obs_id") AS c2 FROM "lab"."shapes" AS t1 LEFT JOIN "ivoa"."obscore" AS t2 ON (sky.near(t2."s_ra", t2."s_dec", sky.coord1(sky.checked(t1."place")), sky.coord2(sky.checked(t1."place")), $1) AND sky.distance(sky.coord1(sky.checked(t1."place")), sky.coord2(sky.checked(t1."place")), t2."s_ra", t2."s_dec") <= $1) GROUP BY t1."id" LIMIT $2
-- $1 integer = 5
-- $2 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- c2 n: bigint -> long, ucd meta.number
-- uses ivoa.obscore, lab.shapes, count, sky.checked, sky.coord1, sky.coord2, sky.distance, sky.near
