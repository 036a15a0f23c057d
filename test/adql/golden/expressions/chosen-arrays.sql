SELECT coalesce(t1."ints", $1, t1."ints") AS c1, CASE WHEN t1."id" = $2 THEN t1."floats" END AS c2, coalesce(CAST(t1."spot" AS double precision[]), $3) AS c3 FROM "lab"."lists" AS t1 LIMIT $4
-- $1 integer[] = NULL
-- $2 integer = 1
-- $3 double precision[] = {1,2}
-- $4 bigint = 2001
-- c1 ints: integer[] -> int(*)
-- c2 floats: real[] -> float(*)
-- c3 spot: double precision[] -> double(2), xtype point, unit deg
-- uses lab.lists, coalesce
