SELECT t1."id" AS c1 FROM "lab"."things" AS t1 WHERE t1."name" = $1 OR $2 <> t1."id" LIMIT $3
-- $1 text = NULL
-- $2 integer = NULL
-- $3 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- uses lab.things
-- warning: Line 1, column 33: A comparison with NULL holds for no row: write IS NULL or IS NOT NULL.
-- SELECT id FROM lab.things WHERE name = NULL OR NULL <> id
--                                 ^^^^^^^^^^^
