SELECT t1."id" AS c1, t3."c1" AS c2 FROM "lab"."shapes" AS t1 INNER JOIN (SELECT t2."obs_id" AS c1, t2."s_ra" AS c2, t2."s_dec" AS c3 FROM "ivoa"."obscore" AS t2 WHERE t2."t_exptime" > $1) AS t3 ON sky.point_in_circle(t3."c2", t3."c3", CAST(t1."id" AS double precision), CAST(t1."id" AS double precision), $2) LIMIT $3
-- $1 integer = 100
-- $2 double precision = 0.1
-- $3 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- c2 obs_id: text -> char(*), ucd meta.id
-- uses ivoa.obscore, lab.shapes, sky.point_in_circle
