-- A published table with a column of every type that TAP_SCHEMA can declare, and rows of values that
-- formats get wrong: NULL in every column, both ends of every number, the last digits of doubles,
-- NaN and the infinities, denormals, minus zero, text with everything that one format or another
-- has to escape. Row 0 shows the binary VOTables at once which columns go beyond ASCII. The readers compare what they read with what psycopg reads from here.

CREATE SCHEMA specimen;

CREATE TABLE specimen.everything (
  id            integer PRIMARY KEY,
  what          text NOT NULL,
  truth         boolean,
  byte_value    smallint,
  short_value   smallint,
  int_value     integer,
  long_value    bigint,
  float_value   real,
  double_value  double precision,
  decimal_value numeric,
  any_text      text,
  short_text    text,
  unicode_text  text,
  bit_values    text,
  stamp         timestamp,
  zoned_stamp   timestamptz,
  json_value    jsonb,
  uri_value     text,
  line_text     text,
  byte_values   bytea,
  short_values  smallint[],
  int_values    integer[],
  long_values   bigint[],
  float_values  real[],
  double_values double precision[],
  matrix        double precision[],
  a_point       double precision[],
  a_circle      double precision[],
  a_polygon     double precision[],
  an_interval   double precision[],
  a_complex     double precision[],
  cloud_uri     text
);

