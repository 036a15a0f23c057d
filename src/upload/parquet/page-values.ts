import { DamagedPage } from './damaged-page.ts';
import { DeltaIntegers } from './delta-integers.ts';
import { RunLengths, type Span } from './run-lengths.ts';
import type { PhysicalType } from './schema.ts';

/** A value of a page; byte arrays are pieces of the page, to be read before the next one comes. */
export type PageValue = boolean | number | bigint | Buffer;

/** The values of a page in their order, nulls left out. */
export type NextValue = () => PageValue;

export interface ValueShape {
  readonly type: PhysicalType;
  /** Bytes of a FIXED_LEN_BYTE_ARRAY. */
  readonly typeLength: number;
}

/** The values of a dictionary page by their number. */
export type Dictionary = (index: number) => PageValue;

const lengthBytes = 4;

/**
 * Values in one of Parquet's encodings (Parquet format, "Encodings"). Nothing is unpacked before it is
 * asked for: a page holds no more memory than its bytes.
 * @throws DamagedPage from here and from the values
 */
export function pageValues(
  source: Buffer,
  span: Span,
  { encoding, shape, dictionary }: Encoded,
): NextValue {
  switch (encoding) {
    case 0:
      return plainValues(source, span, shape);
    case 2:
    case 8:
      return dictionaryValues(source, span, dictionary);
    case 3:
      return runLengthBooleans(source, span, shape);
    case 5:
      return deltaNumbers(source, span, shape);
    case 6:
      return deltaLengths(source, span);
    case 7:
      return deltaStrings(source, span);
    case 9:
      return splitValues(source, span, shape);
    default:
      throw new DamagedPage(`encoding ${String(encoding)}`);
  }
}

export interface Encoded {
  /** As Parquet numbers them. */
  readonly encoding: number;
  readonly shape: ValueShape;
  readonly dictionary: Dictionary | null;
}

/** PLAIN, but for its values of variable length. */
function plainReader({ type, typeLength }: ValueShape): FixedReader | null {
  switch (type) {
    case 'INT32':
      return { bytes: 4, read: (source, at) => source.readInt32LE(at) };
    case 'INT64':
      return { bytes: 8, read: (source, at) => source.readBigInt64LE(at) };
    case 'FLOAT':
      return { bytes: 4, read: (source, at) => source.readFloatLE(at) };
    case 'DOUBLE':
      return { bytes: 8, read: (source, at) => source.readDoubleLE(at) };
    case 'INT96':
      return piecesOf(12);
    case 'FIXED_LEN_BYTE_ARRAY':
      return piecesOf(typeLength);
    case 'BOOLEAN':
    case 'BYTE_ARRAY':
      return null;
  }
}

interface FixedReader {
  readonly bytes: number;
  readonly read: (source: Buffer, at: number) => PageValue;
}

function piecesOf(bytes: number): FixedReader {
  if (bytes < 1) throw new DamagedPage();
  return { bytes, read: (source, at) => source.subarray(at, at + bytes) };
}

function plainValues(source: Buffer, { start, end }: Span, shape: ValueShape): NextValue {
  const reader = plainReader(shape);
  let at = start;
  if (reader !== null) {
    const { bytes, read } = reader;
    return () => {
      const begin = at;
      at += bytes;
      if (at > end) throw new DamagedPage();
      return read(source, begin);
    };
  }
  if (shape.type === 'BOOLEAN') {
    let bit = start * 8;
    return () => {
      if (bit >= end * 8) throw new DamagedPage();
      const value = ((source[bit >> 3] ?? 0) >> (bit & 7)) & 1;
      bit += 1;
      return value === 1;
    };
  }
  return () => {
    const begin = at + lengthBytes;
    if (begin > end) throw new DamagedPage();
    at = begin + source.readUInt32LE(at);
    if (at > end) throw new DamagedPage();
    return source.subarray(begin, at);
  };
}

/**
 * A dictionary page, which is always PLAIN.
 * @param count of its values
 */
export function readDictionary(source: Buffer, count: number, shape: ValueShape): Dictionary {
  const reader = plainReader(shape);
  if (reader !== null) {
    const { bytes, read } = reader;
    if (count * bytes > source.length) throw new DamagedPage();
    return (index) => {
      if (index >= count) throw new DamagedPage();
      return read(source, index * bytes);
    };
  }
  if (count * lengthBytes > source.length) throw new DamagedPage();
  const begins = new Uint32Array(count);
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    begins[index] = at;
    if (at + lengthBytes > source.length) throw new DamagedPage();
    at += lengthBytes + source.readUInt32LE(at);
    if (at > source.length) throw new DamagedPage();
  }
  return (index) => {
    const begin = begins[index];
    if (begin === undefined) throw new DamagedPage();
    const value = begin + lengthBytes;
    return source.subarray(value, value + source.readUInt32LE(begin));
  };
}

function dictionaryValues(
  source: Buffer,
  { start, end }: Span,
  dictionary: Dictionary | null,
): NextValue {
  if (dictionary === null) throw new DamagedPage();
  // A page of nulls alone may have nothing here.
  const width = start < end ? (source[start] ?? 0) : 0;
  const indexes = new RunLengths(source, { start: Math.min(start + 1, end), end }, width);
  return () => dictionary(indexes.next());
}

function runLengthBooleans(source: Buffer, { start, end }: Span, { type }: ValueShape): NextValue {
  if (type !== 'BOOLEAN') throw new DamagedPage();
  const values = new RunLengths(source, { start: Math.min(start + lengthBytes, end), end }, 1);
  return () => values.next() === 1;
}

function deltaNumbers(source: Buffer, span: Span, { type }: ValueShape): NextValue {
  if (type !== 'INT32' && type !== 'INT64') throw new DamagedPage();
  const integers = new DeltaIntegers(source, span);
  if (type === 'INT64') return () => integers.next();
  return () => Number(BigInt.asIntN(32, integers.next()));
}

function deltaLengths(source: Buffer, span: Span): () => Buffer {
  let at = new DeltaIntegers(source, span).end();
  const lengths = new DeltaIntegers(source, span);
  return () => {
    const begin = at;
    const length = Number(lengths.next());
    at += length;
    if (length < 0 || at > span.end) throw new DamagedPage();
    return source.subarray(begin, at);
  };
}

/** Each begins like the one before. */
function deltaStrings(source: Buffer, span: Span): NextValue {
  const prefixes = new DeltaIntegers(source, span);
  const start = new DeltaIntegers(source, span).end();
  const nextSuffix = deltaLengths(source, { start, end: span.end });
  let last: Buffer = Buffer.alloc(0);
  return () => {
    const prefix = Number(prefixes.next());
    const suffix = nextSuffix();
    if (prefix < 0 || prefix > last.length) throw new DamagedPage();
    last = prefix === 0 ? suffix : Buffer.concat([last.subarray(0, prefix), suffix]);
    return last;
  };
}

/** BYTE_STREAM_SPLIT: the first bytes of all values, then the second bytes of all... */
function splitValues(source: Buffer, { start, end }: Span, shape: ValueShape): NextValue {
  const reader = plainReader(shape);
  if (reader === null) throw new DamagedPage();
  const { bytes, read } = reader;
  const count = Math.floor((end - start) / bytes);
  let index = 0;
  return () => {
    if (index >= count) throw new DamagedPage();
    const value = Buffer.allocUnsafe(bytes);
    for (let byte = 0; byte < bytes; byte += 1) {
      value[byte] = source[start + byte * count + index] ?? 0;
    }
    index += 1;
    return read(value, 0);
  };
}
