import type { RowBatch } from '../../row-batch.ts';
import type { ByteOutput } from '../byte-output.ts';
import type { Cell, CellWriter } from '../cell-writer.ts';
import { nextCell, rowHeaderBytes } from '../data-row.ts';

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
      output.reserve(before.length + nullWord.length);
      output.append(before);
      if (nextCell(cell)) write(cell, output);
      else output.append(nullWord);
    }
    output.reserve(layout.rowEnd.length);
    output.append(layout.rowEnd);
  }
}
