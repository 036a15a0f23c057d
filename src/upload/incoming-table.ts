import type { ColumnMetadata, SqlType } from '../../adql/index.ts';

/** PostgreSQL types in which uploaded values are kept. */
export type UploadSqlType = Exclude<
  SqlType,
  'numeric' | 'jsonb' | 'timestamp with time zone' | 'text[]'
>;

/** A column as the client described it, and the type that holds its values. */
export interface UploadColumn extends ColumnMetadata {
  /** Any text that the client chose; unique in its table, case not counted. */
  readonly name: string;
  readonly sqlType: UploadSqlType;
}

/** A table on its way in: its columns first, then its rows, once. */
export interface IncomingTable {
  readonly description: string | null;
  readonly utype: string | null;
  readonly columns: readonly UploadColumn[];
  /** Whole rows in the binary form of COPY, many to a piece (see `CopyRows`). */
  readonly rows: AsyncIterable<Buffer>;
  /**
   * The columns as they turned out, to be asked after the last row: formats without types (CSV)
   * arrive as text and may hold something narrower.
   */
  readonly settledColumns: () => readonly UploadColumn[];
}
