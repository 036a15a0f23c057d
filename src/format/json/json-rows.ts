import type { RowBatch } from '../../row-batch.ts';
import type { ByteOutput } from '../byte-output.ts';
import type { Cell, CellWriter } from '../cell-writer.ts';

/** A row as a JSON array or object. */
export interface JsonRowLayout {
  readonly columns: readonly JsonColumn[];
  readonly rowEnd: Buffer;
}

interface JsonColumn {
  /** What stands before the value: the begin of the row or a comma, and in objects the name. */
  readonly before: Buffer;
  readonly write: CellWriter;
}

/** `D`, int32 length, int16 number of columns (PostgreSQL protocol, "DataRow"). */
const rowHeaderBytes = 7;
const lengthBytes = 4;
const nullLength = -1;
const nullWord = Buffer.from('null');

export function writeJsonRows(
  { bytes, rowCount }: Pick<RowBatch, 'bytes' | 'rowCount'>,
  layout: JsonRowLayout,
  output: ByteOutput,
): void {
  const cell: Cell = { source: bytes, start: 0, end: 0 };
  for (let row = 0; row < rowCount; row += 1) {
    cell.end += rowHeaderBytes;
    for (const { before, write } of layout.columns) {
      const length = bytes.readInt32BE(cell.end);
      cell.start = cell.end + lengthBytes;
      cell.end = cell.start + Math.max(length, 0);
      output.reserve(before.length + nullWord.length);
      output.append(before);
      if (length === nullLength) output.append(nullWord);
      else write(cell, output);
    }
    output.reserve(layout.rowEnd.length);
    output.append(layout.rowEnd);
  }
}
