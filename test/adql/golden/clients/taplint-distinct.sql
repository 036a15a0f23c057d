SELECT DISTINCT t1."dataproduct_type" AS c1 FROM "ivoa"."obscore" AS t1 WHERE t1."dataproduct_type" <> ALL($1) AND t1."dataproduct_type" IS NOT NULL LIMIT $2
-- $1 text[] = {"image","cube","spectrum","sed","timeseries","visibility","event","measurements"}
-- $2 bigint = 4
-- c1 dataproduct_type: text -> char(*), ucd meta.code.class
-- uses ivoa.obscore
