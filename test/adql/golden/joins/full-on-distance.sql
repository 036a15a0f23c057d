SELECT t1."obs_id" AS c1, t2."id" AS c2 FROM "lab"."shapes" AS t2 LEFT JOIN "ivoa"."obscore" AS t3 ON (sky.near(t3."s_ra", t3."s_dec", sky.coord1(sky.checked(t2."place")), sky.coord2(sky.checked(t2."place")), $1) AND sky.distance(t3."s_ra", t3."s_dec", sky.coord1(sky.checked(t2."place")), sky.coord2(sky.checked(t2."place"))) < $1) FULL JOIN "ivoa"."obscore" AS t1 ON t3."ctid" = t1."ctid" AND t3."tableoid" = t1."tableoid" WHERE t1."t_min" < $2 OR t1."t_min" IS NULL LIMIT $3
-- $1 double precision = 0.5
-- $2 double precision = 58653.5
-- $3 bigint = 2001
-- c1 obs_id: text -> char(*), ucd meta.id
-- c2 id: integer -> int, ucd meta.id
-- uses ivoa.obscore, lab.shapes, sky.checked, sky.coord1, sky.coord2, sky.distance, sky.near
