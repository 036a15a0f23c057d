import type { RowBatch } from '../../row-batch.ts';
import { type ByteOutput, fixedBytes, type FixedBytes } from '../byte-output.ts';
import type { Cell, CellWriter } from '../cell-writer.ts';
import { nextCell, rowHeaderBytes } from '../data-row.ts';

/** A row as a JSON array or object. */
export interface JsonRowLayout {
  readonly columns: readonly JsonColumn[];
  readonly rowEnd: FixedBytes;
}

interface JsonColumn {
  /** What stands before the value: the begin of the row or a comma, and in objects the name. */
  readonly before: FixedBytes;
  readonly write: CellWriter;
}

const nullWord = fixedBytes(Buffer.from('null'));

export function writeJsonRows(
  { bytes, rowCount }: Pick<RowBatch, 'bytes' | 'rowCount'>,
  layout: JsonRowLayout,
  output: ByteOutput,
): void {
  const cell: Cell = { source: bytes, start: 0, end: 0 };
  for (let row = 0; row < rowCount; row += 1) {
    cell.end += rowHeaderBytes;
    for (const { before, write } of layout.columns) {
      output.reserve(before.room + nullWord.room);
      output.appendFixed(before);
      if (nextCell(cell)) write(cell, output);
      else output.appendFixed(nullWord);
    }
    output.reserve(layout.rowEnd.room);
    output.appendFixed(layout.rowEnd);
  }
}
