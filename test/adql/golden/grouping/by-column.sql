SELECT t1."obs_collection" AS c1, count(*) AS c2, min(t1."t_min") AS c3 FROM "ivoa"."obscore" AS t1 GROUP BY t1."obs_collection" HAVING count(*) > $1 ORDER BY c2 DESC, c1 LIMIT $2
-- $1 integer = 10
-- $2 bigint = 2001
-- c1 obs_collection: text -> char(*), ucd meta.id
-- c2 n: bigint -> long, ucd meta.number
-- c3 start: double precision -> double, unit d, ucd time.start;obs.exposure
-- uses ivoa.obscore, count, min
