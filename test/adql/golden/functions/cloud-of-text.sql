SELECT adql.cloud_uri(CAST($1 AS jsonb), $2) AS c1 FROM "lab"."things" AS t1 LIMIT $3
-- $1 text = {"aws": {"bucket_name": "b", "key": "k"}}
-- $2 text = aws
-- $3 bigint = 2001
-- c1 uri: text -> char(*), ucd meta.ref.uri
-- uses lab.things, adql.cloud_uri
