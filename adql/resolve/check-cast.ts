import type { Span } from '../ast.ts';
import { AdqlError } from '../error.ts';
import { isInteger, type NumericType } from '../functions/value-type.ts';
import type { ResolvedLiteral } from './resolved.ts';
import { shortened } from './scope.ts';

/** The largest number of each type, and what takes larger ones. */
const ends = {
  SMALLINT: { largest: '32767', advice: ' CAST it AS INTEGER or BIGINT.' },
  INTEGER: { largest: '2147483647', advice: ' CAST it AS BIGINT.' },
  BIGINT: { largest: '9223372036854775807', advice: ' CAST it AS DOUBLE PRECISION.' },
  REAL: { largest: '3.4028235e38', advice: ' CAST it AS DOUBLE PRECISION.' },
  'DOUBLE PRECISION': { largest: '1.7976931348623157e308', advice: '' },
} as const satisfies Record<NumericType, { largest: string; advice: string }>;

/** A literal that CAST makes a number of; an error at its place where it is none, too large or too small. */
export function checkNumber({ value, type, span }: ResolvedLiteral, target: NumericType): void {
  if (value === null) return;
  if (type === 'VARCHAR') checkText(value, target, span);
  // NaN and the infinities have their place in REAL and DOUBLE PRECISION.
  if (noFiniteNumber.test(value)) return;
  const { largest, advice } = ends[target];
  const problem = isTooLarge(value, target)
    ? `does not fit ${target}, which ends at ${largest}.${advice}`
    : isTooSmall(value, target) && `is nearer to 0 than any ${target}. Write 0.`;
  if (problem !== false) throw new AdqlError('wrong-value', `${shortened(value)} ${problem}`, span);
}

function isTooLarge(value: string, target: NumericType): boolean {
  const { largest } = ends[target];
  if (isInteger(target) && wholeNumber.test(value)) {
    const whole = BigInt(value.trim().replace(/^\+/, ''));
    return whole > BigInt(largest) || whole < -BigInt(largest) - 1n;
  }
  const number = isInteger(target) ? Math.round(Number(value)) : Number(value);
  return number > Number(largest) || number < -Number(largest) - 1;
}

/** The smallest REAL is 1.4e-45; what JavaScript reads as 0 is too small for a double. */
function isTooSmall(value: string, target: NumericType): boolean {
  const isZero = !/^[^e]*[1-9]/i.test(value);
  if (isInteger(target) || isZero) return false;
  return Math.abs(Number(value)) < (target === 'REAL' ? 1.4e-45 : Number.MIN_VALUE);
}

const wholeNumber = /^\s*[+-]?\d+\s*$/;
const anyNumber = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
const noFiniteNumber = /^\s*(nan|[+-]?inf(inity)?)\s*$/i;

function checkText(text: string, target: NumericType, span: Span): void {
  const isPlain = anyNumber.test(text);
  const isNumber = isInteger(target)
    ? wholeNumber.test(text)
    : isPlain || noFiniteNumber.test(text);
  if (isNumber) return;
  const advice = isPlain ? ' CAST it AS DOUBLE PRECISION first, and that AS the type.' : '';
  throw new AdqlError(
    'wrong-value',
    `'${shortened(text)}' is no ${isPlain ? 'whole ' : ''}number for CAST(... AS ${target}).${advice}`,
    span,
  );
}
