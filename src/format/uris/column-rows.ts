import type { RowBatch } from '../../row-batch.ts';
import type { ByteOutput } from '../byte-output.ts';
import type { Cell, CellWriter } from '../cell-writer.ts';

/** `D`, int32 length, int16 number of columns (PostgreSQL protocol, "DataRow"). */
const typeBytes = 1;
const rowHeaderBytes = 7;
const lengthBytes = 4;
const nullLength = -1;

/** Writes the values of one column that are not NULL. */
export function writeColumn(
  { bytes, rowCount }: Pick<RowBatch, 'bytes' | 'rowCount'>,
  column: { readonly index: number; readonly write: CellWriter },
  output: ByteOutput,
): void {
  const cell: Cell = { source: bytes, start: 0, end: 0 };
  let row = 0;
  for (let count = 0; count < rowCount; count += 1) {
    let at = row + rowHeaderBytes;
    for (let skipped = 0; skipped < column.index; skipped += 1) {
      at += lengthBytes + Math.max(bytes.readInt32BE(at), 0);
    }
    const length = bytes.readInt32BE(at);
    cell.start = at + lengthBytes;
    cell.end = cell.start + Math.max(length, 0);
    if (length !== nullLength) column.write(cell, output);
    row += typeBytes + bytes.readInt32BE(row + typeBytes);
  }
}
