import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Catalog, languageFeatures, sql, translate, value } from '../../adql/index.ts';
import { signatures } from '../../adql/functions/signatures.ts';
import { loadCatalog } from '../../src/tap-schema/load-catalog.ts';
import type { TestDatabase } from '../support/create-test-database.ts';
import { openGoldenDatabase } from './open-golden-database.ts';
import { explainPrepared, prepare } from './prepared.ts';
import { readValues } from './read-values.ts';

let database: TestDatabase;
let catalog: Catalog;

beforeAll(async () => {
  database = await openGoldenDatabase();
  catalog = await loadCatalog(database.owner);
}, 60_000);

afterAll(async () => {
  await database.drop();
});

async function evaluate(expression: string): Promise<string | null | undefined> {
  const adql = `SELECT TOP 1 ${expression} AS result FROM lab.things WHERE id = 1`;
  const translation = translate(adql, { catalog, language: 'ADQL-2.1', rowLimit: 2 });
  const [row] = await readValues(translation, database);
  return row?.[0];
}

test.each([
  ['ABS(-2.5)', '2.5'],
  ['CEILING(-1.5)', '-1'],
  ['FLOOR(-1.5)', '-2'],
  ['DEGREES(PI())', '180'],
  ['RADIANS(180)', '3.141592653589793'],
  ['EXP(0)', '1'],
  ['LOG(EXP(2))', '2'],
  ['LOG10(1000)', '3'],
  ['MOD(5, 3)', '2'],
  ['MOD(-5, 3)', '-2'],
  ['MOD(5.5, -2)', '1.5'],
  ['MOD(9007199254740993, 10)', '3'],
  ['POWER(2, 10)', '1024'],
  ['POWER(-2, 3)', '-8'],
  ['POWER(1.7976931348623157e308, 1)', '1.7976931348623157e+308'],
  ['ROUND(POWER(2, 1023.99999999) / 1e308, 3)', '1.798'],
  ['POWER(1.0000000001, 1e-320)', '1'],
  ['POWER(-1, 1e300)', '1'],
  ['POWER(-1, -3)', '-1'],
  ['ROUND(2.5)', '3'],
  ['ROUND(-2.5)', '-3'],
  ['ROUND(2.675, 2)', '2.68'],
  ['ROUND(1250, -2)', '1300'],
  ['ROUND(1.7976931348623157e308, -300)', '1.79769313e+308'],
  ['TRUNCATE(-1.29, 1)', '-1.2'],
  ['TRUNCATE(1999, -3)', '1000'],
  ['SQRT(2)', '1.4142135623730951'],
  ['ATAN2(1, -1)', '2.356194490192345'],
  ['COT(PI() / 4)', '1.0000000000000002'],
  ['7 / 2', '3'],
  ['-7 / 2', '-3'],
  ['7 / 2.', '3.5'],
  ['10 - 3 - 2', '5'],
  ['2 + 3 * 4', '14'],
])('%s is %s', async (expression, expected) => {
  expect(await evaluate(expression)).toBe(expected);
});

test.each([
  'LOG(0)',
  'LOG10(-1)',
  'SQRT(-1)',
  'ACOS(1.1)',
  'ASIN(-2)',
  'POWER(-8, 0.5)',
  'POWER(0, -1)',
  'POWER(10, 400)',
  'POWER(10, 1e308)',
  'POWER(-10, 1e308)',
  'POWER(0.5, -1e308)',
  'ROUND(1.7e308, -308)',
  'EXP(1000)',
  'MOD(1, 0)',
  'MOD(1.5, 0)',
  'COT(0)',
  'COT(1e-320)',
  '1 / 0',
  '1.5 / (id - id)',
])('%s has no value and is NULL', async (expression) => {
  expect(await evaluate(expression)).toBeNull();
});

test.each([
  ['EXP(-1000)', '0'],
  ['POWER(10, -400)', '0'],
  ['POWER(10, -1e308)', '0'],
  ['POWER(1e-308, 1e308)', '0'],
])('%s is too small for a double and is %s', async (expression, expected) => {
  expect(await evaluate(expression)).toBe(expected);
});

