import { ServiceError } from '../../service-error.ts';
import type { RowBatch } from '../../row-batch.ts';
import { ByteOutput } from '../byte-output.ts';
import type { Cell } from '../cell-writer.ts';
import { nextCell, rowHeaderBytes } from '../data-row.ts';
import type { FitsColumn, NullNumber } from './fits-column.ts';

/** A column and what all rows had to be seen for. */
export interface SizedColumn extends FitsColumn {
  /** Elements that each cell takes. */
  readonly width: number;
  /** TNULL; null where the type has NaN or a zero byte for it, or no NULL occurs. */
  readonly nullNumber: NullNumber | null;
}

/** What was seen of a column so far. */
interface Seen {
  /** Of the longest cell, in elements. */
  longest: number;
  hasNull: boolean;
  hasLeast: boolean;
  hasGreatest: boolean;
}

/** Finds the longest cell of each column, and a number that stands for NULL because no row has it. */
export class ColumnSurvey {
  readonly #columns: readonly FitsColumn[];
  readonly #seen: readonly Seen[];
  readonly #scratch = new ByteOutput();

  constructor(columns: readonly FitsColumn[]) {
    this.#columns = columns;
    const nothing = { longest: 0, hasNull: false, hasLeast: false, hasGreatest: false };
    this.#seen = columns.map(() => ({ ...nothing }));
  }

  add({ bytes, rowCount }: Pick<RowBatch, 'bytes' | 'rowCount'>): void {
    const cell: Cell = { source: bytes, start: 0, end: 0 };
    for (let row = 0; row < rowCount; row += 1) {
      cell.end += rowHeaderBytes;
      this.#columns.forEach((column, index) => {
        const seen = this.#seen[index];
        const isThere = nextCell(cell);
        if (seen === undefined) return;
        if (!isThere) seen.hasNull = true;
        else if (column.fixedWidth === null) this.#measure(cell, column, seen);
        else if (column.integer !== null) notice(cell, column, seen);
      });
    }
  }

  #measure(cell: Readonly<Cell>, column: FitsColumn, seen: Seen): void {
    const { form, growth } = column;
    // Most cells are seen to be no longer than an earlier one without writing them.
    if ((cell.end - cell.start) * growth <= seen.longest * form.bytes) return;
    this.#scratch.length = 0;
    column.write(cell, this.#scratch);
    seen.longest = Math.max(seen.longest, this.#scratch.length / form.bytes);
  }

  /** @throws ServiceError 'data-error' when a column has no number to spare */
  sized(): readonly SizedColumn[] {
    return this.#columns.map((column, index) => {
      const seen = this.#seen[index] ?? null;
      const width = column.fixedWidth ?? seen?.longest ?? 0;
      const nullNumber = seen === null ? null : nullNumberOf(column, seen);
      return { ...column, width, nullNumber };
    });
  }
}

/** A scalar in as many bytes as it takes in the file; narrower ones are far from the ends. */
function notice({ source, start, end }: Readonly<Cell>, { form }: FitsColumn, seen: Seen): void {
  if (end - start !== form.bytes) return;
  const first = source[start] ?? 0;
  if (first === 0x80) seen.hasLeast ||= areAll(0x00, source.subarray(start + 1, end));
  else if (first === 0x7f) seen.hasGreatest ||= areAll(0xff, source.subarray(start + 1, end));
}

function areAll(wanted: number, bytes: Buffer): boolean {
  return bytes.every((byte) => byte === wanted);
}

/** The least number, and where a row has that, the greatest. In arrays it fills short ones up as well. */
function nullNumberOf({ column, integer, isArray }: FitsColumn, seen: Seen): NullNumber | null {
  if (integer === null) return null;
  if (isArray) return integer.least;
  if (!seen.hasNull) return null;
  if (!seen.hasLeast) return integer.least;
  if (!seen.hasGreatest) return integer.greatest;
  throw new ServiceError(
    'data-error',
    `Column "${column.name}" holds the least and the greatest number of its type and NULLs too: FITS has no number left to stand for NULL. Ask for another format, or leave the column out.`,
  );
}
