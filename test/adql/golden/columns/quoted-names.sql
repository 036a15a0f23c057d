SELECT t1."id" AS c1, t1."at" AS c2, t1."size" AS c3, t1."Mixed" AS c4, t1."mixed" AS c5, t1."Mixed" AS c6 FROM "lab"."things" AS t1 LIMIT $1
-- $1 bigint = 2001
-- c1 id: integer -> int, ucd meta.id
-- c2 at: timestamp without time zone -> char(*), xtype timestamp, ucd time
-- c3 size: double precision -> double, unit m, ucd phys.size
-- c4 Mixed: integer -> int
-- c5 mixed: integer -> int
-- c6 a "b": integer -> int
-- uses lab.things
