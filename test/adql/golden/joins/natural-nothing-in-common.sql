SELECT t1."id" AS c1 FROM "lab"."keys" AS t1 INNER JOIN "tap_schema"."key_columns" AS t2 ON TRUE LIMIT $1
-- $1 bigint = 2
-- c1 id: integer -> int, ucd meta.id
-- uses lab.keys, tap_schema.key_columns
