SELECT lower(t1."name") AS c1, upper($1 || t1."name") AS c2, lower($2) AS c3 FROM "lab"."things" AS t1 WHERE upper(t1."name") = $3 LIMIT $4
-- $1 text = x
-- $2 text = NULL
-- $3 text = ONE
-- $4 bigint = 2001
-- c1 a: text -> char(*)
-- c2 b: text -> char(*)
-- c3 c: text -> char(*)
-- uses lab.things, lower, upper
