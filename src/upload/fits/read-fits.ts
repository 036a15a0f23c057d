import { ByteSource } from '../byte-source.ts';
import type { IncomingTable } from '../incoming-table.ts';
import type { UploadBody } from '../open-body.ts';
import { type FitsRowsContext, fitsRows } from './fits-rows.ts';
import { findTable } from './fits-table.ts';

/**
 * Reads the first binary table with rows of a FITS file (FITS 4.0) as it comes; one with arrays of
 * variable length is put on the disk first.
 * @throws ServiceError that says what is wrong with the file; from the rows, at which row and column
 */
export async function readFits(
  { bytes }: UploadBody,
  context: FitsRowsContext,
): Promise<IncomingTable> {
  const source = new ByteSource(bytes);
  const table = await findTable(source, context.limits);
  const columns = table.columns.map(({ column }) => column);
  return {
    description: table.header.text('TABCOMM'),
    utype: null,
    columns,
    rows: fitsRows(source, table, context),
    settledColumns: () => columns,
  };
}
