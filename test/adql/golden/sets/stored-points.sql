SELECT * FROM (SELECT CAST(t3."c1" AS double precision[]) AS c1 FROM (SELECT t1."spot" AS c1 FROM "lab"."lists" AS t1) AS t3) AS s1 UNION SELECT * FROM (SELECT t2."place" AS c1 FROM "lab"."shapes" AS t2) AS s1 LIMIT $1
-- $1 bigint = 2001
-- c1 spot: double precision[] -> double(2), xtype point, unit deg
-- uses lab.lists, lab.shapes
