SELECT coalesce(CAST(t1."id" AS double precision), t3."c1") AS c1, t3."c2" AS c2 FROM "lab"."keys" AS t1 FULL JOIN (SELECT t2."size" AS c1, t2."size" AS c2 FROM "lab"."things" AS t2) AS t3 ON t1."id" = t3."c1" LIMIT $1
-- $1 bigint = 2001
-- c1 id: double precision -> double
-- c2 size: double precision -> double, unit m, ucd phys.size
-- uses lab.keys, lab.things, coalesce
