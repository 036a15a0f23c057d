import type { OutputColumn } from '../../adql/index.ts';
import type { RowBatch, WireFormat } from '../row-batch.ts';

/** How a result ended (DALI, "Overflow" and "Errors"). */
export type Outcome =
  | { readonly status: 'OK' }
  | { readonly status: 'OVERFLOW' }
  | { readonly status: 'ERROR'; readonly message: string };

/** What a format needs to know before the first row. */
export interface ResultHead {
  readonly columns: readonly OutputColumn[];
  /** The query as the client sent it. */
  readonly query: string;
  readonly warnings: readonly string[];
  /** DALI timestamp of the request, UTC. */
  readonly requestDate: string;
}

/** Writes one result. Called in this order: head once, rows any number of times, foot once. */
export interface ResultEncoder {
  /** How PostgreSQL is to send each column. */
  readonly wireFormats: readonly WireFormat[];
  readonly head: () => Buffer;
  /** The first `rowCount` rows of the batch. */
  readonly rows: (batch: RowBatch, rowCount: number) => Buffer;
  readonly foot: (outcome: Outcome) => Buffer;
}

/** A row of the table of formats (`resultFormats`). */
export interface ResultFormat {
  readonly name: string;
  /** Sent as Content-Type unless the client asked for an equivalent one. */
  readonly mediaType: string;
  /** Values of RESPONSEFORMAT that mean this format, media types and short names, lower case. */
  readonly aliases: readonly string[];
  /** For Content-Disposition. */
  readonly extension: string;
  readonly createEncoder: (head: ResultHead) => ResultEncoder;
}
