SELECT t1."doc" AS c1, lower(CAST(t1."doc" AS text)) AS c2, count(*) AS c3 FROM "lab"."things" AS t1 GROUP BY t1."doc" LIMIT $1
-- $1 bigint = 2001
-- c1 doc: jsonb -> char(*), xtype json
-- c2 l: text -> char(*)
-- c3 n: bigint -> long, ucd meta.number
-- uses lab.things, count, lower
