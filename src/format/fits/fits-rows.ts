import type { RowBatch } from '../../row-batch.ts';
import { ByteOutput } from '../byte-output.ts';
import type { Cell } from '../cell-writer.ts';
import type { FitsColumn } from './fits-column.ts';

/** A column and the elements that each of its cells takes. */
export interface SizedColumn extends FitsColumn {
  readonly width: number;
}

type Rows = Pick<RowBatch, 'bytes' | 'rowCount'>;

/** `D`, int32 length, int16 number of columns (PostgreSQL protocol, "DataRow"). */
const rowHeaderBytes = 7;
const lengthBytes = 4;
const nullLength = -1;

/** Finds the longest cell of each column, in elements. */
export class WidthSurvey {
  readonly #columns: readonly FitsColumn[];
  readonly #longest: number[];
  readonly #scratch = new ByteOutput();

  constructor(columns: readonly FitsColumn[]) {
    this.#columns = columns;
    this.#longest = columns.map(() => 0);
  }

  add({ bytes, rowCount }: Rows): void {
    const cell: Cell = { source: bytes, start: 0, end: 0 };
    for (let row = 0; row < rowCount; row += 1) {
      cell.end += rowHeaderBytes;
      this.#columns.forEach((column, index) => {
        if (!nextCell(cell) || column.fixedWidth !== null) return;
        const longest = this.#longest[index] ?? 0;
        // Most cells are seen to be no longer than an earlier one without writing them.
        if ((cell.end - cell.start) * column.growth <= longest * column.form.bytes) return;
        this.#longest[index] = Math.max(longest, this.#elementsIn(cell, column));
      });
    }
  }

  #elementsIn(cell: Readonly<Cell>, column: FitsColumn): number {
    this.#scratch.length = 0;
    column.write(cell, this.#scratch);
    return this.#scratch.length / column.form.bytes;
  }

  sized(): readonly SizedColumn[] {
    return this.#columns.map((column, index) => ({
      ...column,
      width: column.fixedWidth ?? this.#longest[index] ?? 0,
    }));
  }
}

export function writeFitsRows(
  { bytes, rowCount }: Rows,
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
      fill(output, end, column.filler);
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

/** Moves from the end of one value to the next; false at a NULL. */
function nextCell(cell: Cell): boolean {
  const length = cell.source.readInt32BE(cell.end);
  cell.start = cell.end + lengthBytes;
  cell.end = cell.start + Math.max(length, 0);
  return length !== nullLength;
}
