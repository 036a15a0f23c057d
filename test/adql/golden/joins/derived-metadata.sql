SELECT t2."c1" AS c1, t2."c2" AS c2 FROM (SELECT t1."s_ra" AS c1, t1."access_url" AS c2, t1."cloud_access" AS c3 FROM "ivoa"."obscore" AS t1) AS t2 WHERE CAST(t2."c3" AS text) LIKE $1 AND t2."c1" > $2 LIMIT $3
-- $1 text = %aws%
-- $2 integer = 10
-- $3 bigint = 2001
-- c1 ra: double precision -> double, unit deg, ucd pos.eq.ra
-- c2 url: text -> char(*), ucd meta.ref.url
-- uses ivoa.obscore
