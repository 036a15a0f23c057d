import type { RowBatch } from '../../row-batch.ts';
import { type ByteOutput, fixedBytes, type FixedBytes } from '../byte-output.ts';
import type { Cell } from '../cell-writer.ts';
import { isAscii } from './binary-text.ts';
import type { BinaryValue } from './binary-value.ts';

/** What a row of a stream is made of. */
export interface BinaryLayout {
  readonly values: readonly BinaryValue[];
  /** The `nullBytes` of each value. */
  readonly nulls: readonly FixedBytes[];
  /** Bytes of null flags before each row: one bit a column in BINARY2, none in BINARY. */
  readonly flagBytes: number;
}

export function binaryLayout(values: readonly BinaryValue[], hasNullFlags: boolean): BinaryLayout {
  return {
    values,
    nulls: values.map(({ nullBytes }) => fixedBytes(nullBytes)),
    flagBytes: hasNullFlags ? Math.ceil(values.length / 8) : 0,
  };
}

/** `D`, int32 length, int16 number of columns (PostgreSQL protocol, "DataRow"). */
const rowHeaderBytes = 7;
/** Of a value's length, and of the words in which values are copied. */
const lengthBytes = 4;
const nullLength = -1;

type Rows = Pick<RowBatch, 'bytes' | 'rowCount'>;

/** Appends the rows, all or (when a value cannot be written) none. */
export function writeBinaryRows(rows: Rows, layout: BinaryLayout, output: ByteOutput): void {
  const begin = output.length;
  const cell: Cell = { source: rows.bytes, start: 0, end: 0 };
  try {
    for (let row = 0; row < rows.rowCount; row += 1) {
      cell.end += rowHeaderBytes;
      writeRow(cell, layout, output);
    }
  } catch (error) {
    output.length = begin;
    throw error;
  }
}

/** The cell stands at the end of the row's header before, at the end of its last value after. */
function writeRow(
  cell: Cell,
  { values, nulls, flagBytes }: BinaryLayout,
  output: ByteOutput,
): void {
  const words = output.wordsOf(cell.source);
  const flags = output.length;
  output.reserve(flagBytes);
  for (let index = 0; index < flagBytes; index += 1) output.bytes[output.length++] = 0;
  for (let column = 0; column < values.length; column += 1) {
    const value = values[column];
    const nullBytes = nulls[column];
    if (value === undefined || nullBytes === undefined) continue;
    const length = words.getInt32(cell.end);
    cell.start = cell.end + lengthBytes;
    cell.end = cell.start + Math.max(length, 0);
    if (length !== nullLength && writeValue(cell, value, output)) continue;
    output.reserve(nullBytes.room);
    output.appendFixed(nullBytes);
    if (flagBytes > 0) raiseFlag(output.bytes, flags, column);
  }
}

/** Returns false, with nothing appended, when it has to be a NULL. */
function writeValue(cell: Cell, { copied, write }: BinaryValue, output: ByteOutput): boolean {
  switch (copied) {
    case 'words':
      copyWords(cell, output);
      return true;
    case 'ascii':
      return copyText(cell, output) || write(cell, output);
    case 'nothing':
      return write(cell, output);
  }
}

function copyWords({ source, start, end }: Cell, output: ByteOutput): void {
  output.reserve(end - start);
  for (let from = start; from < end; from += lengthBytes) output.copyWord(source, from);
}

/** PostgreSQL's length is VOTable's count. Returns false, with nothing appended, beyond ASCII. */
function copyText({ source, start, end }: Cell, output: ByteOutput): boolean {
  const begin = output.length;
  output.reserve(lengthBytes + end - start);
  output.copyWord(source, start - lengthBytes);
  if (output.copyAscii(source, start, end)) return true;
  output.length = begin;
  return false;
}

/** The first column is the highest bit of the first byte (VOTable 1.4, "BINARY2"). */
function raiseFlag(bytes: Buffer, flags: number, column: number): void {
  const at = flags + (column >> 3);
  bytes[at] = (bytes[at] ?? 0) | (0x80 >> (column & 7));
}

/** For each column whether it is one of those and one of its values goes beyond ASCII. */
export function columnsBeyondAscii(
  { bytes, rowCount }: Rows,
  isPlainText: readonly boolean[],
): readonly boolean[] {
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const beyond = isPlainText.map(() => false);
  let at = 0;
  for (let row = 0; row < rowCount; row += 1) {
    at += rowHeaderBytes;
    isPlainText.forEach((isText, column) => {
      const start = at + lengthBytes;
      at = start + Math.max(words.getInt32(at), 0);
      if (isText && !isAscii(words, start, at)) beyond[column] = true;
    });
  }
  return beyond;
}
