import type { Cell } from './cell-writer.ts';

/** `D`, int32 length, int16 number of columns (PostgreSQL protocol, "DataRow"). */
export const rowHeaderBytes = 7;

const lengthBytes = 4;
const nullLength = -1;

/**
 * Moves from the end of one value, or of the row's header, to the next value; false at a NULL.
 * A batch begins with `{ source: bytes, start: 0, end: 0 }`, a row with `cell.end += rowHeaderBytes`.
 */
export function nextCell(cell: Cell): boolean {
  const length = cell.source.readInt32BE(cell.end);
  cell.start = cell.end + lengthBytes;
  cell.end = cell.start + Math.max(length, 0);
  return length !== nullLength;
}