test.each([
  'POWER(NULL, 0)',
  'POWER(1, NULL)',
  'POWER(NULL, 2)',
  'ROUND(NULL, 2)',
  'ROUND(2, NULL)',
])('%s is NULL, as its argument is', async (expression) => {
  expect(await evaluate(expression)).toBeNull();
});

test('RAND is from 0 to below 1, with and without a seed', async () => {
  expect(await evaluate('CASE WHEN RAND() >= 0 AND RAND(5) < 1 THEN 1 ELSE 0 END')).toBe('1');
});

// Published with the IVOA's catalogue of user defined functions (Endorsed Note 1.2).
test.each([
  ["ivo_to_jd('2000-01-02T12:00:00')", '2451546'],
  ["ivo_to_mjd('2000-01-02T12:00:00')", '51545.5'],
  ["ivo_to_jd('1910-12-31T06:00:00')", '2419036.75'],
  ["ivo_to_mjd('1910-12-31T06:00:00Z')", '19036.25'],
  ['ivo_to_mjd(NULL)', null],
  ['ivo_interval_overlaps(-3, -2, 2, 3)', '0'],
  ['ivo_interval_overlaps(-2, 55.3, 2, 3)', '1'],
  ['ivo_interval_overlaps(-2, 55.3, 3, 2)', '0'],
  ['ivo_interval_overlaps(-2, 2, 2, 3)', '1'],
  ["ROUND(ivo_hms_to_degrees('3:34:45.4'), 7)", '53.6891667'],
  ["ivo_dms_to_degrees('42:9:6.768')", '42.15188'],
  ["ivo_dms_to_degrees('-00:15:00')", '-0.25'],
])('%s is %s', async (expression, expected) => {
  expect(await evaluate(expression)).toBe(expected);
});

test.each([
  ["ivo_hms_to_degrees('033445.4')", '53.689166666666665'],
  ["ivo_hms_to_degrees('3h34m45.4s')", '53.689166666666665'],
  ["ivo_dms_to_degrees('+10 30')", '10.5'],
  ["ivo_dms_to_degrees('ten degrees')", null],
  ["ivo_dms_to_degrees('10:61:00')", null],
  ["ivo_nocasematch('TESS', 't%')", '1'],
  ["ivo_nocasematch('a\\b', 'A\\_')", '1'],
  ["ivo_nocasematch('TESS', 'ess')", '0'],
  ["ivo_hasword('The quick-brown Fox', 'brown QUICK')", '1'],
  ["ivo_hasword('The quick-brown Fox', 'row')", '0'],
  ["ivo_hashlist_has('a#Bc#d', 'bC')", '1'],
  ["ivo_hashlist_has('a#Bc#d', 'a#Bc')", '0'],
])('%s is %s', async (expression, expected) => {
  expect(await evaluate(expression)).toBe(expected);
});

test.each([
  ['ivo_healpix_index(0, 1, 1)', '4'],
  ['ivo_healpix_index(17, 1, 1)', '81609757711'],
  ['ivo_healpix_index(17, 359, -1)', '73009064944'],
  ["ivo_healpix_index(17, POINT('ICRS', 1, 1))", '81609757711'],
  ['ivo_healpix_center(0, 6)', '{180,0}'],
])('%s is %s', async (expression, expected) => {
  expect(await evaluate(expression)).toBe(expected);
});

// Published to all the digits that a double has; other ways to compute differ in the last ones.
test.each([
  [
    'ivo_healpix_center(17, ivo_healpix_index(17, 23.4, 56.7))',
    [23.399843462947466, 56.70016214363192],
  ],
  [
    'ivo_epoch_prop_pos(7.606083572, 11.79044105, 125, 300, -428.8, 52.51, 2016, 1992.25)',
    [7.604061404627978, 11.7932703828279],
  ],
  [
    'ivo_epoch_prop_pos(7.606083572, 11.79044105, 125, 300, -428.8, 52.51, 2016, 1875)',
    [7.594068213694308, 11.807251375203935],
  ],
  [
    'ivo_epoch_prop_pos(7.606083572, 11.79044105, 125, 300, -428.8, NULL, 2016, 1875)',
    [7.594079587029898, 11.807235464326332],
  ],
  ["ivo_geom_transform('ICRS', 'GALACTIC', POINT(120, -23))", [241.121831182, 3.62785788087]],
  [
    "ivo_geom_transform('GALACTIC', 'ICRS', CIRCLE(241.121831182, 3.62785788087, 2))",
    [120, -23, 2],
  ],
])('%s is about %j', async (expression, expected) => {
  const numbers = (await evaluate(expression))?.slice(1, -1).split(',').map(Number) ?? [];
  expect(numbers).toEqual(expected.map((number) => expect.closeTo(number, 8)));
});

