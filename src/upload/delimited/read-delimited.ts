import { CopyRows } from '../copy-rows.ts';
import { decodeText } from '../decode-text.ts';
import type { IncomingTable, UploadColumn } from '../incoming-table.ts';
import type { UploadBody } from '../open-body.ts';
import { atCell, badUpload, uploadTooLarge } from '../upload-failure.ts';
import type { UploadLimits } from '../upload-limits.ts';
import { type InferredType, widen } from './infer-type.ts';
import { type DelimitedCell, type Dialect, RecordSplitter } from './record-splitter.ts';

const dialects = {
  csv: { separator: ',', hasQuotes: true },
  tsv: { separator: '\t', hasQuotes: false },
} as const satisfies Record<string, Dialect>;

export interface DelimitedUpload {
  readonly format: keyof typeof dialects;
  readonly body: UploadBody;
}

/**
 * Reads CSV (RFC 4180) or TSV with a header line. Such files say nothing of types: all cells arrive
 * as text, and `settledColumns` tells which columns hold nothing but numbers.
 */
export async function readDelimited(
  { format, body }: DelimitedUpload,
  limits: UploadLimits,
): Promise<IncomingTable> {
  const records = splitRecords(body, new RecordSplitter(dialects[format], limits.cellBytes));
  const header = await records.next();
  if (header.done === true) throw badUpload('it has no header line with the names of the columns.');
  const names = header.value.map((name, index) => name?.trim() ?? `col_${String(index + 1)}`);
  if (names.length > limits.columns) {
    throw uploadTooLarge(
      `it has more than ${String(limits.columns)} columns, the most that this service takes.`,
    );
  }
  const types = names.map((): InferredType => 'nothing');
  const rows = new DelimitedRows({ names, types, limits });
  return {
    description: null,
    utype: null,
    columns: names.map((name) => columnOf(name, 'char')),
    rows: rows.copyPieces(records),
    settledColumns: () => names.map((name, index) => columnOf(name, types[index] ?? 'char')),
  };
}

/** Comments above the header (ECSV) and blank lines are no records. */
async function* splitRecords(
  body: UploadBody,
  splitter: RecordSplitter,
): AsyncGenerator<readonly DelimitedCell[]> {
  let isHeader = true;
  const isRecord = (cells: readonly DelimitedCell[]): boolean => {
    if (cells.length === 1 && (cells[0]?.trim() ?? '') === '') return false;
    if (isHeader && cells[0]?.startsWith('#') === true) return false;
    isHeader = false;
    return true;
  };
  for await (const piece of decodeText(body, null)) {
    for (const cells of splitter.push(piece)) if (isRecord(cells)) yield cells;
  }
  for (const cells of splitter.end()) if (isRecord(cells)) yield cells;
}

interface DelimitedRowsOptions {
  readonly names: readonly string[];
  /** Widened with every cell. */
  readonly types: InferredType[];
  readonly limits: UploadLimits;
}

class DelimitedRows {
  readonly #names: readonly string[];
  readonly #types: InferredType[];
  readonly #rows: CopyRows;

  constructor({ names, types, limits }: DelimitedRowsOptions) {
    this.#names = names;
    this.#types = types;
    this.#rows = new CopyRows(limits);
  }

  async *copyPieces(records: AsyncIterable<readonly DelimitedCell[]>): AsyncGenerator<Buffer> {
    for await (const cells of records) {
      this.#add(cells);
      if (this.#rows.isPiece) yield this.#rows.take();
    }
    yield this.#rows.take();
  }

  #add(cells: readonly DelimitedCell[]): void {
    const columns = this.#names.length;
    const row = this.#rows.rowCount + 1;
    if (cells.length !== columns) {
      const counts = `${String(cells.length)} cells, but the header has ${String(columns)}`;
      throw badUpload(`row ${String(row)} has ${counts}.`);
    }
    this.#rows.beginRow(columns);
    for (let column = 0; column < columns; column += 1) {
      this.#addCell(cells[column] ?? null, column, row);
    }
    this.#rows.endRow();
  }

  #addCell(cell: DelimitedCell, column: number, row: number): void {
    if (cell === null) {
      this.#rows.null();
      return;
    }
    this.#types[column] = widen(this.#types[column] ?? 'char', cell);
    try {
      this.#rows.text(cell);
    } catch (error) {
      throw atCell(error, row, this.#names[column]);
    }
  }
}

function columnOf(name: string, type: InferredType): UploadColumn {
  const none = { xtype: null, unit: null, ucd: null, utype: null, description: null };
  switch (type) {
    case 'long':
      return { ...none, name, datatype: 'long', arraysize: null, sqlType: 'bigint' };
    case 'double':
      return { ...none, name, datatype: 'double', arraysize: null, sqlType: 'double precision' };
    case 'unicodeChar':
      return { ...none, name, datatype: type, arraysize: '*', sqlType: 'text' };
    case 'nothing':
    case 'char':
      return { ...none, name, datatype: 'char', arraysize: '*', sqlType: 'text' };
  }
}
