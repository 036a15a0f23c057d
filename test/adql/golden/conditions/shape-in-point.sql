SELECT t1."obs_id" AS c1 FROM "ivoa"."obscore" AS t1 WHERE sky.contains($1, sky.point(t1."s_ra", t1."s_dec")) LIMIT $2
-- $1 double precision[] = {10,20,1}
-- $2 bigint = 2001
-- c1 obs_id: text -> char(*), ucd meta.id
-- uses ivoa.obscore, sky.contains, sky.point
-- warning: Line 1, column 43: CONTAINS asks whether the first shape lies in the second, and nothing wide lies in a point: the other way round it is CONTAINS(POINT(s_ra, s_dec), CIRCLE(10, 20, 1)).
-- SELECT obs_id FROM ivoa.obscore WHERE 1 = CONTAINS(CIRCLE(10, 20, 1), POINT(s_ra, s_dec))
--                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
