import type { CopyRows } from '../copy-rows.ts';
import type { Field } from './field.ts';

/** What the content of DATA is read into: one for each serialization. */
export interface TableRows {
  readonly open: (element: string, attributes: Readonly<Partial<Record<string, string>>>) => void;
  readonly close: (element: string) => void;
  readonly text: (text: string) => void;
  /** The table is complete, as far as the document goes. */
  readonly end: () => void;
}

export interface TableRowsOptions {
  readonly fields: readonly Field[];
  readonly rows: CopyRows;
  /** Bytes of one cell, and of one row of a binary stream. */
  readonly cellBytes: number;
}
