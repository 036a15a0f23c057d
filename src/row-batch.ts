import type { SqlStatement } from '../adql/index.ts';

/** How PostgreSQL is asked to send a column (frontend/backend protocol, "Bind"). */
export type WireFormat = 'text' | 'binary';

/**
 * Rows exactly as PostgreSQL sent them: whole DataRow messages, one behind the other.
 * A message is `D`, int32 length (itself included), int16 number of columns, then for each column
 * int32 length in bytes (-1 = NULL) and the value. Encoders walk these bytes; nothing is decoded before.
 * They lie in the connection's own buffer, and last until the next batch is asked for.
 */
export interface RowBatch {
  readonly bytes: Buffer;
  readonly rowCount: number;
  /** No more rows follow: a small answer can leave in one write. */
  readonly isLast: boolean;
}

export interface ReadOptions {
  /** One per output column. */
  readonly wireFormats: readonly WireFormat[];
  /** When it fires the query is cancelled in PostgreSQL and the iteration throws the signal's reason. */
  readonly signal: AbortSignal;
  /** Seconds of work allowed to the database, not counting the time the consumer takes. */
  readonly executionDuration: number;
}

/** Runs one statement and streams its rows; leaving the iteration early cancels the query. */
export type ReadRows = (statement: SqlStatement, options: ReadOptions) => AsyncIterable<RowBatch>;
