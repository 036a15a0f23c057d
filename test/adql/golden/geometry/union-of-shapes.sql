SELECT * FROM (SELECT t1."place" AS c1 FROM "lab"."shapes" AS t1) AS s1 UNION ALL SELECT * FROM (SELECT $1 AS c1 FROM "lab"."keys" AS t2) AS s1 LIMIT $2
-- $1 double precision[] = {1,2,3}
-- $2 bigint = 2001
-- c1 place: double precision[] -> double(*), unit deg, ucd pos.eq
-- uses lab.keys, lab.shapes
