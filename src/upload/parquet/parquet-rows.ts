import { CopyRows } from '../copy-rows.ts';
import type { SpoolFile } from '../spool.ts';
import { shortened } from '../../service-error.ts';
import { atCell, badUpload, uploadTooLarge } from '../upload-failure.ts';
import type { UploadLimits } from '../upload-limits.ts';
import { ColumnPages, PageMemory } from './column-pages.ts';
import { type ColumnReader, listReader, type OnUnicode, valueReader } from './column-reader.ts';
import { DamagedPage } from './damaged-page.ts';
import { damaged, type FileMetadata, type RowGroup } from './file-metadata.ts';
import type { ParquetColumn } from './parquet-column.ts';

export interface ParquetFile {
  readonly file: SpoolFile;
  readonly metadata: FileMetadata;
  readonly columns: readonly ParquetColumn[];
}

export interface ParquetRowsContext {
  readonly limits: UploadLimits;
  readonly onUnicode: OnUnicode;
}

/** The rows of all row groups for COPY, many to a piece; of each column one page is in memory. */
export async function* parquetRows(
  parquet: ParquetFile,
  context: ParquetRowsContext,
): AsyncGenerator<Buffer> {
  const rows = new CopyRows(context.limits);
  for (const group of parquet.metadata.rowGroups) {
    yield* groupRows(groupReaders(parquet, group, context), group.rowCount, rows);
  }
  yield rows.take();
}

async function* groupRows(
  readers: readonly ColumnReader[],
  rowCount: number,
  rows: CopyRows,
): AsyncGenerator<Buffer> {
  for (let row = 0; row < rowCount; row += 1) {
    rows.beginRow(readers.length);
    for (const reader of readers) {
      if (!isReady(reader, rows)) await loadPages(reader, rows);
      writeCell(reader, rows);
    }
    rows.endRow();
    if (rows.isPiece) yield rows.take();
  }
}

/** @throws ServiceError when the footer names more rows than may be uploaded, or lies about columns */
export function checkGroups(
  { rowGroups, columns, rowCount }: FileMetadata,
  limits: UploadLimits,
): void {
  if (columns.length > limits.columns) {
    throw uploadTooLarge(
      `it has more than ${String(limits.columns)} columns, the most that this service takes.`,
    );
  }
  if (rowCount > limits.rows) {
    throw uploadTooLarge(
      `it has more than ${String(limits.rows)} rows, the most that this service takes.`,
    );
  }
  const inGroups = rowGroups.reduce((sum, group) => sum + group.rowCount, 0);
  const isSound = rowGroups.every(
    (group) => group.rowCount >= 0 && group.chunks.length === columns.length,
  );
  if (!isSound || inGroups !== rowCount) throw damaged();
}

function groupReaders(
  { file, columns }: ParquetFile,
  { chunks }: RowGroup,
  { limits, onUnicode }: ParquetRowsContext,
): readonly ColumnReader[] {
  const memory = new PageMemory();
  return columns.flatMap((column, index) => {
    const chunk = chunks[index];
    if (chunk === undefined) return [];
    const pages = new ColumnPages(file, { column: column.leaf, chunk, memory });
    return column.leaf.levels.repetition === 1
      ? listReader(column, pages, limits.cellBytes)
      : valueReader(column, pages, onUnicode);
  });
}

function isReady(reader: ColumnReader, rows: CopyRows): boolean {
  try {
    return reader.isReady();
  } catch (error) {
    throw ofColumn(error, reader, rows);
  }
}

async function loadPages(reader: ColumnReader, rows: CopyRows): Promise<void> {
  try {
    do await reader.loadPage();
    while (!reader.isReady());
  } catch (error) {
    throw ofColumn(error, reader, rows);
  }
}

function writeCell(reader: ColumnReader, rows: CopyRows): void {
  try {
    reader.write(rows);
  } catch (error) {
    throw ofColumn(error, reader, rows);
  }
}

function ofColumn(error: unknown, { column }: ColumnReader, rows: CopyRows): unknown {
  const { name } = column.column;
  if (!(error instanceof DamagedPage)) return atCell(error, rows.rowCount + 1, name);
  return badUpload(
    `its column "${shortened(name)}" is damaged at row ${String(rows.rowCount + 1)}, or not as its metadata say.`,
    { cause: error },
  );
}
