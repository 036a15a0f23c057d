/** Functions that other languages and services have, and what to write instead. */
const groups: readonly (readonly [names: string, advice: string])[] = [
  [
    'NOW GETDATE SYSDATE CURDATE TODAY UTC_TIMESTAMP',
    "ADQL has no clock: write the time as a string: '2026-01-31T12:00:00'.",
  ],
  [
    'DATE_TRUNC DATE_PART DATEDIFF DATEADD DATEPART DATE_ADD DATE_SUB AGE YEAR MONTH DAY HOUR EPOCH',
    'ADQL does not calculate with dates: turn timestamps into days with ivo_to_mjd(...).',
  ],
  [
    'DATE DATETIME TIMESTAMP TO_DATE TO_TIMESTAMP STR_TO_DATE',
    "Write CAST('2021-03-04T05:06:07' AS TIMESTAMP).",
  ],
  ['TO_CHAR TO_NUMBER CONVERT STR TRY_CAST TO_BIGINT TO_INTEGER', 'Write CAST(value AS TYPE).'],
  ['MJD TO_MJD DATE_TO_MJD', 'ivo_to_mjd(...) turns a timestamp into a modified Julian date.'],
  ['JD TO_JD', 'ivo_to_jd(...) turns a timestamp into a Julian date.'],
  ['LEN LENGTH CHAR_LENGTH', 'ADQL has no string lengths.'],
  [
    'SUBSTR SUBSTRING LEFT RIGHT REPLACE INSTR LOCATE STRPOS CHARINDEX TRIM LTRIM RTRIM SPLIT_PART',
    'ADQL takes no strings apart: use LIKE with the wildcards % and _.',
  ],
  ['CONCAT CONCAT_WS', 'Strings are joined by ||: a || b.'],
  ['LCASE LOWERCASE', 'Write LOWER(text).'],
  ['UCASE UPPERCASE', 'Write UPPER(text).'],
  ['CEIL', 'Write CEILING(x).'],
  ['LN', 'LOG(x) is the natural logarithm.'],
  ['LOG2', 'Write LOG(x) / LOG(2).'],
  ['POW', 'Write POWER(x, y).'],
  ['SQUARE SQR', 'Write POWER(x, 2).'],
  ['CBRT', 'Write POWER(x, 1.0 / 3), of numbers that are not negative.'],
  ['TRUNC', 'Write TRUNCATE(x).'],
  ['RANDOM', 'Write RAND().'],
  ['SIGN', 'Write CASE WHEN x < 0 THEN -1 WHEN x > 0 THEN 1 ELSE 0 END.'],
  ['GREATEST', 'Write CASE WHEN a > b THEN a ELSE b END.'],
  ['LEAST', 'Write CASE WHEN a < b THEN a ELSE b END.'],
  ['IF IIF IF_THEN_ELSE DECODE NVL2', 'Write CASE WHEN condition THEN a ELSE b END.'],
  ['ISNULL IFNULL NVL', 'Write COALESCE(a, b).'],
  ['NULLIF', 'Write CASE WHEN a = b THEN NULL ELSE a END.'],
  ['AVERAGE MEAN', 'Write AVG(x).'],
  [
    'STD STDDEV STDEV STDDEV_POP STDDEV_SAMP VARIANCE VAR VAR_POP VAR_SAMP',
    'AVG(x * x) - AVG(x) * AVG(x) is the variance, SQRT of it the standard deviation.',
  ],
  ['MEDIAN PERCENTILE PERCENTILE_CONT QUANTILE', 'ADQL has no medians and percentiles.'],
  ['ANY_VALUE FIRST LAST FIRST_VALUE', 'MIN(x) or MAX(x) gives one of the values.'],
  [
    'STRING_AGG GROUP_CONCAT ARRAY_AGG LISTAGG',
    "Write ivo_string_agg(text, ', '), which gives one string.",
  ],
  [
    'MATCH REGEXP_LIKE REGEXP_MATCH REGEXP_MATCHES REGEXP_REPLACE REGEXP RLIKE MATCHES',
    'ADQL has no regular expressions: use LIKE with the wildcards % and _.',
  ],
  [
    'JSON_VALUE JSON_EXTRACT JSON_QUERY JSON_EXTRACT_PATH JSONB_EXTRACT_PATH_TEXT GET_JSON_OBJECT',
    "Of cloud_access, cloud_uri(cloud_access, 'aws') gives the S3 URI.",
  ],
  ['GENERATE_SERIES UNNEST', 'ADQL has no functions that give tables: upload the values as one.'],
  [
    'HEALPIX HEALPIX_INDEX HEALPIX_NEST GAIA_HEALPIX_INDEX',
    'Write ivo_healpix_index(order, lon, lat).',
  ],
  ['CENTER_OF_HEALPIX_NEST', 'Write ivo_healpix_center(order, index).'],
  ['LONG LON LONGITUDE', 'COORD1(point) is the longitude.'],
  ['LAT LATITUDE', 'COORD2(point) is the latitude.'],
  ['MOC', 'Coverages are not known here: use CIRCLE, POLYGON or ivo_healpix_index.'],
  ['RANGE', 'Write lon BETWEEN lon1 AND lon2 AND lat BETWEEN lat1 AND lat2.'],
  ['CROSSMATCH_POSITIONAL CROSSMATCH', 'Write a JOIN b ON DISTANCE(...) < radius.'],
  ['SCISQL_NANOJANSKYTOABMAG', 'Write 31.4 - 2.5 * LOG10(flux).'],
  ['UCDCOL', 'tap_schema.columns tells which columns have a UCD.'],
  ['EPOCH_PROP EPOCH_PROP_POS', 'Write ivo_epoch_prop_pos(...).'],
  ['SPOINT', 'Write POINT(lon, lat), in degrees.'],
  ['SCIRCLE', 'Write CIRCLE(lon, lat, radius), in degrees.'],
  [
    'IVO_SIMBADPOINT SIMBADPOINT SESAME',
    'Names are not looked up here: write the position, POINT(lon, lat) in degrees.',
  ],
];

const adviceByName: ReadonlyMap<string, string> = new Map(
  groups.flatMap(([names, advice]) => names.split(' ').map((name) => [name, advice] as const)),
);

/** Those of other sky libraries, q3c, PostGIS and pgSphere among them. */
const skyLibraries = /^(Q3C_|ST_|PGS_|HTM|FGETNEARBY)/;
const skyAdvice =
  'Write 1 = CONTAINS(POINT(lon, lat), CIRCLE(lon, lat, radius)), or DISTANCE(...) < radius.';

/** A sentence with a blank before it; nothing for a name that no language is known to have. */
export function adviceOnFunction(name: string): string {
  const upperCase = name.toUpperCase();
  const advice = adviceByName.get(upperCase) ?? (skyLibraries.test(upperCase) ? skyAdvice : null);
  return advice === null ? '' : ` ${advice}`;
}
