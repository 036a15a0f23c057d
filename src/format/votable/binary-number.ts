import type { Datatype, SqlType } from '../../../adql/index.ts';
import type { ByteOutput } from '../byte-output.ts';

/** Appends the number at source[at] as another type. The room is reserved. */
export type CopyNumber = (source: Buffer, at: number, output: ByteOutput) => void;

/** A number of VOTable or PostgreSQL: both big-endian, two's complement and IEEE 754. */
interface NumberType {
  readonly kind: 'integer' | 'unsigned' | 'float';
  readonly bytes: 1 | 2 | 4 | 8;
}

/** Of a real number; the complex types are two of them. */
const targets = {
  unsignedByte: { kind: 'unsigned', bytes: 1 },
  short: { kind: 'integer', bytes: 2 },
  int: { kind: 'integer', bytes: 4 },
  long: { kind: 'integer', bytes: 8 },
  float: { kind: 'float', bytes: 4 },
  double: { kind: 'float', bytes: 8 },
  floatComplex: { kind: 'float', bytes: 4 },
  doubleComplex: { kind: 'float', bytes: 8 },
} as const satisfies Partial<Record<Datatype, NumberType>>;

export type NumericDatatype = keyof typeof targets;

const sources = {
  smallint: { kind: 'integer', bytes: 2 },
  integer: { kind: 'integer', bytes: 4 },
  bigint: { kind: 'integer', bytes: 8 },
  real: { kind: 'float', bytes: 4 },
  'double precision': { kind: 'float', bytes: 8 },
} as const satisfies Partial<Record<SqlType, NumberType>>;

export type NumericSqlType = keyof typeof sources;

export function isNumericDatatype(datatype: Datatype): datatype is NumericDatatype {
  return Object.hasOwn(targets, datatype);
}

export function isNumericSqlType(sqlType: string): sqlType is NumericSqlType {
  return Object.hasOwn(sources, sqlType);
}

/** Bytes of one number; a complex value has two. */
export function bytesOf(datatype: NumericDatatype): number {
  return targets[datatype].bytes;
}

/** Numbers to one primitive: real and imaginary part. */
export function partsOf(datatype: NumericDatatype): 1 | 2 {
  return datatype === 'floatComplex' || datatype === 'doubleComplex' ? 2 : 1;
}

export function isFloating(datatype: NumericDatatype): boolean {
  return targets[datatype].kind === 'float';
}

/** What stands for NULL: NaN, or zero (VOTable 1.4, "BINARY2"). */
export function nullNumber(datatype: NumericDatatype): Buffer {
  const { kind, bytes } = targets[datatype];
  const written = Buffer.alloc(bytes);
  if (kind === 'float' && bytes === 4) written.writeFloatBE(NaN);
  if (kind === 'float' && bytes === 8) written.writeDoubleBE(NaN);
  return written;
}

/** The least number of the type, which BINARY takes for NULL; null when it is no integer with a sign. */
export function leastInteger(
  datatype: NumericDatatype,
): { readonly text: string; readonly bytes: Buffer } | null {
  const { kind, bytes } = targets[datatype];
  if (kind !== 'integer') return null;
  const written = Buffer.alloc(bytes);
  written[0] = 0x80;
  return { text: String(-(2n ** BigInt(bytes * 8 - 1))), bytes: written };
}

/**
 * Null when the one cannot become the other: a fraction is no integer.
 * @param tooLarge what to throw at a number that the target has no room for
 */
export function copyNumber(
  from: NumericSqlType,
  to: NumericDatatype,
  tooLarge: () => Error,
): CopyNumber | null {
  const source: NumberType = sources[from];
  const target: NumberType = targets[to];
  if (isSame(source, target)) return sameBytes(source.bytes);
  if (target.kind === 'float') {
    return (bytes, at, output) => {
      writeFloating(readNumber(bytes, at, source), target.bytes, output);
    };
  }
  if (source.kind === 'float') return null;
  return target.bytes > source.bytes
    ? widened(source.bytes, target.bytes - source.bytes)
    : narrowed(source.bytes, target, tooLarge);
}

/** Whether the one is the other, and whole words of four bytes. */
export function isSameInWords(from: NumericSqlType, to: NumericDatatype): boolean {
  return isSame(sources[from], targets[to]) && sources[from].bytes >= 4;
}

function isSame(source: NumberType, target: NumberType): boolean {
  return source.kind === target.kind && source.bytes === target.bytes;
}

/** Appends a floating-point number. The room is reserved. */
export function writeFloating(number: number, bytes: number, output: ByteOutput): void {
  if (bytes === 4) output.bytes.writeFloatBE(number, output.length);
  else output.bytes.writeDoubleBE(number, output.length);
  output.length += bytes;
}

function sameBytes(bytes: number): CopyNumber {
  return (source, at, output) => {
    output.copy(source, at, at + bytes);
  };
}

function readNumber(source: Buffer, at: number, { kind, bytes }: NumberType): number {
  if (kind === 'float') return bytes === 4 ? source.readFloatBE(at) : source.readDoubleBE(at);
  return bytes === 8 ? Number(source.readBigInt64BE(at)) : source.readIntBE(at, bytes);
}

function widened(bytes: number, added: number): CopyNumber {
  return (source, at, output) => {
    const sign = (source[at] ?? 0) >= 0x80 ? 0xff : 0;
    output.bytes.fill(sign, output.length, output.length + added);
    output.length += added;
    output.copy(source, at, at + bytes);
  };
}

/** Only where TAP_SCHEMA says that the values are small: an unsignedByte kept as smallint. */
function narrowed(bytes: number, to: NumberType, tooLarge: () => Error): CopyNumber {
  const dropped = bytes - to.bytes;
  return (source, at, output) => {
    const isNegative = to.kind === 'integer' && (source[at + dropped] ?? 0) >= 0x80;
    for (let index = at; index < at + dropped; index += 1) {
      if (source[index] !== (isNegative ? 0xff : 0)) throw tooLarge();
    }
    output.copy(source, at + dropped, at + bytes);
  };
}
