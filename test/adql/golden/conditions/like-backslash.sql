SELECT t1."id" AS c1 FROM "lab"."things" AS t1 WHERE t1."name" LIKE $1 OR t1."name" LIKE t1."name" ESCAPE '' OR t1."name" NOT LIKE (lower(t1."name") || $2) ESCAPE '' LIMIT $3
-- $1 text = a\\%
-- $2 text = \_
-- $3 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- uses lab.things, lower
-- warning: Line 1, column 43: LIKE has no escape character in ADQL: the backslash stands for itself, _ for any one character and % for any text.
-- SELECT id FROM lab.things WHERE name LIKE 'a\%' OR name LIKE name OR name NOT LIKE LOWER(name) || '\
--                                           ^^^^^
