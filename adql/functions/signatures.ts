import type { Parameter, ParameterType, Signature } from './signature.ts';

const number: Parameter = { name: 'x', type: 'DOUBLE PRECISION' };

/** A function of ADQL 2.1, "Mathematical functions": doubles in, a double out. */
function mathematics(
  name: string,
  description: string,
  parameters: readonly Parameter[] = [number],
): Signature {
  const sqlFunction = `adql.${name.toLowerCase()}`;
  const result = 'DOUBLE PRECISION';
  return {
    name,
    group: 'mathematics',
    parameters,
    result,
    aggregate: false,
    sqlFunction,
    description,
  };
}

const digits: Parameter = { name: 'n', type: 'INTEGER' };
const pair: readonly Parameter[] = [
  { name: 'y', type: 'DOUBLE PRECISION' },
  { name: 'x', type: 'DOUBLE PRECISION' },
];
const longPair: readonly Parameter[] = [
  { name: 'x', type: 'BIGINT' },
  { name: 'y', type: 'BIGINT' },
];

/** Where the value is not defined (LOG of 0, SQRT of -1) every one of these gives NULL. */
const mathematicalFunctions: readonly Signature[] = [
  mathematics('ABS', 'Absolute value.'),
  mathematics('CEILING', 'Smallest integer not less than x.'),
  mathematics('DEGREES', 'Radians to degrees.'),
  mathematics('EXP', 'e to the power of x.'),
  mathematics('FLOOR', 'Largest integer not greater than x.'),
  mathematics('LOG', 'Natural logarithm.'),
  mathematics('LOG10', 'Logarithm to base 10.'),
  // Of integers it stays exact: source identifiers have more digits than a double holds.
  {
    ...mathematics('MOD', 'Remainder of x / y, with the sign of x.', longPair),
    result: 'BIGINT',
  },
  mathematics('MOD', 'Remainder of x / y, with the sign of x.', [...pair].reverse()),
  mathematics('PI', 'The number pi.', []),
  mathematics('POWER', 'x to the power of y.', [...pair].reverse()),
  mathematics('RADIANS', 'Degrees to radians.'),
  mathematics('RAND', 'A random number from 0 to below 1.', []),
  mathematics('RAND', 'A random number from 0 to below 1; the seed has no effect.', [
    { name: 'seed', type: 'BIGINT' },
  ]),
  mathematics('ROUND', 'x to the nearest integer.'),
  mathematics('ROUND', 'x to n decimal places; n may be negative.', [number, digits]),
  mathematics('SQRT', 'Square root.'),
  mathematics('TRUNCATE', 'x without its decimal places.'),
  mathematics('TRUNCATE', 'x cut off after n decimal places; n may be negative.', [number, digits]),
  mathematics('ACOS', 'Arc cosine, radians from 0 to pi.'),
  mathematics('ASIN', 'Arc sine, radians from -pi/2 to pi/2.'),
  mathematics('ATAN', 'Arc tangent, radians from -pi/2 to pi/2.'),
  mathematics('ATAN2', 'Arc tangent of y/x, radians from -pi to pi.', pair),
  mathematics('COS', 'Cosine of x radians.'),
  mathematics('COT', 'Cotangent of x radians.'),
  mathematics('SIN', 'Sine of x radians.'),
  mathematics('TAN', 'Tangent of x radians.'),
];

const stringFunctions: readonly Signature[] = [
  {
    name: 'LOWER',
    group: 'string',
    parameters: [{ name: 'text', type: 'VARCHAR' }],
    result: 'VARCHAR',
    aggregate: false,
    sqlFunction: 'lower',
    description: 'The text in lower case.',
  },
  {
    name: 'UPPER',
    group: 'string',
    parameters: [{ name: 'text', type: 'VARCHAR' }],
    result: 'VARCHAR',
    aggregate: false,
    sqlFunction: 'upper',
    description: 'The text in upper case.',
  },
];

/** A user defined function, written as `udf('ivo_x', 'a VARCHAR, b VARCHAR', 'INTEGER', '...')`. */
function udf(
  name: string,
  parameters: Readonly<Record<string, ParameterType>>,
  rest: Pick<Signature, 'result' | 'description'>,
): Signature {
  return {
    name,
    group: 'udf',
    parameters: Object.entries(parameters).map(([parameter, type]) => ({ name: parameter, type })),
    aggregate: false,
    sqlFunction: `adql.${name}`,
    ...rest,
  };
}

