SELECT $1 AS c1 FROM "ivoa"."obscore" AS t1 LIMIT $2
-- $1 text = CIRCLE FK4 1 2 3
-- $2 bigint = 2001
-- c1 region: text -> char(*), xtype adql:REGION, ucd pos.outline
-- uses ivoa.obscore
