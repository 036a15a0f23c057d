SELECT t1."from_table" AS c1, t2."from_column" AS c2, t1."target_table" AS c3, t2."target_column" AS c4 FROM "tap_schema"."keys" AS t1 INNER JOIN "tap_schema"."key_columns" AS t2 ON t1."key_id" = t2."key_id" WHERE t1."from_table" = $1 LIMIT $2
-- $1 text = tap_schema.tables
-- $2 bigint = 2001
-- c1 from_table: text -> char(*)
-- c2 from_column: text -> char(*)
-- c3 target_table: text -> char(*)
-- c4 target_column: text -> char(*)
-- uses tap_schema.key_columns, tap_schema.keys