INSERT INTO specimen.everything VALUES
  (1, 'ordinary', true, 7, 1234, 123456, 9007199254740993, 0.1, 0.1, 2.5, 'NGC 224', 'M31', E'Androm\u00e8de', '10110',
    '2019-05-20 08:47:30.5', '2019-05-20 08:47:30+00', '{"aws": {"key": "a/b.fits", "region": "us-east-1"}}',
    'https://example.org/a?b=1&c=2', 'POLYGON ICRS 10 10 10.2 10 10.2 10.2', '\x00ff10', '{1,-2}', '{1,-2,3}',
    '{9007199254740993}', '{0.1,1.5}', '{0.1,0.30000000000000004}', '{{1,2,3},{4,5,6}}', '{10.684708,41.26875}',
    '{10.684708,41.26875,0.1}', '{10,10,10.2,10,10.2,10.2}', '{1,2}', '{1.5,-2.5}', 's3://stpubdata/a/b.fits'),
  (2, 'nothing at all', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (3, 'greatest', true, 255, 32767, 2147483647, 9223372036854775807, 3.4028235e38, 1.7976931348623157e308,
    1e300, 'z', '12345678', 'z', '11111', '9999-12-31 23:59:59.999999', '9999-12-31 23:59:59.999999+00', '[9007199254740993, 1e3]',
    'urn:z', 'z', '\xff', '{32767}', '{2147483647}', '{9223372036854775807}', '{3.4028235e38}',
    '{1.7976931348623157e308}', '{{1e308,1e308,1e308},{1e308,1e308,1e308}}', '{360,90}', '{360,90,180}',
    '{359,89,360,89,0,90}', '{-1e308,1e308}', '{1e308,1e308}', 's3://b/z'),
  (4, 'least', false, 0, -32767, -2147483647, -9223372036854775807, -3.4028235e38, -1.7976931348623157e308,
    -1e300, 'a', 'a', 'a', '00000', '0001-01-01 00:00:00', '0001-01-01 00:00:00+00', '{}',
    'urn:a', 'a', '\x00', '{-32767}', '{-2147483647}', '{-9223372036854775807}', '{-3.4028235e38}',
    '{-1.7976931348623157e308}', '{{-1,-2,-3},{-4,-5,-6}}', '{0,-90}', '{0,-90,0}',
    '{0,-90,1,-89,2,-89}', '{-2,-1}', '{-1e308,-1e308}', 's3://b/a'),
  (5, 'last digits', false, 1, 1, 1, 1, 0.33333334, 0.30000000000000004, 0.1, '', '', '', '01010', '2019-05-20 08:47:30.000001',
    '2019-05-20 08:47:30.123456+00', '0.1', '', '', '', '{}', '{}', '{}', '{}', '{}', '{{0.1,0.2,0.3},{0.4,0.5,0.6}}',
    '{58.999999999999996,0.1}', '{179.99999999999997,1e-7,1e-7}', '{0.1,0.1,0.2,0.1,0.30000000000000004,0.3}', '{0.1,0.2}',
    '{0.1,0.2}', 's3://b/58.999999999999996'),
  (6, 'denormal and minus zero', true, 1, 0, 0, 0, 1e-45, 5e-324, 0, 'x', 'x', 'x', '00000', '1970-01-01', '1970-01-01', 'null',
    'urn:x', 'x', '\x01', '{0,0}', '{0,0}', '{0,0}', '{-0,1e-45}', '{-0,5e-324,2.2250738585072014e-308}',
    '{{0,-0,0},{0,0,5e-324}}', '{-0,0}', '{0,-0,0}', '{0,0,1,0,1,1}', '{-0,0}', '{-0,0}', 's3://b/x'),
  (7, 'minus zero', true, 1, 0, 0, 0, '-0', '-0', '-0', 'x', 'x', 'x', '00000', '1969-12-31 23:59:59.999999',
    '1969-12-31', 'true', 'urn:x', 'x', '\x01', '{0}', '{0}', '{0}', '{-0}', '{-0}', '{{0,0,0},{0,0,-0}}', '{0,0}',
    '{0,0,0}', '{0,0,1,0,1,1}', '{0,0}', '{0,-0}', 's3://b/x'),
  (8, 'not a number', true, 1, 1, 1, 1, 'NaN', 'NaN', 'NaN', 'NaN', 'NaN', 'NaN', '11111', '2020-02-29', '2020-02-29', '"NaN"',
    'urn:NaN', 'NaN', '\x4e', '{1}', '{1}', '{1}', '{NaN,1}', '{NaN,1,NULL}', '{{NaN,1,NULL},{1,1,1}}',
    '{NaN,NaN}', '{1,1,1}', '{1,1,1,2,2,2}', '{NaN,NaN}', '{NaN,NaN}', 's3://b/NaN'),
  (9, 'infinities', true, 1, 1, 1, 1, 'Infinity', '-Infinity', 1, 'Infinity', 'null', 'NULL', '11111', '2020-02-29',
    '2020-02-29', '"Infinity"', 'urn:Infinity', '\N', '\x5c', '{1}', '{1}', '{1}', '{Infinity,-Infinity}',
    '{Infinity,-Infinity,NaN}', '{{Infinity,-Infinity,0},{1,1,1}}', '{1,1}', '{1,1,1}', '{1,1,2,2,3,3}',
    '{-Infinity,Infinity}', '{Infinity,-Infinity}', 's3://b/null'),
  (10, 'markup', true, 1, 1, 1, 1, 1, 1, 1, 'a<b>&amp;"c" ''d'' ]]> <!-- x -->', '<&">', E'<\u00e9>&', '11111', '2020-02-29',
    '2020-02-29', '{"<&>\"": "]]>", "\u00e9": ["\\", "\u0001"]}', 'https://example.org/?a=1&b=<2>', '</TD>', '\x3c', '{1}', '{1}',
    '{1}', '{1}', '{1}', '{{1,1,1},{1,1,1}}', '{1,1}', '{1,1,1}', '{1,1,2,2,3,3}', '{1,2}', '{1,1}',
    's3://b/a&b<c>"d" ''e''.fits'),
  (11, 'separators', true, 1, 1, 1, 1, 1, 1, 1, E'a,b;c|d\te "f" g', E'a\tb', E'a,b\n\u00e9', '11111', '2020-02-29',
    '2020-02-29', '{"a": "b,c\n\t\"d\""}', 'urn:a,b', E'one\ntwo\nthree', '\x2c', '{1}', '{1}', '{1}', '{1}', '{1}',
    '{{1,1,1},{1,1,1}}', '{1,1}', '{1,1,1}', '{1,1,2,2,3,3}', '{1,2}', '{1,1}', 's3://b/a,b c.fits'),
  (12, 'white space', true, 1, 1, 1, 1, 1, 1, 1, '  two before, two behind  ', ' a ', E'  \u00e9 ', '11111', '2020-02-29',
    '2020-02-29', '"  "', 'urn:a', E'carriage\r\nreturn\r', '\x20', '{1}', '{1}', '{1}', '{1}', '{1}',
    '{{1,1,1},{1,1,1}}', '{1,1}', '{1,1,1}', '{1,1,2,2,3,3}', '{1,2}', '{1,1}', 's3://b/ a .fits'),
  (0, 'beyond ASCII', true, 1, 1, 1, 1, 1, 1, 1, E'\u00c5ngstr\u00f6m, \u03a9\u03bc\u03ad\u03b3\u03b1, \u661f, \U0001f52d', E'\u00e9', E'\u00c5ngstr\u00f6m, \u03a9\u03bc\u03ad\u03b3\u03b1, \u661f, \U0001f52d', '11111',
    '2020-02-29', '2020-02-29', '{"\ud83d\udd2d": "\u661f"}', E'https://example.org/\u00e9', E'\u00e9', '\xc3a9', '{1}', '{1}', '{1}', '{1}',
    '{1}', '{{1,1,1},{1,1,1}}', '{1,1}', '{1,1,1}', '{1,1,2,2,3,3}', '{1,2}', '{1,1}', E's3://b/\u661f.fits'),
  (14, 'what XML forbids', true, 1, 1, 1, 1, 1, 1, 1, E'\x01a\x08b\x0bc\x1fd\x7fe', E'\x02', E'\ufffe\uffff\x1b', '11111',
    '2020-02-29', '2020-02-29', '{"a": "\u0002"}', 'urn:a', E'\x1f', '\x01', '{1}', '{1}', '{1}', '{1}', '{1}',
    '{{1,1,1},{1,1,1}}', '{1,1}', '{1,1,1}', '{1,1,2,2,3,3}', '{1,2}', '{1,1}', 's3://b/x'),
  (15, 'NULL within arrays', true, 1, 1, 1, 1, 1, 1, 1, 'x', 'x', 'x', '11111', '2020-02-29', '2020-02-29', '[null]', 'urn:a',
    'x', '\x0000', '{NULL,1}', '{NULL,1}', '{NULL}', '{NULL,1}', '{NULL}', '{{1,NULL,1},{1,1,1}}', '{1,1}', '{1,1,1}',
    '{1,1,2,2,3,3}', '{1,2}', '{1,1}', 's3://b/x'),
  (16, 'long', true, 1, 1, 1, 1, 1, 1, 1, repeat('0123456789', 2000), 'x', repeat(E'\u00e9', 1000), '00001',
    '2020-02-29', '2020-02-29', to_jsonb(repeat('x', 5000)), 'urn:a', 'x', decode(repeat('00ff', 500), 'hex'),
    '{1}', '{1}', '{1}', '{1}', (SELECT array_agg(n / 7.0::float8) FROM generate_series(1, 200) n),
    '{{1,1,1},{1,1,1}}', '{1,1}', '{1,1,1}', '{1,1,2,2,3,3}', '{1,2}', '{1,1}', 's3://b/x');

-- Rows for several batches, buffers, row groups.
CREATE TABLE specimen.many (
  id            integer PRIMARY KEY,
  double_value  double precision,
  any_text      text
);
INSERT INTO specimen.many
SELECT n, CASE WHEN n % 7 > 0 THEN n / 7.0::float8 END, CASE WHEN n % 11 > 0 THEN repeat(md5(n::text), n % 5) END
FROM generate_series(1, 30000) n;

-- The least numbers of their types: BINARY and FITS have no other sign for NULL than such a number.
CREATE TABLE specimen.least_numbers (
  id            integer PRIMARY KEY,
  short_value   smallint,
  int_value     integer,
  long_value    bigint
);
INSERT INTO specimen.least_numbers VALUES
  (1, -32768, -2147483648, -9223372036854775808), (2, NULL, NULL, NULL), (3, 1, 1, 1);

GRANT USAGE ON SCHEMA specimen TO cloudtap_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA specimen TO cloudtap_reader;

INSERT INTO tap_schema.schemas (schema_name, description) VALUES ('specimen', 'What the tests of formats read');
INSERT INTO tap_schema.tables (schema_name, table_name, table_type, description) VALUES
  ('specimen', 'specimen.everything', 'table', 'A column of every type'),
  ('specimen', 'specimen.many', 'table', 'Many rows'),
  ('specimen', 'specimen.least_numbers', 'table', 'The least number of each integer type');
INSERT INTO tap_schema.columns
  (table_name, column_name, datatype, arraysize, xtype, unit, ucd, indexed, principal, std, column_index)
SELECT 'specimen.everything', name, datatype, arraysize, xtype, unit, ucd, 0, 0, 0, attnum
FROM (VALUES
  ('id', 'int', NULL, NULL, NULL, 'meta.id;meta.main'),
  ('what', 'char', '*', NULL, NULL, 'meta.note'),
  ('truth', 'boolean', NULL, NULL, NULL, NULL),
  ('byte_value', 'unsignedByte', NULL, NULL, NULL, NULL),
  ('short_value', 'short', NULL, NULL, NULL, NULL),
  ('int_value', 'int', NULL, NULL, NULL, NULL),
  ('long_value', 'long', NULL, NULL, NULL, NULL),
  ('float_value', 'float', NULL, NULL, 'Jy', 'phot.flux'),
  ('double_value', 'double', NULL, NULL, 'deg', 'pos.eq.ra'),
  ('decimal_value', 'double', NULL, NULL, NULL, NULL),
  ('any_text', 'char', '*', NULL, NULL, NULL),
  ('short_text', 'char', '8*', NULL, NULL, NULL),
  ('unicode_text', 'unicodeChar', '*', NULL, NULL, NULL),
  ('bit_values', 'bit', '5', NULL, NULL, NULL),
  ('stamp', 'char', '*', 'timestamp', NULL, 'time'),
  ('zoned_stamp', 'char', '*', 'timestamp', NULL, 'time'),
  ('json_value', 'char', '*', 'json', NULL, NULL),
  ('uri_value', 'char', '*', 'uri', NULL, 'meta.ref.url'),
  ('line_text', 'char', '*', NULL, NULL, NULL),
  ('byte_values', 'unsignedByte', '*', NULL, NULL, NULL),
  ('short_values', 'short', '*', NULL, NULL, NULL),
  ('int_values', 'int', '*', NULL, NULL, NULL),
  ('long_values', 'long', '*', NULL, NULL, NULL),
  ('float_values', 'float', '*', NULL, NULL, NULL),
  ('double_values', 'double', '*', NULL, NULL, NULL),
  ('matrix', 'double', '3x2', NULL, NULL, NULL),
  ('a_point', 'double', '2', 'point', 'deg', 'pos.eq'),
  ('a_circle', 'double', '3', 'circle', 'deg', 'pos.outline;obs.field'),
  ('a_polygon', 'double', '*', 'polygon', 'deg', 'pos.outline;obs.field'),
  ('an_interval', 'double', '2', 'interval', NULL, NULL),
  ('a_complex', 'doubleComplex', NULL, NULL, NULL, NULL),
  ('cloud_uri', 'char', '*', 'uri', NULL, 'meta.ref')
) described (name, datatype, arraysize, xtype, unit, ucd)
JOIN pg_attribute ON attrelid = 'specimen.everything'::regclass AND attname = name;
INSERT INTO tap_schema.columns
  (table_name, column_name, datatype, arraysize, indexed, principal, std, column_index)
VALUES
  ('specimen.many', 'id', 'int', NULL, 0, 0, 0, 1),
  ('specimen.many', 'double_value', 'double', NULL, 0, 0, 0, 2),
  ('specimen.many', 'any_text', 'char', '*', 0, 0, 0, 3),
  ('specimen.least_numbers', 'id', 'int', NULL, 0, 0, 0, 1),
  ('specimen.least_numbers', 'short_value', 'short', NULL, 0, 0, 0, 2),
  ('specimen.least_numbers', 'int_value', 'int', NULL, 0, 0, 0, 3),
  ('specimen.least_numbers', 'long_value', 'long', NULL, 0, 0, 0, 4);
