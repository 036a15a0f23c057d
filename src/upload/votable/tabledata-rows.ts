import type { CopyRows } from '../copy-rows.ts';
import { shortened } from '../../service-error.ts';
import { atCell, badUpload, CellError } from '../upload-failure.ts';
import type { Field } from './field.ts';
import type { TableRows, TableRowsOptions } from './table-rows.ts';
import { textCell, type TextCell } from './text-cell.ts';

/** TR and TD (VOTable 1.4, "TABLEDATA Serialization"). */
export class TabledataRows implements TableRows {
  readonly #fields: readonly Field[];
  readonly #cells: readonly TextCell[];
  readonly #rows: CopyRows;
  /** Of the cell being read; -1 outside of TR. */
  #column = -1;
  #isCell = false;
  #text = '';

  constructor({ fields, rows }: TableRowsOptions) {
    this.#fields = fields;
    this.#cells = fields.map(textCell);
    this.#rows = rows;
  }

  readonly open = (
    element: string,
    attributes: Readonly<Partial<Record<string, string>>>,
  ): void => {
    if (element === 'TR') this.#beginRow();
    else if (element === 'TD') this.#beginCell(attributes);
  };

  readonly close = (element: string): void => {
    if (element === 'TD') this.#endCell();
    else if (element === 'TR') this.#endRow();
  };

  readonly text = (text: string): void => {
    if (this.#isCell) this.#text = this.#text === '' ? text : this.#text + text;
    else if (text.trim() !== '') {
      throw this.#failure(`the text "${shortened(text)}" stands outside of a TD`);
    }
  };

  readonly end = (): void => undefined;

  #beginRow(): void {
    if (this.#column !== -1) throw this.#failure('a TR stands inside another');
    this.#column = 0;
    this.#rows.beginRow(this.#cells.length);
  }

  #beginCell(attributes: Readonly<Partial<Record<string, string>>>): void {
    if (this.#column === -1 || this.#isCell) throw this.#failure('a TD stands outside of a TR');
    if (this.#column >= this.#cells.length) {
      throw this.#failure(
        `it has more cells than the table has FIELDs (${String(this.#cells.length)})`,
      );
    }
    if (attributes['encoding'] !== undefined) {
      throw this.#failure('TD with an encoding is not read here; write the value as text');
    }
    this.#isCell = true;
    this.#text = '';
  }

  #endCell(): void {
    try {
      this.#cells[this.#column]?.(this.#text, this.#rows);
    } catch (error) {
      throw atCell(error, this.#rows.rowCount + 1, this.#fields[this.#column]?.column.name);
    }
    this.#isCell = false;
    this.#text = '';
    this.#column += 1;
  }

  /** Some writers leave out the empty cells at the end of a row. */
  #endRow(): void {
    for (; this.#column < this.#cells.length; this.#column += 1) this.#rows.null();
    this.#rows.endRow();
    this.#column = -1;
  }

  #failure(message: string): unknown {
    return atCell(new CellError(message), this.#rows.rowCount + 1, undefined) ?? badUpload(message);
  }
}
