import { isUtf8 } from 'node:buffer';
import type { Datatype } from '../../../adql/index.ts';
import type { CopyRows } from '../copy-rows.ts';
import type { UploadSqlType } from '../incoming-table.ts';
import { parseTimestamp } from '../timestamp-text.ts';
import { CellError } from '../upload-failure.ts';
import type { PageValue } from './page-values.ts';
import type { SchemaNode } from './schema.ts';

/** What the values of a leaf are here, and how one is written. */
export interface ValueKind {
  readonly datatype: Datatype;
  readonly arraysize: string | null;
  readonly xtype: string | null;
  readonly sqlType: UploadSqlType;
  readonly write: ValueWrite;
}

/** Writes int32 length and value. */
export type ValueWrite = (value: PageValue, rows: CopyRows) => void;

/** Null for what has no place here. */
export function valueKind(leaf: SchemaNode): ValueKind | null {
  switch (leaf.type) {
    case 'BOOLEAN':
      return scalar('boolean', 'boolean', (value, rows) => {
        rows.boolean(value === true);
      });
    case 'FLOAT':
      return scalar('float', 'real', writeFloat);
    case 'DOUBLE':
      return scalar('double', 'double precision', writeDouble);
    case 'INT32':
    case 'INT64':
      return integerKind(leaf);
    case 'INT96':
      return { ...timestamp, write: writeInt96 };
    case 'BYTE_ARRAY':
    case 'FIXED_LEN_BYTE_ARRAY':
      return bytesKind(leaf);
    case null:
      return null;
  }
}

function scalar(datatype: Datatype, sqlType: UploadSqlType, write: ValueWrite): ValueKind {
  return { datatype, arraysize: null, xtype: null, sqlType, write };
}

function integerKind({ type, meaning }: SchemaNode): ValueKind | null {
  if (meaning.kind === 'none') return type === 'INT32' ? int : long;
  if (meaning.kind === 'integer') return sizedInteger(meaning.bits, meaning.isSigned);
  if (meaning.kind === 'decimal') return decimal(meaning.scale, Number);
  if (meaning.kind === 'timestamp')
    return { ...timestamp, write: timestampWriter(meaning.perSecond) };
  return meaning.kind === 'date' ? { ...timestamp, write: writeDay } : null;
}

function writeDay(value: PageValue, rows: CopyRows): void {
  writeMicroseconds(bigintOf(value) * 86_400_000_000n, rows);
}

/** @param digits the number without its point */
function decimal(scale: number, digits: (value: PageValue) => number): ValueKind {
  return scalar('double', 'double precision', (value, rows) => {
    writeDouble(digits(value) / 10 ** scale, rows);
  });
}

const int = scalar('int', 'integer', (value, rows) => {
  rows.int32(4);
  rows.int32(Number(value));
});

const long = scalar('long', 'bigint', (value, rows) => {
  rows.int32(8);
  rows.int64(bigintOf(value));
});

function bigintOf(value: PageValue): bigint {
  return typeof value === 'bigint' ? value : BigInt(Number(value));
}

/** PostgreSQL's integers and VOTable's have a sign, but for bytes: the others take the next size. */
function sizedInteger(bits: number, isSigned: boolean): ValueKind {
  return (isSigned ? signedIntegers : unsignedIntegers)[bits] ?? long;
}

const short = scalar('short', 'smallint', shortWriter(-32_768, 32_767));

const signedIntegers: Readonly<Partial<Record<number, ValueKind>>> = {
  8: short,
  16: short,
  32: int,
};

const unsignedIntegers: Readonly<Partial<Record<number, ValueKind>>> = {
  8: scalar('unsignedByte', 'smallint', shortWriter(0, 255)),
  16: int,
  32: scalar('long', 'bigint', (value, rows) => {
    rows.int32(8);
    rows.int64(BigInt(Number(value) >>> 0));
  }),
  64: scalar('long', 'bigint', writeUnsignedLong),
};

export function shortWriter(low: number, high: number): ValueWrite {
  return (value, rows) => {
    const number = Number(value);
    if (number < low || number > high) {
      throw new CellError(
        `${String(number)} is beyond the range of its type (${String(low)} to ${String(high)})`,
      );
    }
    rows.int32(2);
    rows.int16(number);
  };
}

function writeUnsignedLong(value: PageValue, rows: CopyRows): void {
  if (typeof value === 'bigint' && value < 0n) {
    const unsigned = String(BigInt.asUintN(64, value));
    throw new CellError(`${unsigned} is beyond the range of datatype long (64 bits)`);
  }
  long.write(value, rows);
}

