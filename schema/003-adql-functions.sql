-- What the functions of ADQL are in PostgreSQL (adql/functions/signatures.ts calls them by name).
--
-- Where a function has no value (LOG of 0, SQRT of -1, ASIN of 2, POWER of -8 to 0.5) it gives NULL,
-- not an error: one odd row must not spoil the answer about a million others. The same goes for
-- results beyond the range of a double; results too small for it are 0.
--
-- Each is one expression, so that the planner inlines it (therefore none is STRICT), and its body is
-- parsed here and now, so that no search_path can change what it means.

CREATE SCHEMA adql;

-- ------------------------------------------------------------ mathematics (ADQL 2.1, section 2.3)

CREATE FUNCTION adql.abs(x double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN abs(x);

CREATE FUNCTION adql.ceiling(x double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ceiling(x);

CREATE FUNCTION adql.floor(x double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN floor(x);

CREATE FUNCTION adql.degrees(x double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN abs(x) < 3e306 THEN degrees(x) END;

CREATE FUNCTION adql.radians(x double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN abs(x) < 1e-306 THEN 0 ELSE radians(x) END;

CREATE FUNCTION adql.pi() RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN pi();

-- 709.7827 and -744.4 are the logarithms of the largest and the smallest double.
CREATE FUNCTION adql.exp(x double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN x > 709.7827 THEN NULL WHEN x < -744.4 THEN 0 ELSE exp(x) END;

CREATE FUNCTION adql.log(x double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN x > 0 THEN ln(x) END;

CREATE FUNCTION adql.log10(x double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN x > 0 THEN log10(x) END;

CREATE FUNCTION adql.sqrt(x double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN x >= 0 THEN sqrt(x) END;

CREATE FUNCTION adql.power(x double precision, y double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN y = 0 OR x = 1 THEN 1
  WHEN x = 0 THEN CASE WHEN y > 0 THEN 0 END
  WHEN x < 0 AND y <> trunc(y) THEN NULL
  WHEN y * ln(abs(x)) > 709.7827 THEN NULL
  WHEN y * ln(abs(x)) < -744.4 THEN 0
  ELSE power(x, y)
END;

-- Through numeric and the shortest decimal form of a double, as people read it: MOD(0.3, 0.1) is 0.
CREATE FUNCTION adql.mod(x double precision, y double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CAST(
  mod(CAST(CAST(x AS text) AS numeric), nullif(CAST(CAST(y AS text) AS numeric), 0))
  AS double precision
);

CREATE FUNCTION adql.mod(x bigint, y bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN mod(x, nullif(y, 0));

-- Through numeric likewise: ROUND(2.675, 2) is 2.68, and halves go away from zero.
CREATE FUNCTION adql.round(x double precision, n integer) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CAST(round(CAST(CAST(x AS text) AS numeric), n) AS double precision);

CREATE FUNCTION adql.round(x double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN adql.round(x, 0);

CREATE FUNCTION adql.truncate(x double precision, n integer) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CAST(trunc(CAST(CAST(x AS text) AS numeric), n) AS double precision);

CREATE FUNCTION adql.truncate(x double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN trunc(x);

CREATE FUNCTION adql.rand() RETURNS double precision
LANGUAGE sql VOLATILE PARALLEL RESTRICTED
RETURN random();

-- What a seed means, ADQL leaves open: here nothing.
CREATE FUNCTION adql.rand(seed bigint) RETURNS double precision
LANGUAGE sql VOLATILE PARALLEL RESTRICTED
RETURN random();

CREATE FUNCTION adql.acos(x double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN abs(x) <= 1 THEN acos(x) END;

CREATE FUNCTION adql.asin(x double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN abs(x) <= 1 THEN asin(x) END;

CREATE FUNCTION adql.atan(x double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN atan(x);

CREATE FUNCTION adql.atan2(y double precision, x double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN atan2(y, x);

CREATE FUNCTION adql.cos(x double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN abs(x) < 'Infinity' THEN cos(x) END;

CREATE FUNCTION adql.cot(x double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN abs(x) < 'Infinity' THEN 1 / nullif(tan(x), 0) END;

CREATE FUNCTION adql.sin(x double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN abs(x) < 'Infinity' THEN sin(x) END;

CREATE FUNCTION adql.tan(x double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN abs(x) < 'Infinity' THEN tan(x) END;

-- ------------------------------------------------------------ types (ADQL 2.1, "CAST")

-- DALI's form: 2021-03-04T05:06:07.89. Stable, for PostgreSQL's own form depends on DateStyle (ISO here).
CREATE FUNCTION adql.timestamp_text(d timestamp without time zone) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN replace(CAST(d AS text), ' ', 'T');

-- ------------------------------------------------------------ the IVOA's catalogue of functions (EN 1.2)
-- Truth is 1 or 0, and NULL where an argument is NULL.

CREATE FUNCTION adql.ivo_nocasematch(value text, pattern text) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CAST(value ILIKE pattern ESCAPE '' AS integer);

CREATE FUNCTION adql.words(value text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN array_remove(regexp_split_to_array(lower(value), '[^[:alnum:]]+'), '');

CREATE FUNCTION adql.ivo_hasword(haystack text, needle text) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CAST(adql.words(needle) <> '{}' AND adql.words(needle) <@ adql.words(haystack) AS integer);

CREATE FUNCTION adql.ivo_hashlist_has(hashlist text, item text) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CAST(lower(item) = ANY (string_to_array(lower(hashlist), '#')) AS integer);

CREATE FUNCTION adql.ivo_interval_overlaps(
  l1 double precision, h1 double precision, l2 double precision, h2 double precision
) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CAST(l1 <= h1 AND l2 <= h2 AND l1 <= h2 AND l2 <= h1 AS integer);

CREATE FUNCTION adql.ivo_to_jd(d timestamp without time zone) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CAST(extract(epoch FROM d) / 86400 + 2440587.5 AS double precision);

CREATE FUNCTION adql.ivo_to_mjd(d timestamp without time zone) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CAST(extract(epoch FROM d) / 86400 + 40587 AS double precision);

-- {sign, units, minutes, seconds} as units; minutes and seconds may be missing.
CREATE FUNCTION adql.sexagesimal(parts text[]) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN parts[1] = '-' THEN -1.0 ELSE 1.0 END * (
  CAST(parts[2] AS double precision)
  + coalesce(CAST(parts[3] AS double precision), 0) / 60
  + coalesce(CAST(parts[4] AS double precision), 0) / 3600
);

-- First with marks (3:34:45.4, 3 34 45.4, 3h34m45.4s), then without (033445.4).
CREATE FUNCTION adql.ivo_hms_to_degrees(hms text) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 15 * adql.sexagesimal(coalesce(
  regexp_match(hms, '^\s*([+-]?)(\d{1,3})(?:[:\sh]\s*([0-5]?\d)(?:[:\sm]\s*([0-5]?\d(?:\.\d*)?)\s*s?)?m?)\s*$', 'i'),
  regexp_match(hms, '^\s*([+-]?)(\d\d)([0-5]\d)([0-5]\d(?:\.\d*)?)\s*$')
));

CREATE FUNCTION adql.ivo_dms_to_degrees(dms text) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN adql.sexagesimal(coalesce(
  regexp_match(dms, '^\s*([+-]?)(\d{1,3})(?:[:\sd]\s*([0-5]?\d)(?:[:\sm]\s*([0-5]?\d(?:\.\d*)?)\s*s?)?m?)\s*$', 'i'),
  regexp_match(dms, '^\s*([+-]?)(\d\d)([0-5]\d)([0-5]\d(?:\.\d*)?)\s*$')
));

-- ------------------------------------------------------------ copies in the cloud (column cloud_access)
-- A provider has one copy, an object, or several, a list: in a jsonpath, $[*] reads both. A copy whose
-- access is "none" serves nobody. Stable, because PostgreSQL has jsonb_build_object so.

CREATE FUNCTION adql.cloud_copy(cloud_access jsonb, provider text) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE
RETURN jsonb_path_query_first(cloud_access -> provider, '$[*] ? (!(@.access == "none"))');

CREATE FUNCTION adql.cloud_copy(cloud_access jsonb, provider text, region text) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE
RETURN jsonb_path_query_first(
  cloud_access -> provider,
  '$[*] ? (@.region == $region && !(@.access == "none"))',
  jsonb_build_object('region', region)
);

CREATE FUNCTION adql.cloud_copy_uri(copy jsonb, provider text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE provider WHEN 'aws' THEN 's3' WHEN 'azure' THEN 'az' ELSE 'gs' END
  || '://' || (copy ->> 'bucket_name') || '/' || (copy ->> 'key');

CREATE FUNCTION adql.cloud_uri(cloud_access jsonb, provider text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN adql.cloud_copy_uri(adql.cloud_copy(cloud_access, provider), provider);

CREATE FUNCTION adql.cloud_uri(cloud_access jsonb, provider text, region text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN adql.cloud_copy_uri(adql.cloud_copy(cloud_access, provider, region), provider);

CREATE FUNCTION adql.cloud_has(cloud_access jsonb, provider text) RETURNS integer
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CAST(adql.cloud_copy(cloud_access, provider) IS NOT NULL AS integer);

CREATE FUNCTION adql.cloud_has(cloud_access jsonb, provider text, region text) RETURNS integer
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CAST(adql.cloud_copy(cloud_access, provider, region) IS NOT NULL AS integer);
