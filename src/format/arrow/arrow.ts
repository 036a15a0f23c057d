import {
  AsyncByteQueue,
  type Field,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
} from 'apache-arrow';
import { softwareVersion } from '../../package-root.ts';
import type { RowBatch } from '../../row-batch.ts';
import type { Cell } from '../cell-writer.ts';
import { nextCell, rowHeaderBytes } from '../data-row.ts';
import type { Outcome, ResultEncoder, ResultHead } from '../result-format.ts';
import { uniqueNames } from '../unique-names.ts';
import { arrowColumn, type ArrowColumn } from './arrow-column.ts';

/**
 * Bytes from PostgreSQL that make a record batch: each has 100 bytes of description for each column,
 * and is held in memory until it leaves.
 */
const recordBatchBytes = 512 * 1024;

/**
 * Arrow's IPC stream (Arrow columnar format, "IPC Streaming Format"), a record batch at a time. The
 * schema comes first; how the answer ended is told by metadata of a last, empty record batch.
 */
export function createArrowEncoder(head: ResultHead): ResultEncoder {
  const names = uniqueNames(head.columns);
  const columns = head.columns.map((column, index) => arrowColumn(column, names[index] ?? ''));
  const stream = new ArrowStream(columns, head);
  return {
    wireFormats: columns.map(({ wireFormat }) => wireFormat),
    head: () => stream.take(),
    rows: ({ bytes }, rowCount) => {
      stream.add({ bytes, rowCount });
      return stream.take();
    },
    // A stream without its end mark is broken: the only way to tell of a failure.
    foot: (outcome) => (outcome.status === 'ERROR' ? null : stream.finish(outcome)),
  };
}

class ArrowStream {
  readonly #columns: readonly ArrowColumn[];
  readonly #schema: Schema;
  readonly #sink = new PieceSink();
  readonly #writer = new RecordBatchStreamWriter();
  #rows = 0;
  #bytes = 0;

  constructor(columns: readonly ArrowColumn[], { query, requestDate, warnings }: ResultHead) {
    this.#columns = columns;
    const facts = { query, request_date: requestDate, server_software: softwareVersion };
    const told = warnings.length === 0 ? {} : { warnings: warnings.join('\n') };
    const metadata = new Map(Object.entries({ ...facts, ...told }));
    this.#schema = new Schema(
      columns.map(({ field }): Field => field),
      metadata,
    );
    this.#writer.reset(this.#sink, this.#schema);
  }

  add({ bytes, rowCount }: Pick<RowBatch, 'bytes' | 'rowCount'>): void {
    const cell: Cell = { source: bytes, start: 0, end: 0 };
    for (let row = 0; row < rowCount; row += 1) {
      cell.end += rowHeaderBytes;
      for (const { builder } of this.#columns) builder.append(nextCell(cell) ? cell : null);
    }
    this.#rows += rowCount;
    this.#bytes += cell.end;
    if (this.#bytes >= recordBatchBytes) this.#write(new Map());
  }

  /** What is complete so far. To be called before the next `add`: the builders use their memory again. */
  take(): Buffer {
    return this.#sink.take();
  }

  finish({ status }: Outcome): Buffer {
    if (this.#rows > 0) this.#write(new Map());
    this.#write(new Map([['QUERY_STATUS', status]]));
    this.#writer.finish();
    return this.take();
  }

  #write(metadata: Map<string, string>): void {
    const type = new Struct(this.#schema.fields);
    const children = this.#columns.map(({ builder }) => builder.take());
    const data = makeData({ type, length: this.#rows, nullCount: 0, children });
    this.#writer.write(new RecordBatch(this.#schema, data, metadata));
    this.#rows = 0;
    this.#bytes = 0;
  }
}

/** Takes the pieces that the library writes, without its queue, which could only be read later. */
class PieceSink extends AsyncByteQueue {
  #pieces: Uint8Array[] = [];

  override write(piece: Uint8Array): void {
    this.#pieces.push(piece);
  }

  take(): Buffer {
    const taken = Buffer.concat(this.#pieces);
    this.#pieces = [];
    return taken;
  }
}
