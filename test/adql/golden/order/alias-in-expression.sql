SELECT t1."obs_collection" AS c1, count(*) AS c2, max(t1."s_dec") AS c3 FROM "ivoa"."obscore" AS t1 GROUP BY t1."obs_collection" ORDER BY count(*) / $1 DESC, adql.abs(max(t1."s_dec")) + adql.log(CAST(count(*) AS double precision)), upper(t1."obs_collection") LIMIT $2
-- $1 integer = 2
-- $2 bigint = 2001
-- c1 c: text -> char(*), ucd meta.id
-- c2 n: bigint -> long, ucd meta.number
-- c3 Top Dec: double precision -> double, unit deg, ucd pos.eq.dec
-- uses ivoa.obscore, adql.abs, adql.log, count, max, upper
