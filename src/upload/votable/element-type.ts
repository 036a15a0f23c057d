import type { Datatype } from '../../../adql/index.ts';
import { CopyRows } from '../copy-rows.ts';
import type { UploadSqlType } from '../incoming-table.ts';
import { type IntegerRange, parseFloating, parseInteger, parseLong } from '../number-text.ts';

export type NumericDatatype = Exclude<Datatype, 'boolean' | 'bit' | 'char' | 'unicodeChar'>;

/** One number of a VOTable datatype: how it stands in the document, and in PostgreSQL. */
export interface ElementType {
  readonly sqlType: UploadSqlType;
  readonly arrayType: UploadSqlType;
  /** Of `sqlType`; stands in every array value. */
  readonly oid: number;
  /** In a binary stream. */
  readonly bytes: number;
  /** Numbers to one primitive: 2 (real and imaginary part) for the complex ones. */
  readonly parts: 1 | 2;
  /** Writes int32 length and value. */
  readonly fromText: (text: string, rows: CopyRows) => void;
  /** As `fromText`, from the big-endian bytes at `at`. */
  readonly fromBytes: (source: Buffer, at: number, rows: CopyRows) => void;
  /** Whether the bytes at `at` are NaN, the null of BINARY; always false for integers. */
  readonly isNaN: (source: Buffer, at: number) => boolean;
}

const never = (): boolean => false;

/** The bytes of VOTable's numbers are PostgreSQL's: both are big-endian and IEEE 754. */
function sameBytes(bytes: number): ElementType['fromBytes'] {
  return (source, at, rows) => {
    rows.int32(bytes);
    rows.copy(source, at, at + bytes);
  };
}

function range(datatype: string, bits: number, low = -(2 ** (bits - 1))): IntegerRange {
  return { datatype, bits, low, high: 2 ** bits + low - 1 };
}

function smallInteger(integers: IntegerRange): ElementType['fromText'] {
  return (text, rows) => {
    const number = parseInteger(text, integers);
    rows.int32(2);
    rows.int16(number);
  };
}

const ints = range('int', 32);

const float: ElementType = {
  sqlType: 'real',
  arrayType: 'real[]',
  oid: 700,
  bytes: 4,
  parts: 1,
  fromText: (text, rows) => {
    const number = parseFloating(text, 'float');
    rows.int32(4);
    rows.float32(number);
  },
  fromBytes: sameBytes(4),
  isNaN: (source, at) => Number.isNaN(source.readFloatBE(at)),
};

const double: ElementType = {
  sqlType: 'double precision',
  arrayType: 'double precision[]',
  oid: 701,
  bytes: 8,
  parts: 1,
  fromText: (text, rows) => {
    const number = parseFloating(text, 'double');
    rows.int32(8);
    rows.float64(number);
  },
  fromBytes: sameBytes(8),
  isNaN: (source, at) => Number.isNaN(source.readDoubleBE(at)),
};

const smallint = { sqlType: 'smallint', arrayType: 'smallint[]', oid: 21 } as const;

export const elementTypes: Readonly<Record<NumericDatatype, ElementType>> = {
  unsignedByte: {
    ...smallint,
    bytes: 1,
    parts: 1,
    fromText: smallInteger(range('unsignedByte', 8, 0)),
    fromBytes: (source, at, rows) => {
      rows.int32(2);
      rows.int16(source[at] ?? 0);
    },
    isNaN: never,
  },
  short: {
    ...smallint,
    bytes: 2,
    parts: 1,
    fromText: smallInteger(range('short', 16)),
    fromBytes: sameBytes(2),
    isNaN: never,
  },
  int: {
    sqlType: 'integer',
    arrayType: 'integer[]',
    oid: 23,
    bytes: 4,
    parts: 1,
    fromText: (text, rows) => {
      const number = parseInteger(text, ints);
      rows.int32(4);
      rows.int32(number);
    },
    fromBytes: sameBytes(4),
    isNaN: never,
  },
  long: {
    sqlType: 'bigint',
    arrayType: 'bigint[]',
    oid: 20,
    bytes: 8,
    parts: 1,
    fromText: (text, rows) => {
      const number = parseLong(text);
      rows.int32(8);
      rows.int64(number);
    },
    fromBytes: sameBytes(8),
    isNaN: never,
  },
  float,
  double,
  floatComplex: { ...float, parts: 2 },
  doubleComplex: { ...double, parts: 2 },
};

/**
 * The number that VALUES/@null stands for, as it is written; null when there is none. It applies to
 * each element of an array.
 */
export function encodedNull(nullText: string | null, type: ElementType): Buffer | null {
  if (nullText === null) return null;
  const rows = new CopyRows({ rows: 1, bytes: 100, rowBytes: Infinity });
  rows.beginRow(1);
  try {
    type.fromText(nullText, rows);
  } catch {
    return null;
  }
  rows.endRow();
  return rows.take().subarray(2 + 4);
}
