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
  /** The value of CLOUD, where the client sent one: which copies lists of URIs are made of. */
  readonly cloud?: string;
  /** A URL that asks for the same answer and lacks only RESPONSEFORMAT, where there is one. */
  readonly repeatUrl?: string;
  /** DALI timestamp of the request, UTC. */
  readonly requestDate: string;
}

/**
 * Writes one result. Called in this order: head once, rows any number of times, foot once.
 * A format that must see rows before it can say what they are leaves `head` empty and begins its
 * document with the first of them, or with the foot.
 */
export interface ResultEncoder {
  /** How PostgreSQL is to send each column. */
  readonly wireFormats: readonly WireFormat[];
  /**
   * For a format whose head tells what only all rows can tell (FITS: their number, the longest
   * string): it is shown every batch before `rows` begins. The service keeps the rows on disk
   * meanwhile, and nothing leaves until the last one is there.
   */
  readonly survey?: (batch: RowBatch, rowCount: number) => void;
  readonly head: () => Buffer;
  /** The first `rowCount` rows of the batch; the bytes last until the encoder is called again. */
  readonly rows: (batch: RowBatch, rowCount: number) => Buffer;
  /** Null when the format has no words for this outcome: then the transport has to break off. */
  readonly foot: (outcome: Outcome) => Buffer | null;
}

/** A row of the table of formats (`resultFormats`). */
export interface ResultFormat {
  readonly name: string;
  /** Sent as Content-Type unless the client asked for an equivalent one; one value of RESPONSEFORMAT. */
  readonly mediaType: string;
  /** Parameters added to Content-Type when it is sent: `;charset=utf-8`, or nothing. */
  readonly charset: string;
  /** TAPRegExt's identifier of the format, null where it has none. */
  readonly standardId: string | null;
  /** Further values of RESPONSEFORMAT that mean this format, media types and short names, lower case. */
  readonly aliases: readonly string[];
  /** For Content-Disposition. */
  readonly extension: string;
  /** The most rows that a document of this format holds, whatever MAXREC says: a preview. */
  readonly rowLimit?: number;
  /** A promise where a library is loaded first. */
  readonly createEncoder: (head: ResultHead) => ResultEncoder | Promise<ResultEncoder>;
}
