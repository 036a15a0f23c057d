import type { CopyRows } from '../copy-rows.ts';
import { atCell, badUpload, uploadTooLarge } from '../upload-failure.ts';
import { Base64Decoder } from './base64-decoder.ts';
import { binaryCell, type BinaryCell, type BinarySerialization } from './binary-cell.ts';
import type { Field } from './field.ts';
import type { TableRows, TableRowsOptions } from './table-rows.ts';

/** STREAM in BINARY and BINARY2 (VOTable 1.4, sections 5.3 and 5.4). */
export class BinaryRows implements TableRows {
  readonly #fields: readonly Field[];
  readonly #cells: readonly BinaryCell[];
  readonly #rows: CopyRows;
  readonly #rowBytes: number;
  readonly #flagBytes: number;
  readonly #base64 = new Base64Decoder();
  #isStream = false;
  /** Not yet read, in the order of arrival; joined when there is `#wanted` of it. */
  #pieces: Buffer[] = [];
  #pending = 0;
  #wanted = 1;

  constructor(options: TableRowsOptions, serialization: BinarySerialization) {
    const { fields, rows, cellBytes } = options;
    this.#fields = fields;
    this.#cells = fields.map((field) => binaryCell(field, serialization, cellBytes));
    this.#rows = rows;
    this.#rowBytes = cellBytes;
    this.#flagBytes = serialization === 'BINARY2' ? Math.ceil(fields.length / 8) : 0;
  }

  readonly open = (
    element: string,
    attributes: Readonly<Partial<Record<string, string>>>,
  ): void => {
    if (element !== 'STREAM') return;
    if (attributes['href'] !== undefined) {
      throw badUpload('its data are elsewhere (STREAM with href); send them inside the document.');
    }
    const encoding = attributes['encoding']?.toLowerCase() ?? 'none';
    if (encoding !== 'base64') {
      throw badUpload(
        `its STREAM has encoding="${encoding.slice(0, 20)}"; only base64 is read here.`,
      );
    }
    this.#isStream = true;
  };

  readonly close = (element: string): void => {
    if (element === 'STREAM') this.#isStream = false;
  };

  readonly text = (text: string): void => {
    if (!this.#isStream) return;
    const bytes = this.#base64.decode(text);
    this.#pieces.push(bytes);
    this.#pending += bytes.length;
    if (this.#pending >= this.#wanted) this.#readRows();
  };

  readonly end = (): void => {
    this.#base64.end();
    this.#readRows();
    if (this.#pending === 0) return;
    throw badUpload(
      `its STREAM ends in the middle of row ${String(this.#rows.rowCount + 1)}; ` +
        'the upload is not complete, or not as the FIELDs say.',
    );
  };

  #readRows(): void {
    const source = this.#pieces.length === 1 ? this.#pieces[0] : Buffer.concat(this.#pieces);
    if (source === undefined) return;
    let at = 0;
    while (at < source.length) {
      const end = this.#readRow(source, at);
      if (end === -1) break;
      at = end;
    }
    const rest = source.subarray(at);
    this.#pieces = [rest];
    this.#pending = rest.length;
    if (rest.length > this.#rowBytes) {
      throw uploadTooLarge(
        `row ${String(this.#rows.rowCount + 1)} has more than ${String(this.#rowBytes)} bytes, ` +
          'the most that this service takes.',
      );
    }
    // A row is read from its start each time: waiting for twice as much keeps that linear.
    this.#wanted = rest.length * 2;
  }

  /** Returns where the row ends, or -1 when some of it is still to come. */
  #readRow(source: Buffer, begin: number): number {
    const cells = this.#cells;
    let at = begin + this.#flagBytes;
    this.#rows.beginRow(cells.length);
    for (let column = 0; column < cells.length && at !== -1; column += 1) {
      at = this.#readCell(source, at, { column, isNull: this.#isNull(source, begin, column) });
    }
    if (at === -1 || at > source.length) {
      this.#rows.abandonRow();
      return -1;
    }
    if (at === begin) throw badUpload('its STREAM has content, but its FIELDs have no bytes.');
    this.#rows.endRow();
    return at;
  }

  #readCell(
    source: Buffer,
    at: number,
    { column, isNull }: { readonly column: number; readonly isNull: boolean },
  ): number {
    const cell = this.#cells[column];
    if (cell === undefined) return -1;
    try {
      const end = cell.endOf(source, at);
      if (end === -1 || end > source.length) return -1;
      if (isNull) this.#rows.null();
      else cell.write(source, { at, end }, this.#rows);
      return end;
    } catch (error) {
      throw atCell(error, this.#rows.rowCount + 1, this.#fields[column]?.column.name);
    }
  }

  /** BINARY2: the first column's flag is the highest bit of the first byte. */
  #isNull(source: Buffer, begin: number, column: number): boolean {
    if (this.#flagBytes === 0) return false;
    return (((source[begin + (column >> 3)] ?? 0) << (column & 7)) & 0x80) !== 0;
  }
}
