SELECT t1."obs_id" AS c1, t1."s_ra" AS c2, t1."s_dec" AS c3 FROM "ivoa"."obscore" AS t1 WHERE t1."s_ra" > $1 AND t1."s_dec" BETWEEN $2 AND $3 LIMIT $4
-- $1 double precision = 180.
-- $2 integer = -30
-- $3 double precision = 30.5e0
-- $4 bigint = 1000
-- c1 obs_id: text -> char(*), ucd meta.id
-- c2 s_ra: double precision -> double, unit deg, ucd pos.eq.ra
-- c3 s_dec: double precision -> double, unit deg, ucd pos.eq.dec
-- uses ivoa.obscore
