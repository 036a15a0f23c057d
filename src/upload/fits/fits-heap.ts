import type { SpoolFile } from '../spool.ts';
import { CellError } from '../upload-failure.ts';
import type { CellBytes } from '../votable/binary-cell.ts';
import type { FitsColumn } from './fits-column.ts';
import { bytesOf } from './fits-form.ts';
import type { FitsTable } from './fits-table.ts';

/** Writers fill the heap row by row: most cells are in the piece that was read for the one before. */
const windowBytes = 1024 * 1024;

const noBytes: CellBytes = { source: Buffer.alloc(0), start: 0, end: 0, count: 0 };

/** Cells of variable length (FITS 4.0, "Variable-length arrays"). */
export class FitsHeap {
  readonly #file: SpoolFile;
  readonly #heapStart: number;
  readonly #dataBytes: number;
  readonly #cellBytes: number;
  #window: Buffer = Buffer.alloc(0);
  #windowStart = 0;

  /** @param cellBytes the most in one cell */
  constructor(file: SpoolFile, table: FitsTable, cellBytes: number) {
    this.#file = file;
    this.#heapStart = table.heapStart;
    this.#dataBytes = table.dataBytes;
    this.#cellBytes = cellBytes;
  }

  /**
   * The cell that a row's descriptor points to.
   * @throws CellError when that is outside of the heap
   */
  async cell(row: Buffer, { form, at }: FitsColumn): Promise<CellBytes> {
    if (form.bytes === 0) return noBytes;
    const [count, offset] =
      form.bytes === 8
        ? [row.readInt32BE(at), row.readInt32BE(at + 4)]
        : [Number(row.readBigInt64BE(at)), Number(row.readBigInt64BE(at + 8))];
    if (count === 0) return noBytes;
    const bytes = bytesOf(form.code, count);
    const start = this.#heapStart + offset;
    const isInside = count > 0 && offset >= 0 && start + bytes <= this.#dataBytes;
    if (!isInside || bytes > this.#cellBytes) {
      throw new CellError(
        `it claims ${String(count)} elements at byte ${String(offset)} of the heap, which are not there`,
      );
    }
    const source = await this.#read(start, bytes);
    return { source, start: 0, end: bytes, count };
  }

  async #read(start: number, bytes: number): Promise<Buffer> {
    const from = start - this.#windowStart;
    if (from < 0 || from + bytes > this.#window.length) {
      this.#window = await this.#file.read(start, Math.max(windowBytes, bytes));
      this.#windowStart = start;
      return this.#window.subarray(0, bytes);
    }
    return this.#window.subarray(from, from + bytes);
  }
}
