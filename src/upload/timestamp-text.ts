import { shortened } from '../service-error.ts';
import { CellError } from './upload-failure.ts';

/** DALI 1.1, "Timestamps": a day, or day and time; `T` or (from databases) a blank between. */
const pattern = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?Z?)?Z?$/;

/** PostgreSQL counts from 2000-01-01. */
const epoch = Date.UTC(2000, 0, 1);

/**
 * A DALI timestamp as PostgreSQL's `timestamp`: microseconds since 2000-01-01T00:00:00. What is
 * finer is cut off. A leap second (23:59:60) is the first of the next day, as in PostgreSQL.
 */
export function parseTimestamp(text: string): bigint {
  const match = pattern.exec(text.trim());
  const [year = 0, month = 0, day = 0, ...time] = numbersIn(match);
  if (match === null || !isDay(year, month, day) || !isTime(time)) {
    throw new CellError(
      `"${shortened(text)}" is no timestamp; write it as 2021-06-30T12:34:56.789`,
    );
  }
  const [hour, minute, second] = time;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour ?? 0, minute, second);
  const fraction: string | undefined = match[7];
  return BigInt(date.getTime() - epoch) * 1000n + microseconds(fraction ?? '');
}

/** Year to second; what is left out is 0. */
function numbersIn(match: RegExpExecArray | null): readonly number[] {
  const parts: readonly (string | undefined)[] = match?.slice(1, 7) ?? [];
  return parts.map((part) => Number(part ?? 0));
}

function microseconds(fraction: string): bigint {
  return BigInt(fraction.slice(0, 6).padEnd(6, '0'));
}

function isDay(year: number, month: number, day: number): boolean {
  const lastDay = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= lastDay;
}

function isTime([hour = 0, minute = 0, second = 0]: readonly number[]): boolean {
  return hour <= 23 && minute <= 59 && (second <= 59 || (second === 60 && minute === 59));
}
