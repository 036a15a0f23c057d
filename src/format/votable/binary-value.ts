import { ServiceError } from '../../service-error.ts';
import type { WireFormat } from '../../row-batch.ts';
import type { ByteOutput } from '../byte-output.ts';
import type { Cell } from '../cell-writer.ts';

/**
 * Appends one value in the form of VOTable's binary streams. Returns false, with nothing appended,
 * when the stream has no form for it: then it is written as NULL.
 */
export type BinaryWriter = (cell: Readonly<Cell>, output: ByteOutput) => boolean;

/** How the values of a column reach the stream (VOTable 1.4, "BINARY Serialization"). */
export interface BinaryValue {
  /** How PostgreSQL is to send them. */
  readonly wireFormat: WireFormat;
  readonly write: BinaryWriter;
  /**
   * What stands in PostgreSQL's message as in the stream, so that rows copy it without a call of
   * `write`: numbers of 4 or 8 bytes; text, with the length before it, as far as it is ASCII.
   */
  readonly copied: 'words' | 'ascii' | 'nothing';
  /** Stands in the place of a NULL: as long as a value, or a count of zero. */
  readonly nullBytes: Uint8Array;
}

/** A count before the value, or none where all values are equally long. */
export const countBytes = 4;

/** The NULL of everything that begins with a count. */
export const noElements: Uint8Array = Buffer.alloc(countBytes);

/** How many primitives a value has: a number, or as many as its count says. */
export type Length = number | 'variable';

/**
 * `arraysize` as a length: `3x4` is 12 primitives, `*`, `10*` and `2x*` are variable; null (a scalar)
 * is 1.
 */
export function lengthOf(arraysize: string | null): Length {
  if (arraysize === null || arraysize === '') return 1;
  if (arraysize.endsWith('*')) return 'variable';
  return arraysize.split('x').reduce((product, dimension) => product * Number(dimension), 1);
}

/** A value that TAP_SCHEMA's description of its column does not admit. */
export function wrongValue(columnName: string, what: string): ServiceError {
  return new ServiceError(
    'data-error',
    `Column "${columnName}" holds ${what}, which this format cannot carry. Ask for it with RESPONSEFORMAT=votable/td, or leave the column out. The operators can mend the column's datatype in TAP_SCHEMA.`,
  );
}
