import type { RowBatch } from '../row-batch.ts';
import type { ByteOutput, FixedBytes } from './byte-output.ts';
import type { Cell, CellWriter } from './cell-writer.ts';

/** A format of one text cell behind the other; a NULL cell is empty. */
export interface TextLayout {
  readonly rowStart: FixedBytes;
  readonly separator: FixedBytes;
  readonly rowEnd: FixedBytes;
  /** One per column, chosen once. */
  readonly writers: readonly CellWriter[];
}

/** `D`, int32 length, int16 number of columns (PostgreSQL protocol, "DataRow"). */
const rowHeaderBytes = 7;
const lengthBytes = 4;
const nullLength = -1;

/** Writes the first `rowCount` rows of a batch, straight from PostgreSQL's bytes. */
export function writeTextRows(
  { bytes, rowCount }: Pick<RowBatch, 'bytes' | 'rowCount'>,
  { rowStart, separator, rowEnd, writers }: TextLayout,
  output: ByteOutput,
): void {
  const words = output.wordsOf(bytes);
  const cell: Cell = { source: bytes, start: 0, end: 0 };
  for (let row = 0; row < rowCount; row += 1) {
    cell.end += rowHeaderBytes;
    output.reserve(rowStart.room);
    output.appendFixed(rowStart);
    for (let column = 0; column < writers.length; column += 1) {
      output.reserve(separator.room);
      if (column > 0) output.appendFixed(separator);
      const length = words.getInt32(cell.end);
      cell.start = cell.end + lengthBytes;
      cell.end = cell.start + Math.max(length, 0);
      if (length !== nullLength) writers[column]?.(cell, output);
    }
    output.reserve(rowEnd.room);
    output.appendFixed(rowEnd);
  }
}
