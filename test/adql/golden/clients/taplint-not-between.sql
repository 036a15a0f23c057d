SELECT t1."calib_level" AS c1 FROM "ivoa"."obscore" AS t1 WHERE t1."calib_level" NOT BETWEEN $1 AND $2 LIMIT $3
-- $1 integer = 0
-- $2 integer = 4
-- $3 bigint = 1
-- c1 calib_level: integer -> int, ucd meta.code;obs.calib
-- uses ivoa.obscore
