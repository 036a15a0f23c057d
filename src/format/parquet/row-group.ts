import { ByteOutput } from '../byte-output.ts';
import type { Cell } from '../cell-writer.ts';
import { nextCell, rowHeaderBytes } from '../data-row.ts';
import type { ParquetColumn } from './parquet-column.ts';

/**
 * A group is held in memory and written in one go, in which time nobody else is served: 5000 rows of
 * all columns of ivoa.obscore are 6 MB. Rows that are longer make groups of fewer.
 */
const mostRows = 5000;
const mostBytes = 8 * 1024 * 1024;

/**
 * The rows of a row group as PostgreSQL sent them. Values are made of them one column at a time: those
 * of all columns at once were 200,000 objects, old enough for the slow part of the garbage collector,
 * and took 100 MB more.
 */
export class RowGroup {
  readonly #columnCount: number;
  readonly #rows = new ByteOutput();
  /** Where each cell ends, row by row; it begins where `#starts` says, NULLs at -1. */
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  #rowCount = 0;

  constructor(columnCount: number) {
    this.#columnCount = columnCount;
    this.#starts = new Int32Array(mostRows * columnCount);
    this.#ends = new Int32Array(mostRows * columnCount);
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  get isFull(): boolean {
    return this.#rowCount === mostRows || this.#rows.length >= mostBytes;
  }

  /** A copy of the row behind the cell, which is at the end of the row before it; moves it to the end. */
  addRow(cell: Cell): void {
    const begin = cell.end;
    const shift = this.#rows.length - begin;
    cell.end += rowHeaderBytes;
    let place = this.#rowCount * this.#columnCount;
    for (let column = 0; column < this.#columnCount; column += 1) {
      this.#starts[place] = nextCell(cell) ? cell.start + shift : -1;
      this.#ends[place] = cell.end + shift;
      place += 1;
    }
    this.#rows.reserve(cell.end - begin);
    this.#rows.copy(cell.source, begin, cell.end);
    this.#rowCount += 1;
  }

  /** The values of a column. */
  values(column: number, read: ParquetColumn['read']): ReturnType<ParquetColumn['read']>[] {
    const cell: Cell = { source: this.#rows.bytes, start: 0, end: 0 };
    return Array.from({ length: this.#rowCount }, (_, row) => {
      const place = row * this.#columnCount + column;
      cell.start = this.#starts[place] ?? 0;
      cell.end = this.#ends[place] ?? 0;
      return cell.start === -1 ? null : read(cell);
    });
  }

  clear(): void {
    this.#rows.length = 0;
    this.#rowCount = 0;
  }
}