function writeFloat(value: PageValue, rows: CopyRows): void {
  rows.int32(4);
  rows.float32(Number(value));
}

function writeDouble(value: PageValue, rows: CopyRows): void {
  rows.int32(8);
  rows.float64(Number(value));
}

const timestamp = {
  datatype: 'char',
  arraysize: '*',
  xtype: 'timestamp',
  sqlType: 'timestamp without time zone',
} as const;

/** PostgreSQL counts microseconds from 2000-01-01, Parquet from 1970-01-01. */
const epoch = 946_684_800_000_000n;
/** The years 1 to 9999: DALI writes no others. */
const firstMicrosecond = -62_135_596_800_000_000n;
const lastMicrosecond = 253_402_300_799_999_999n;

function writeMicroseconds(since1970: bigint, rows: CopyRows): void {
  if (since1970 < firstMicrosecond || since1970 > lastMicrosecond) {
    throw new CellError('its time is outside of the years 1 to 9999');
  }
  rows.int32(8);
  rows.int64(since1970 - epoch);
}

/** What is finer than microseconds is cut off. */
function timestampWriter(perSecond: number): ValueWrite {
  return (value, rows) => {
    const units = bigintOf(value);
    const scale = BigInt(perSecond);
    writeMicroseconds(
      perSecond > 1e6 ? units / (scale / 1_000_000n) : units * (1_000_000n / scale),
      rows,
    );
  };
}

const julianDayOf1970 = 2_440_588n;

/** Nanoseconds of the day, then the Julian day: what old writers call a timestamp. */
function writeInt96(value: PageValue, rows: CopyRows): void {
  if (!Buffer.isBuffer(value)) return;
  const days = BigInt(value.readInt32LE(8)) - julianDayOf1970;
  writeMicroseconds(days * 86_400_000_000n + value.readBigInt64LE(0) / 1000n, rows);
}

function bytesKind({ type, typeLength, meaning }: SchemaNode): ValueKind | null {
  const text = { datatype: 'char', arraysize: '*', xtype: null, sqlType: 'text' } as const;
  if (meaning.kind === 'text') return { ...text, write: writeText };
  if (meaning.kind === 'uuid') return { ...text, arraysize: '36', write: writeUuid };
  if (meaning.kind === 'decimal') return decimal(meaning.scale, unscaled);
  if (meaning.kind === 'half') return scalar('float', 'real', writeHalf);
  if (meaning.kind !== 'none') return null;
  const arraysize = type === 'FIXED_LEN_BYTE_ARRAY' ? String(typeLength) : '*';
  return { ...scalar('unsignedByte', 'bytea', writeBytes), arraysize };
}

function writeHalf(value: PageValue, rows: CopyRows): void {
  writeFloat(halfOf(value), rows);
}

function writeBytes(value: PageValue, rows: CopyRows): void {
  if (!Buffer.isBuffer(value)) return;
  rows.int32(value.length);
  rows.copy(value, 0, value.length);
}

/** As `writeBytes`, once it is sure that it is text. */
export function writeText(value: PageValue, rows: CopyRows): void {
  if (!Buffer.isBuffer(value)) return;
  if (!isUtf8(value)) throw new CellError('it is not the UTF-8 text that it should be');
  if (value.includes(0)) throw new CellError('text with a NUL character cannot be stored');
  writeBytes(value, rows);
}

/** Text that is a timestamp, as a FIELD says. */
export function writeTimestampText(value: PageValue, rows: CopyRows): void {
  const microseconds = parseTimestamp(String(value));
  rows.int32(8);
  rows.int64(microseconds);
}

function writeUuid(value: PageValue, rows: CopyRows): void {
  const hex = Buffer.isBuffer(value) ? value.toString('hex') : '';
  rows.text(hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'));
}

/** A big-endian integer with sign, of any length. */
function unscaled(value: PageValue): number {
  if (!Buffer.isBuffer(value) || value.length === 0) return 0;
  const bits = value.length * 8;
  if (bits > 256) throw new CellError('its decimal has more digits than this service takes');
  return Number(BigInt.asIntN(bits, BigInt(`0x${value.toString('hex')}`)));
}

/** IEEE 754, 16 bits, little-endian. */
function halfOf(value: PageValue): number {
  const bits = Buffer.isBuffer(value) && value.length === 2 ? value.readUInt16LE() : 0;
  const sign = bits >> 15 === 1 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  if (exponent === 0) return (sign * fraction) / 2 ** 24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
