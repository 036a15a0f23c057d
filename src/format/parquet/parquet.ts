import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { softwareVersion } from '../../package-root.ts';
import type { RowBatch } from '../../row-batch.ts';
import type { Cell } from '../cell-writer.ts';
import type { Outcome, ResultEncoder, ResultHead } from '../result-format.ts';
import { uniqueNames } from '../unique-names.ts';
import { datalessVotable } from '../votable/votable-frame.ts';
import { parquetColumn, type ParquetColumn } from './parquet-column.ts';

/**
 * Rows of a group: what is held in memory, and written in one go, in which time nobody else is
 * served.
 */
const groupRows = 5000;

/**
 * Parquet, a row group at a time, with the VOTable of its columns in the footer (VOParquet 1.0): there
 * an overflow can be told as well. `cloud_access` has the logical type JSON.
 */
export function createParquetEncoder(head: ResultHead): ResultEncoder {
  const file = new ParquetFile(head);
  return {
    wireFormats: file.columns.map(({ wireFormat }) => wireFormat),
    head: () => Buffer.alloc(0),
    rows: ({ bytes }, rowCount) => {
      file.add({ bytes, rowCount });
      return file.take();
    },
    // A file without its footer is none: nothing to tell a failure in.
    foot: (outcome) => (outcome.status === 'ERROR' ? null : file.finish(outcome)),
  };
}

/** `D`, int32 length, int16 number of columns (PostgreSQL protocol, "DataRow"). */
const rowHeaderBytes = 7;
const lengthBytes = 4;
const nullLength = -1;

type Values = ReturnType<ParquetColumn['read']>[];

class ParquetFile {
  readonly columns: readonly ParquetColumn[];
  readonly #names: readonly string[];
  readonly #head: ResultHead;
  readonly #bytes = new ByteWriter();
  readonly #writer: ParquetWriter;
  #group: readonly Values[];

  constructor(head: ResultHead) {
    const names = uniqueNames(head.columns);
    const columns = head.columns.map((column, index) => ({ ...column, name: names[index] ?? '' }));
    this.#names = names;
    this.#head = { ...head, columns };
    this.columns = columns.map((column) => parquetColumn(column, column.name));
    this.#group = this.columns.map(() => []);
    this.#writer = new ParquetWriter({
      writer: this.#bytes,
      schema: [
        { name: 'root', num_children: columns.length },
        ...this.columns.flatMap(({ schema }) => schema),
      ],
      createdBy: softwareVersion,
    });
  }

  add({ bytes, rowCount }: Pick<RowBatch, 'bytes' | 'rowCount'>): void {
    const cell: Cell = { source: bytes, start: 0, end: 0 };
    for (let row = 0; row < rowCount; row += 1) {
      cell.end += rowHeaderBytes;
      this.columns.forEach(({ read }, index) => {
        const length = bytes.readInt32BE(cell.end);
        cell.start = cell.end + lengthBytes;
        cell.end = cell.start + Math.max(length, 0);
        this.#group[index]?.push(length === nullLength ? null : read(cell));
      });
      if (this.#group[0]?.length === groupRows) this.#writeGroup();
    }
  }

  /** What is complete so far. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.getBytes());
    this.#bytes.index = 0;
    return taken;
  }

  finish(outcome: Outcome): Buffer {
    this.#writeGroup();
    this.#writer.kvMetadata = [
      { key: 'IVOA.VOTable-Parquet.version', value: '1.0' },
      { key: 'IVOA.VOTable-Parquet.content', value: datalessVotable(this.#head, outcome) },
    ];
    // Without a `flush` of its own the writer is done when it returns.
    void this.#writer.finish();
    return this.take();
  }

  #writeGroup(): void {
    const rowGroupSize = this.#group[0]?.length ?? 0;
    if (rowGroupSize === 0) return;
    const columnData = this.#group.map((data, index) => ({ name: this.#names[index] ?? '', data }));
    void this.#writer.write({ columnData, rowGroupSize });
    this.#group = this.columns.map(() => []);
  }
}
