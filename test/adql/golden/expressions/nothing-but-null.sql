SELECT $1 + $2 AS c1, $3 || $4 AS c2, $3 AS c3 FROM "lab"."things" AS t1 LIMIT $5
-- $1 integer = NULL
-- $2 integer = 1
-- $3 text = NULL
-- $4 text = x
-- $5 bigint = 2001
-- c1 a: integer -> int
-- c2 b: text -> char(*)
-- c3 c: text -> char(*)
-- uses lab.things
