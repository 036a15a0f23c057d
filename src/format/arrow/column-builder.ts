import {
  type Binary,
  Bool,
  type Data,
  DataType,
  Field,
  type Float,
  type Int,
  List,
  makeData,
  type Timestamp,
  type Utf8,
} from 'apache-arrow';
import { visitElements } from '../array-elements.ts';
import { ByteOutput } from '../byte-output.ts';
import type { Cell } from '../cell-writer.ts';
import { Bitmap } from './bitmap.ts';

/** Collects the values of one column until they leave together in a record batch. */
export interface ColumnBuilder {
  readonly type: DataType;
  /** A value as PostgreSQL sent it, or null for NULL. */
  readonly append: (cell: Readonly<Cell> | null) => void;
  /** What came since the last call. Valid until the next `append`. */
  readonly take: () => Data;
}

/** Types whose values are equally long. */
type FixedWidth = Int | Float | Timestamp;

/** Appends one value, little-endian; false, with nothing appended, when Arrow has no form for it. */
export type FixedWidthWriter = (cell: Readonly<Cell>, output: ByteOutput) => boolean;

/** @param bytes of one value */
export function fixedWidthBuilder(
  type: FixedWidth,
  bytes: number,
  write: FixedWidthWriter,
): ColumnBuilder {
  const validity = new Bitmap();
  const values = new ByteOutput();
  return {
    type,
    append: (cell) => {
      values.reserve(bytes);
      const isThere = cell !== null && write(cell, values);
      validity.append(isThere);
      if (isThere) return;
      values.bytes.fill(0, values.length, values.length + bytes);
      values.length += bytes;
    },
    take: () => {
      const { bits, length, zeros } = validity.take();
      return fixedWidthData(type, {
        length,
        nullCount: zeros,
        nullBitmap: bits,
        data: values.take(),
      });
    },
  };
}

interface FixedWidthLayout {
  readonly length: number;
  readonly nullCount: number;
  readonly nullBitmap: Uint8Array;
  readonly data: Uint8Array;
}

/** The library's overloads do not know a union of types. */
function fixedWidthData(type: FixedWidth, layout: FixedWidthLayout): Data {
  if (DataType.isInt(type)) return makeData({ type, ...layout });
  if (DataType.isFloat(type)) return makeData({ type, ...layout });
  return makeData({ type, ...layout });
}

/** PostgreSQL sends one byte, 1 or 0. */
export function booleanBuilder(): ColumnBuilder {
  const type = new Bool();
  const validity = new Bitmap();
  const values = new Bitmap();
  return {
    type,
    append: (cell) => {
      validity.append(cell !== null);
      values.append(cell?.source[cell.start] === 1);
    },
    take: () => {
      const { bits, length, zeros } = validity.take();
      const data = values.take().bits;
      return makeData({ type, length, nullCount: zeros, nullBitmap: bits, data });
    },
  };
}

/** Values of different lengths, as they come. */
export function bytesBuilder(type: Utf8 | Binary): ColumnBuilder {
  const validity = new Bitmap();
  const offsets = new Offsets();
  const values = new ByteOutput();
  return {
    type,
    append: (cell) => {
      validity.append(cell !== null);
      if (cell !== null) {
        values.reserve(cell.end - cell.start);
        values.copy(cell.source, cell.start, cell.end);
      }
      offsets.append(values.length);
    },
    take: () => {
      const { bits, length, zeros } = validity.take();
      const layout = {
        length,
        nullCount: zeros,
        nullBitmap: bits,
        valueOffsets: offsets.take(),
        data: values.take(),
      };
      if (DataType.isUtf8(type)) return makeData({ type, ...layout });
      return makeData({ type, ...layout });
    },
  };
}

/** Arrays, all dimensions in one list. */
export function listBuilder(element: ColumnBuilder): ColumnBuilder {
  const type = new List(new Field('item', element.type, true));
  const validity = new Bitmap();
  const offsets = new Offsets();
  let elementCount = 0;
  const appendElement = (cell: Readonly<Cell> | null): void => {
    element.append(cell);
    elementCount += 1;
  };
  return {
    type,
    append: (cell) => {
      validity.append(cell !== null);
      if (cell !== null) visitElements(cell, appendElement);
      offsets.append(elementCount);
    },
    take: () => {
      elementCount = 0;
      const { bits, length, zeros } = validity.take();
      return makeData({
        type,
        length,
        nullCount: zeros,
        nullBitmap: bits,
        valueOffsets: offsets.take(),
        child: element.take(),
      });
    },
  };
}

/** Where each value ends; the first begins at 0. */
class Offsets {
  #ends: number[] = [0];

  append(end: number): void {
    this.#ends.push(end);
  }

  take(): Int32Array {
    const taken = Int32Array.from(this.#ends);
    this.#ends = [0];
    return taken;
  }
}
