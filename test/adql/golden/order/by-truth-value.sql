SELECT t1."id" AS c1 FROM "lab"."keys" AS t1 ORDER BY $1, c1 LIMIT $2
-- $1 integer = 1
-- $2 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- uses lab.keys
-- warning: Line 1, column 34: TRUE is not ADQL: it was read as 1.
-- SELECT id FROM lab.keys ORDER BY TRUE, id
--                                  ^^^^
