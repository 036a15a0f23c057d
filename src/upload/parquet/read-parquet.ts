import type { IncomingTable, UploadColumn } from '../incoming-table.ts';
import type { UploadBody } from '../open-body.ts';
import type { SpoolFiles } from '../spool.ts';
import type { UploadLimits } from '../upload-limits.ts';
import { readMetadata } from './file-metadata.ts';
import { leafColumns } from './leaf-column.ts';
import { type ParquetColumn, parquetColumn } from './parquet-column.ts';
import { checkGroups, parquetRows } from './parquet-rows.ts';
import { votableFields } from './votable-fields.ts';

export interface ParquetContext {
  readonly limits: UploadLimits;
  /** The file is put there: what it holds is told at its end. */
  readonly files: SpoolFiles;
}

/**
 * Reads a Parquet file of single values and lists of numbers, with the units and UCDs of VOParquet
 * when it has them.
 *
 * By a reader of our own: hyparquet unpacks a row group as a whole, and five bytes from a stranger (a
 * run length of two billion) end a process that uses it. This one holds a page of each column.
 * @throws ServiceError that says what is wrong with the file; from the rows, at which row and column
 */
export async function readParquet(
  { bytes }: UploadBody,
  { limits, files }: ParquetContext,
): Promise<IncomingTable> {
  const file = await files.create();
  await file.write(bytes);
  const metadata = await readMetadata(file);
  const leaves = leafColumns(metadata.columns);
  checkGroups(metadata, limits);
  const votable = votableFields(metadata.votable, limits);
  const columns = leaves.map((leaf, index) => {
    const field = votable?.fields.find(({ column }) => column.name === leaf.name) ?? null;
    return parquetColumn(leaf, index + 1, field);
  });
  const unicode = new Set<ParquetColumn>();
  const onUnicode = (column: ParquetColumn): void => {
    unicode.add(column);
  };
  return {
    description: votable?.description ?? null,
    utype: votable?.utype ?? null,
    columns: columns.map(({ column }) => column),
    rows: parquetRows({ file, metadata, columns }, { limits, onUnicode }),
    settledColumns: () => columns.map((column) => settled(column, unicode.has(column))),
  };
}

/** `char` is ASCII to old readers (VOTable 1.5, "Primitives"). */
function settled({ column }: ParquetColumn, isUnicode: boolean): UploadColumn {
  return isUnicode ? { ...column, datatype: 'unicodeChar' } : column;
}
