SELECT DISTINCT t1."doc" AS c1 FROM "lab"."things" AS t1 ORDER BY c1 LIMIT $1
-- $1 bigint = 2001
-- c1 doc: jsonb -> char(*), xtype json
-- uses lab.things
