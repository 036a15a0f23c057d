SELECT t1."access_url" AS c1, t1."cloud_access" AS c2 FROM "ivoa"."obscore" AS t1 WHERE t1."obs_collection" = $1 AND t1."dataproduct_type" = $2 AND t1."obs_id" = $3 LIMIT $4
-- $1 text = TESS
-- $2 text = image
-- $3 text = tess-s0012-3-4
-- $4 bigint = 2001
-- c1 access_url: text -> char(*), ucd meta.ref.url
-- c2 cloud_access: jsonb -> char(*), xtype json, ucd meta.ref
-- uses ivoa.obscore
