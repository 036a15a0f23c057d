SELECT t1."access_url" AS c1 FROM "ivoa"."obscore" AS t1 WHERE t1."obs_collection" = $1 AND t1."dataproduct_type" = $2 AND t1."obs_id" LIKE $3 LIMIT $4
-- $1 text = TESS
-- $2 text = image
-- $3 text = tess%-s0012-3-4%
-- $4 bigint = 2001
-- c1 access_url: text -> char(*), ucd meta.ref.url
-- uses ivoa.obscore
-- warning: Line 1, column 83: "image" names no column: it was read as the string 'image'. Strings stand in single quotes in ADQL.
-- HERE obs_collection='TESS' AND dataproduct_type = "image" AND obs_id LIKE 'tess%-s0012-3-4%'
--                                                   ^^^^^^^
