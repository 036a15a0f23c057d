SELECT t1."flag" AS c1, CAST(t1."flag" AS integer) + $1 AS c2 FROM "lab"."things" AS t1 WHERE CAST(t1."flag" AS integer) = $1 OR $2 <> CAST(t1."flag" AS integer) OR t1."flag" = t1."flag" LIMIT $3
-- $1 integer = 1
-- $2 integer = 0
-- $3 bigint = 2001
-- c1 flag: boolean -> boolean
-- c2 n: integer -> int
-- uses lab.things
