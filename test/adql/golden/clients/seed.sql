SELECT t1."access_url" AS c1, t1."cloud_access" AS c2, t1."cloud_uri" AS c3 FROM "ivoa"."obscore" AS t1 WHERE t1."obs_collection" = $1 AND t1."dataproduct_type" = $2 AND (adql.word_keys(t1."obs_id") @> $3 AND textlike(t1."obs_id", $4)) LIMIT $5
-- $1 text = TESS
-- $2 text = image
-- $3 text[] = {"s0012-3"}
-- $4 text = tess%-s0012-3-4%
-- $5 bigint = 2001
-- c1 access_url: text -> char(*), ucd meta.ref.url
-- c2 cloud_access: jsonb -> char(*), xtype json, ucd meta.ref
-- c3 cloud_uri: text -> char(*), ucd meta.ref.uri
-- uses ivoa.obscore, adql.word_keys, textlike