test('ivo_histogram counts what is below, in each bin, and above', async () => {
  const adql = 'SELECT ivo_histogram("size", 10, 30, 2) AS bins FROM lab.things';
  const translation = translate(adql, { catalog, language: 'ADQL-2.1', rowLimit: 2 });
  expect(translation.columns).toMatchObject([{ name: 'bins', datatype: 'int', arraysize: '*' }]);
  expect(await readValues(translation, database)).toEqual([['{0,1,1,1}']]);
});

test('ivo_normal_random is random', async () => {
  expect(await evaluate('ivo_normal_random(5, 0)')).toBe('5');
  const one = await evaluate('ivo_normal_random(0, 1)');
  expect(await evaluate('ivo_normal_random(0, 1)')).not.toBe(one);
});

const oneCopy = `'{"aws": {"bucket_name": "b", "key": "k/x y", "region": "us-east-1"}}'`;
const twoCopies = `'{"aws": [{"bucket_name": "b", "key": "k", "region": "us-east-1", "access": "none"},
  {"bucket_name": "c", "key": "k", "region": "us-west-2", "access": "open"}]}'`;

test.each([
  [`cloud_uri(${oneCopy}, 'aws')`, 's3://b/k/x y'],
  [`cloud_uri(${oneCopy}, 'google')`, null],
  [`cloud_uri(${oneCopy}, 'aws', 'us-west-2')`, null],
  [`cloud_uri(${twoCopies}, 'aws')`, 's3://c/k'],
  [`cloud_uri(${twoCopies}, 'aws', 'us-west-2')`, 's3://c/k'],
  [`cloud_has(${oneCopy}, 'aws')`, '1'],
  [`cloud_has(${twoCopies}, 'aws', 'us-east-1')`, '0'],
  ["cloud_has('{}', 'aws')", '0'],
  ["cloud_has(NULL, 'aws')", '0'],
])('%s is %s', async (expression, expected) => {
  expect(await evaluate(expression)).toBe(expected);
});

test.each([
  ["CAST('12' AS INTEGER)", '12'],
  ['CAST(12.7 AS INTEGER)', '13'],
  ['CAST(flag AS INTEGER)', '1'],
  ['CAST(id AS CHAR(3))', '1  '],
  ["CAST('TESS' AS VARCHAR(2))", 'TE'],
  ['CAST("at" AS VARCHAR)', '2021-03-04T05:06:07'],
  ['CAST(at_zone AS VARCHAR)', '2021-03-04T05:06:07'],
  ["CAST('2021-03-04T05:06:07.5Z' AS TIMESTAMP)", '2021-03-04 05:06:07.5'],
])('%s is %s', async (expression, expected) => {
  expect(await evaluate(expression)).toBe(expected);
});

const parameterTypes = {
  INTEGER: 'integer',
  BIGINT: 'bigint',
  'DOUBLE PRECISION': 'double precision',
  VARCHAR: 'text',
  TIMESTAMP: 'timestamp',
  JSON: 'jsonb',
  POINT: 'double precision[]',
  CIRCLE: 'double precision[]',
  POLYGON: 'double precision[]',
  REGION: 'double precision[]',
} as const;

test('every signature has its PostgreSQL function', async () => {
  const names = signatures.map(({ sqlFunction, parameters }) => {
    const types = parameters.map(({ type }) => parameterTypes[type]);
    return `${sqlFunction}(${types.join(', ')})`;
  });
  const rows = await database.owner.query<{ readonly name: string }>(
    sql`SELECT name FROM unnest(${value(`{"${names.join('","')}"}`, 'text[]')}) AS name
      WHERE to_regprocedure(name) IS NULL`,
  );
  expect(rows).toEqual([]);
});

