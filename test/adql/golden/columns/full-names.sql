SELECT t1."obs_id" AS c1, t1."s_ra" AS c2, t1."s_dec" AS c3 FROM "ivoa"."obscore" AS t1 LIMIT $1
-- $1 bigint = 2001
-- c1 obs_id: text -> char(*), ucd meta.id
-- c2 s_ra: double precision -> double, unit deg, ucd pos.eq.ra
-- c3 S_DEC: double precision -> double, unit deg, ucd pos.eq.dec
-- uses ivoa.obscore
