SELECT count(*) AS c1 FROM "tap_schema"."columns" AS t1 LIMIT $1
-- $1 bigint = 2001
-- c1 nr: bigint -> long, ucd meta.number
-- uses tap_schema.columns, count
