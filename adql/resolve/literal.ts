import type { Span } from '../ast.ts';
import type { SqlType } from '../catalog.ts';
import { AdqlError } from '../error.ts';
import { type ComputedType, metadataOf, sqlTypeOf } from '../functions/value-type.ts';
import type { ResolvedLiteral } from './resolved.ts';
import { shortened } from './scope.ts';

export function literal(value: string | null, type: ComputedType, span: Span): ResolvedLiteral {
  const sqlType = sqlTypeOf(type);
  return { kind: 'literal', value, type, sqlType, metadata: metadataOf(type), span };
}

/** An integer if it is written as one and fits (no digit of a long is lost), else a double. */
export function numberLiteral(text: string, isNegative: boolean, span: Span): ResolvedLiteral {
  const sign = isNegative ? '-' : '';
  // Many a list has 100,000 of them: BigInt takes its time.
  if (/^[1-9]\d{0,8}$/.test(text)) return literal(sign + text, 'INTEGER', span);
  if (/^\d+$/.test(text)) {
    const integer = BigInt(sign + text);
    const type = integerTypeOf(integer);
    if (type !== null) return literal(String(integer), type, span);
  }
  const number = Number(text);
  if (!Number.isFinite(number)) {
    throw new AdqlError('wrong-value', 'The number is too large: the limit is 1.8e308.', span);
  }
  return literal(number === 0 ? '0' : sign + text, 'DOUBLE PRECISION', span);
}

function integerTypeOf(integer: bigint): 'INTEGER' | 'BIGINT' | null {
  if (integer === BigInt.asIntN(32, integer)) return 'INTEGER';
  return integer === BigInt.asIntN(64, integer) ? 'BIGINT' : null;
}

const dalTimestamp = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?Z?$/;

/**
 * A string that was written where a timestamp belongs. Form: DALI 1.1, "Timestamps"
 * (`2021-03-04`, `2021-03-04T05:06:07.89`, UTC, the Z optional; a blank for the T will do).
 */
export function timestampLiteral(text: string, sqlType: SqlType, span: Span): ResolvedLiteral {
  const [, date, time] = dalTimestamp.exec(text.trim()) ?? [];
  const clock = time ?? '00:00:00';
  if (date === undefined || !isPossible(date, clock)) {
    throw new AdqlError(
      'wrong-value',
      `'${shortened(text)}' is no timestamp. Write it as '2021-03-04' or '2021-03-04T05:06:07.8', in UTC.`,
      span,
    );
  }
  const zone = sqlType === 'timestamp with time zone' ? 'Z' : '';
  return { ...literal(`${date}T${clock}${zone}`, 'TIMESTAMP', span), sqlType };
}

function isPossible(date: string, clock: string): boolean {
  const day = new Date(`${date}T00:00:00Z`);
  // Date rolls 2021-02-30 over into March.
  const isDay = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
  return isDay && date >= '0001' && /^([01]\d|2[0-3]):[0-5]\d(:([0-5]\d|60)|$)/.test(clock);
}
