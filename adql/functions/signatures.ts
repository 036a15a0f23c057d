import { cloudFunctions } from './cloud-functions.ts';
import { ivoaFunctions } from './ivoa-functions.ts';
import type { Parameter, Signature } from './signature.ts';
import { skyFunctions } from './sky-functions.ts';

const number: Parameter = { name: 'x', type: 'DOUBLE PRECISION' };

/** A function of ADQL 2.1, "Mathematical functions": doubles in, a double out. */
function mathematics(
  name: string,
  description: string,
  parameters: readonly Parameter[] = [number],
): Signature {
  const unit = units[name];
  return {
    name,
    group: 'mathematics',
    parameters,
    result: 'DOUBLE PRECISION',
    ...(unit === undefined ? {} : { unit }),
    aggregate: false,
    sqlFunction: `adql.${name.toLowerCase()}`,
    description,
  };
}

const units: Readonly<Record<string, Signature['unit']>> = {
  ABS: 'same',
  CEILING: 'same',
  FLOOR: 'same',
  MOD: 'same',
  ROUND: 'same',
  TRUNCATE: 'same',
  DEGREES: 'deg',
  RADIANS: 'rad',
  ACOS: 'rad',
  ASIN: 'rad',
  ATAN: 'rad',
  ATAN2: 'rad',
};

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

/** Every function that queries can call, COALESCE and the aggregates of SQL aside. */
export const signatures: readonly Signature[] = [
  ...mathematicalFunctions,
  ...stringFunctions,
  ...ivoaFunctions,
  ...skyFunctions,
  ...cloudFunctions,
];
