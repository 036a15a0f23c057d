SELECT t1."id" AS c1 FROM "lab"."things" AS t1 WHERE CAST(t1."flag" AS integer) = $1 LIMIT $2
-- $1 integer = 1
-- $2 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- uses lab.things
-- warning: Line 1, column 40: 'true' stands beside a boolean: it was read as 1.
-- SELECT id FROM lab.things WHERE flag = 'true'
--                                        ^^^^^^
