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

/** A literal that CAST makes a number of; an error at its place where it is none, or too large. */
export function checkNumber({ value, type, span }: ResolvedLiteral, target: NumericType): void {
  if (value === null) return;
  if (type === 'VARCHAR') checkText(value, target, span);
  const number = Number(value);
  const { largest, advice } = ends[target];
  const limit = Number(largest);
  if (Math.round(number) <= limit && Math.round(number) >= -limit - 1) return;
  // NaN and the infinities have their place in REAL and DOUBLE PRECISION.
  if (!Number.isFinite(number) && type === 'VARCHAR') return;
  throw new AdqlError(
    'wrong-value',
    `${shortened(value)} does not fit ${target}, which ends at ${largest}.${advice}`,
    span,
  );
}

const wholeNumber = /^\s*[+-]?\d+\s*$/;
const anyNumber = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
const noFiniteNumber = /^\s*(nan|[+-]?inf(inity)?)\s*$/i;

function checkText(text: string, target: NumericType, span: Span): void {
  const isFinite = anyNumber.test(text) && Number.isFinite(Number(text));
  const isNumber = isInteger(target)
    ? wholeNumber.test(text)
    : isFinite || noFiniteNumber.test(text);
  if (isNumber) return;
  const advice = isFinite ? ' CAST it AS DOUBLE PRECISION first, and that AS the type.' : '';
  throw new AdqlError(
    'wrong-value',
    `'${shortened(text)}' is no ${isFinite ? 'whole ' : ''}number for CAST(... AS ${target}).${advice}`,
    span,
  );
}