test('the planner inlines every function of the schema adql', async () => {
  const adql = `SELECT LOG("size"), POWER("size", id), ROUND("size", 2), MOD("size", id), MOD(id, 7),
    SIN("size"), COT("size"), EXP("size"), ivo_to_mjd("at"), ivo_hms_to_degrees(name),
    ivo_hasword(name, 'x'), ivo_hashlist_has(name, 'x'), ivo_interval_overlaps(id, id, 2, 3),
    cloud_uri(doc, 'aws', 'r'), cloud_has(doc, 'aws'), CAST("at" AS VARCHAR) FROM lab.things`;
  const { statement } = translate(adql, { catalog, language: 'ADQL-2.1', rowLimit: 2 });
  const plan = await database.owner.transaction(async (session) => {
    await session.execute(prepare(statement));
    return session.query(explainPrepared(statement));
  });
  expect(JSON.stringify(plan)).toContain('lab.things');
  expect(JSON.stringify(plan)).not.toContain('adql.');
});

test('the capabilities declare these functions', () => {
  const forms = languageFeatures.filter(({ group }) => group === 'udf').map(({ form }) => form);
  expect(forms).toEqual([
    'ivo_nocasematch(value VARCHAR, pattern VARCHAR) -> INTEGER',
    'ivo_hasword(haystack VARCHAR, needle VARCHAR) -> INTEGER',
    'ivo_hashlist_has(hashlist VARCHAR, item VARCHAR) -> INTEGER',
    'ivo_interval_overlaps(l1 DOUBLE PRECISION, h1 DOUBLE PRECISION, l2 DOUBLE PRECISION, h2 DOUBLE PRECISION) -> INTEGER',
    'ivo_to_jd(d TIMESTAMP) -> DOUBLE PRECISION',
    'ivo_to_mjd(d TIMESTAMP) -> DOUBLE PRECISION',
    'ivo_string_agg(expression VARCHAR, delimiter VARCHAR) -> VARCHAR',
    'ivo_hms_to_degrees(hms VARCHAR) -> DOUBLE PRECISION',
    'ivo_dms_to_degrees(dms VARCHAR) -> DOUBLE PRECISION',
    'ivo_healpix_index(hpxOrder INTEGER, long DOUBLE PRECISION, lat DOUBLE PRECISION) -> BIGINT',
    'ivo_healpix_index(hpxOrder INTEGER, p POINT) -> BIGINT',
    'ivo_healpix_center(hpxOrder INTEGER, hpxIndex BIGINT) -> POINT',
    'ivo_epoch_prop_pos(ra DOUBLE PRECISION, dec DOUBLE PRECISION, parallax DOUBLE PRECISION, pmra DOUBLE PRECISION, ' +
      'pmdec DOUBLE PRECISION, radial_velocity DOUBLE PRECISION, ref_epoch DOUBLE PRECISION, out_epoch DOUBLE PRECISION) -> POINT',
    'ivo_geom_transform(from_sys VARCHAR, to_sys VARCHAR, geo POINT) -> POINT',
    'ivo_geom_transform(from_sys VARCHAR, to_sys VARCHAR, geo CIRCLE) -> CIRCLE',
    'ivo_geom_transform(from_sys VARCHAR, to_sys VARCHAR, geo POLYGON) -> POLYGON',
    'ivo_geom_transform(from_sys VARCHAR, to_sys VARCHAR, geo REGION) -> REGION',
    'ivo_normal_random(mu DOUBLE PRECISION, sigma DOUBLE PRECISION) -> DOUBLE PRECISION',
    'ivo_histogram(val DOUBLE PRECISION, lower DOUBLE PRECISION, upper DOUBLE PRECISION, nbins INTEGER) -> INTEGER[]',
    'cloud_uri(locations VARCHAR, provider VARCHAR) -> VARCHAR',
    'cloud_uri(locations VARCHAR, provider VARCHAR, region VARCHAR) -> VARCHAR',
    'cloud_has(locations VARCHAR, provider VARCHAR) -> INTEGER',
    'cloud_has(locations VARCHAR, provider VARCHAR, region VARCHAR) -> INTEGER',
  ]);
});