/** Of the IVOA's catalogue of user defined functions (Endorsed Note 1.2, 2024-11-07). */
const ivoaFunctions: readonly Signature[] = [
  udf(
    'ivo_nocasematch',
    { value: 'VARCHAR', pattern: 'VARCHAR' },
    {
      result: 'INTEGER',
      description: '1 if the value matches the LIKE pattern whatever the case, else 0.',
    },
  ),
  udf(
    'ivo_hasword',
    { haystack: 'VARCHAR', needle: 'VARCHAR' },
    {
      result: 'INTEGER',
      description: '1 if every word of the needle is a word of the haystack, in any case, else 0.',
    },
  ),
  udf(
    'ivo_hashlist_has',
    { hashlist: 'VARCHAR', item: 'VARCHAR' },
    {
      result: 'INTEGER',
      description: '1 if the item is in the list of items separated by #, in any case, else 0.',
    },
  ),
  udf(
    'ivo_interval_overlaps',
    {
      l1: 'DOUBLE PRECISION',
      h1: 'DOUBLE PRECISION',
      l2: 'DOUBLE PRECISION',
      h2: 'DOUBLE PRECISION',
    },
    {
      result: 'INTEGER',
      description:
        '1 if the closed intervals l1..h1 and l2..h2 share a point, else 0; an interval whose ' +
        'lower limit exceeds the upper one overlaps nothing.',
    },
  ),
  udf(
    'ivo_to_jd',
    { d: 'TIMESTAMP' },
    { result: 'DOUBLE PRECISION', description: 'The timestamp as Julian date, days.' },
  ),
  udf(
    'ivo_to_mjd',
    { d: 'TIMESTAMP' },
    { result: 'DOUBLE PRECISION', description: 'The timestamp as modified Julian date, days.' },
  ),
  {
    ...udf(
      'ivo_string_agg',
      { expression: 'VARCHAR', delimiter: 'VARCHAR' },
      {
        result: 'VARCHAR',
        description:
          'All values of a group in one text, set apart by the delimiter; without NULLs.',
      },
    ),
    aggregate: true,
    sqlFunction: 'string_agg',
  },
  udf(
    'ivo_hms_to_degrees',
    { hms: 'VARCHAR' },
    {
      result: 'DOUBLE PRECISION',
      description:
        'Hours, minutes, seconds (h:m:s, hhmmss or 1h2m3s) in degrees; NULL if it cannot be read.',
    },
  ),
  udf(
    'ivo_dms_to_degrees',
    { dms: 'VARCHAR' },
    {
      result: 'DOUBLE PRECISION',
      description:
        'Degrees, minutes, seconds (d:m:s, ddmmss or 1d2m3s) in degrees; NULL if it cannot be read.',
    },
  ),
];

const cloudAccess = { cloud_access: 'JSON', provider: 'VARCHAR' } as const;

/** Questions to the column `cloud_access`: which provider ("aws") holds a copy, in which region, where. */
const cloudFunctions: readonly Signature[] = [
  udf('cloud_uri', cloudAccess, {
    result: 'VARCHAR',
    description:
      "URI of the provider's first copy, such as s3://bucket/key of cloud_uri(cloud_access, 'aws'); " +
      'NULL if it has none.',
  }),
  udf(
    'cloud_uri',
    { ...cloudAccess, region: 'VARCHAR' },
    { result: 'VARCHAR', description: "URI of the provider's first copy in the region." },
  ),
  udf('cloud_has', cloudAccess, {
    result: 'INTEGER',
    description: '1 if the provider holds a copy, else 0.',
  }),
  udf(
    'cloud_has',
    { ...cloudAccess, region: 'VARCHAR' },
    { result: 'INTEGER', description: '1 if the provider holds a copy in the region, else 0.' },
  ),
];

/** Every function that queries can call, COALESCE and the aggregates of SQL aside. */
export const signatures: readonly Signature[] = [
  ...mathematicalFunctions,
  ...stringFunctions,
  ...ivoaFunctions,
  ...cloudFunctions,
];
