import type { RowBatch } from '../../row-batch.ts';
import type { ByteOutput } from '../byte-output.ts';
import type { Cell } from '../cell-writer.ts';
import { nextCell, rowHeaderBytes } from '../data-row.ts';
import type { SizedColumn } from './column-survey.ts';

/** Writes rows of equal length: short cells and NULLs are filled up. */
export function writeFitsRows(
  { bytes, rowCount }: Pick<RowBatch, 'bytes' | 'rowCount'>,
  columns: readonly SizedColumn[],
  output: ByteOutput,
): void {
  const cell: Cell = { source: bytes, start: 0, end: 0 };
  for (let row = 0; row < rowCount; row += 1) {
    cell.end += rowHeaderBytes;
    for (const column of columns) {
      const width = column.width * column.form.bytes;
      output.reserve(width);
      const end = output.length + width;
      if (nextCell(cell)) column.write(cell, output);
      fill(output, end, column.nullNumber?.bytes ?? column.filler);
    }
  }
}

function fill(output: ByteOutput, end: number, filler: Uint8Array): void {
  output.reserve(end - output.length);
  if (filler.length === 1) {
    output.bytes.fill(filler[0] ?? 0, output.length, end);
    output.length = end;
  }
  while (output.length < end) output.append(filler);
}
