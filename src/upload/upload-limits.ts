/** What one request may upload (TAP 1.1, "Table Upload"; TAPRegExt `uploadLimit` declares `bytes`). */
export interface UploadLimits {
  /** Tables of one request. */
  readonly tables: number;
  /** Of all tables of one request together, after gzip is undone. */
  readonly bytes: number;
  /** Rows of one table. */
  readonly rows: number;
  /** Columns of one table; PostgreSQL itself ends at 1600. */
  readonly columns: number;
  /** Of one cell, characters where it is text; of one row in the binary serializations. */
  readonly cellBytes: number;
  /** Of one row as it goes to the database. */
  readonly rowBytes: number;
  /** From the first byte until the table can be queried. */
  readonly seconds: number;
}

export const defaultUploadLimits: UploadLimits = {
  tables: 10,
  bytes: 500_000_000,
  rows: 5_000_000,
  columns: 1000,
  cellBytes: 5_000_000,
  rowBytes: 5_000_000,
  seconds: 300,
};
