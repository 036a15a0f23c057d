import type { RowBatch } from '../row-batch.ts';
import type { ByteOutput } from './byte-output.ts';
import type { Cell, CellWriter } from './cell-writer.ts';

/** A format of one text cell behind the other; a NULL cell is empty. */
export interface TextLayout {
  readonly rowStart: Buffer;
  readonly separator: Buffer;
  readonly rowEnd: Buffer;
  /** One per column, chosen once. */
  readonly writers: readonly CellWriter[];
}

/** `D`, int32 length, int16 number of columns (PostgreSQL protocol, "DataRow"). */
const rowHeaderBytes = 7;
const lengthBytes = 4;
const nullLength = -1;

/** Writes the first `rowCount` rows of a batch, straight from PostgreSQL's bytes. */
export function writeTextRows(
  batch: { readonly bytes: RowBatch['bytes']; readonly rowCount: number },
  layout: TextLayout,
  output: ByteOutput,
): void {
  const cell: Cell = { source: batch.bytes, start: 0, end: 0 };
  for (let row = 0; row < batch.rowCount; row += 1) {
    cell.end += rowHeaderBytes;
    writeRow(cell, layout, output);
  }
}

/** The cell stands at the end of the row's header before, at the end of its last value after. */
function writeRow(cell: Cell, layout: TextLayout, output: ByteOutput): void {
  const { writers, separator } = layout;
  output.reserve(layout.rowStart.length);
  output.append(layout.rowStart);
  for (let column = 0; column < writers.length; column += 1) {
    output.reserve(separator.length);
    if (column > 0) output.append(separator);
    const length = cell.source.readInt32BE(cell.end);
    cell.start = cell.end + lengthBytes;
    cell.end = cell.start + Math.max(length, 0);
    if (length !== nullLength) writers[column]?.(cell, output);
  }
  output.reserve(layout.rowEnd.length);
  output.append(layout.rowEnd);
}
