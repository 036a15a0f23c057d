SELECT min(CAST(t1."cloud_access" AS text)) AS c1, coalesce(max(CAST(t1."cloud_access" AS text)), $1) AS c2, coalesce(max(CAST(t1."cloud_access" AS text)), $2) AS c3, max(upper(CAST(t1."cloud_access" AS text))) AS c4 FROM "ivoa"."obscore" AS t1 LIMIT $3
-- $1 text = {}
-- $2 text = none
-- $3 bigint = 2001
-- c1 least: text -> char(*), xtype json, ucd meta.ref
-- c2 most: text -> char(*), xtype json, ucd meta.ref
-- c3 other: text -> char(*), ucd meta.ref
-- c4 text: text -> char(*)
-- uses ivoa.obscore, coalesce, max, min, upper
