import type { Datatype } from '../../../adql/index.ts';
import type { CopyRows } from '../copy-rows.ts';
import { CellError } from '../upload-failure.ts';
import type { ValueWriter } from '../votable/binary-cell.ts';
import { elementTypes } from '../votable/element-type.ts';
import type { FitsCode } from './fits-form.ts';

/** TSCAL and TZERO: the value is raw x scale + zero (FITS 4.0, "Binary-table extension"). */
export interface Scaling {
  readonly scale: number;
  readonly zero: number;
}

type NumberCode = Exclude<FitsCode, 'L' | 'X' | 'A' | 'C' | 'M'>;

/** How the integers that FITS lacks are written: shifted by half of their range. */
const shifted: Readonly<
  Partial<Record<NumberCode, { readonly zero: number; readonly datatype: ScaledDatatype }>>
> = {
  B: { zero: -128, datatype: 'short' },
  I: { zero: 2 ** 15, datatype: 'int' },
  J: { zero: 2 ** 31, datatype: 'long' },
  K: { zero: 2 ** 63, datatype: 'long' },
};

type ScaledDatatype = 'short' | 'int' | 'long' | 'double';

/** How numbers of a column that is scaled are read. */
export interface ScaledNumbers {
  readonly datatype: Extract<Datatype, ScaledDatatype>;
  readonly write: ValueWriter;
}

export interface ScaledColumn {
  readonly code: NumberCode;
  readonly scaling: Scaling;
  /** TNULL, which is a raw value. */
  readonly nullText: string | null;
  readonly isScalar: boolean;
}

/** Null for columns that are not scaled, or cannot be. */
export function scalingOf(code: FitsCode, { scale, zero }: Scaling): code is NumberCode {
  return !['L', 'X', 'A', 'C', 'M'].includes(code) && (scale !== 1 || zero !== 0);
}

export function scaledNumbers({ code, scaling, nullText, isScalar }: ScaledColumn): ScaledNumbers {
  const { scale, zero } = scaling;
  const shift = shifted[code];
  const isShifted = scale === 1 && shift?.zero === zero;
  const datatype = isShifted ? shift.datatype : 'double';
  const raw = rawReaders[code];
  const writeNumber = numberWriters[datatype];
  const null_ = nullText === null ? null : BigInt(nullText);
  const isNull = (value: number | bigint): boolean =>
    typeof value === 'bigint' || Number.isInteger(value)
      ? null_ !== null && BigInt(value) === null_
      : Number.isNaN(value);
  const writeElement = (value: number | bigint, rows: CopyRows): void => {
    if (isNull(value)) rows.null();
    else if (typeof value === 'bigint' && isShifted) writeLong(value + 2n ** 63n, rows);
    else writeNumber(Number(value) * scale + zero, rows);
  };
  return {
    datatype,
    write: isScalar
      ? ({ source, start }, rows) => {
          writeElement(raw.read(source, start), rows);
        }
      : ({ source, start, count }, rows) => {
          const begun = rows.beginArray(elementTypes[datatype].oid, count);
          for (let index = 0; index < count; index += 1) {
            writeElement(raw.read(source, start + index * raw.bytes), rows);
          }
          rows.endValue(begun);
        },
  };
}

interface RawReader {
  readonly bytes: number;
  readonly read: (source: Buffer, at: number) => number | bigint;
}

const rawReaders: Readonly<Record<NumberCode, RawReader>> = {
  B: { bytes: 1, read: (source, at) => source[at] ?? 0 },
  I: { bytes: 2, read: (source, at) => source.readInt16BE(at) },
  J: { bytes: 4, read: (source, at) => source.readInt32BE(at) },
  K: { bytes: 8, read: (source, at) => source.readBigInt64BE(at) },
  E: { bytes: 4, read: (source, at) => source.readFloatBE(at) },
  D: { bytes: 8, read: (source, at) => source.readDoubleBE(at) },
};

const numberWriters: Readonly<Record<ScaledDatatype, (value: number, rows: CopyRows) => void>> = {
  short: (value, rows) => {
    rows.int32(2);
    rows.int16(value);
  },
  int: (value, rows) => {
    rows.int32(4);
    rows.int32(value);
  },
  long: (value, rows) => {
    rows.int32(8);
    rows.int64(BigInt(value));
  },
  double: (value, rows) => {
    rows.int32(8);
    rows.float64(value);
  },
};

const highestLong = 2n ** 63n - 1n;

/** Unsigned numbers of 64 bits: PostgreSQL and VOTable have those of 63. */
function writeLong(value: bigint, rows: CopyRows): void {
  if (value > highestLong) {
    throw new CellError(`${String(value)} is beyond the range of datatype long (64 bits)`);
  }
  rows.int32(8);
  rows.int64(value);
}
