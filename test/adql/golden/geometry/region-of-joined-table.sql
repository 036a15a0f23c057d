SELECT t1."id" AS c1, t2."obs_id" AS c2 FROM "lab"."shapes" AS t1 INNER JOIN "ivoa"."obscore" AS t2 ON sky.region_id(t2."s_region") = ANY (sky.region_ids_around_point(sky.coord1(sky.checked(t1."place")), sky.coord2(sky.checked(t1."place")))) OR sky.region_id(t2."s_region") = ANY (sky.region_ids_meeting(sky.checked(t1."disc"))) WHERE t2."t_min" < $1 LIMIT $2
-- $1 double precision = 58624.96
-- $2 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- c2 obs_id: text -> char(*), ucd meta.id
-- uses ivoa.obscore, lab.shapes, sky.checked, sky.coord1, sky.coord2, sky.region_id, sky.region_ids_around_point, sky.region_ids_meeting
