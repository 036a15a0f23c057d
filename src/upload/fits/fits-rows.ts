import { ByteSource } from '../byte-source.ts';
import { CopyRows } from '../copy-rows.ts';
import type { SpoolFiles } from '../spool.ts';
import { atCell, badUpload } from '../upload-failure.ts';
import type { UploadLimits } from '../upload-limits.ts';
import type { FitsColumn } from './fits-column.ts';
import { endsInData, type FitsTable } from './fits-table.ts';
import { FitsHeap } from './fits-heap.ts';

export interface FitsRowsContext {
  readonly limits: UploadLimits;
  /** Tables with a heap are put there: it stands behind the rows that need it. */
  readonly files: SpoolFiles;
}

/** The rows of a table for COPY, many to a piece. */
export async function* fitsRows(
  source: ByteSource,
  table: FitsTable,
  context: FitsRowsContext,
): AsyncGenerator<Buffer> {
  const rows = new CopyRows(context.limits);
  const hasHeap = table.columns.some(({ form }) => form.repeat === null);
  yield* hasHeap
    ? rowsWithHeap(source, table, { ...context, rows })
    : plainRows(source, table, rows);
  yield rows.take();
}

async function* plainRows(
  source: ByteSource,
  table: FitsTable,
  rows: CopyRows,
): AsyncGenerator<Buffer> {
  const { columns, rowBytes } = table;
  for await (const bytes of wholeRows(source, table)) {
    for (let begin = 0; begin < bytes.length; begin += rowBytes) {
      rows.beginRow(columns.length);
      for (const column of columns) writeCell(bytes, begin + column.at, { column, rows });
      rows.endRow();
    }
    if (rows.isPiece) yield rows.take();
  }
}

/** Bytes of rows that are read at a time. */
const pieceBytes = 256 * 1024;

/** @throws ServiceError when the bytes end before the last row does */
async function* wholeRows(
  source: ByteSource,
  { rowBytes, rowCount }: FitsTable,
): AsyncGenerator<Buffer> {
  const most = Math.max(Math.floor(pieceBytes / rowBytes), 1);
  for (let done = 0; done < rowCount;) {
    const wanted = Math.min(most, rowCount - done);
    const bytes = await source.take(wanted * rowBytes);
    const whole = Math.floor(bytes.length / rowBytes);
    yield bytes.subarray(0, whole * rowBytes);
    done += whole;
    if (whole < wanted) {
      throw badUpload(
        `it ends in row ${String(done + 1)} of ${String(rowCount)}; the upload is not complete.`,
      );
    }
  }
}

interface Writing {
  readonly column: FitsColumn;
  readonly rows: CopyRows;
}

function writeCell(source: Buffer, start: number, { column, rows }: Writing): void {
  const { bytes, repeat } = column.form;
  try {
    column.write({ source, start, end: start + bytes, count: repeat ?? 0 }, rows);
  } catch (error) {
    throw atCell(error, rows.rowCount + 1, column.column.name);
  }
}

async function* rowsWithHeap(
  source: ByteSource,
  table: FitsTable,
  { rows, files, limits }: FitsRowsContext & { readonly rows: CopyRows },
): AsyncGenerator<Buffer> {
  const file = await files.create();
  await file.write(source.pieces(table.dataBytes));
  if (file.size() < table.dataBytes) throw endsInData();
  const heap = new FitsHeap(file, table, limits.cellBytes);
  const stored = new ByteSource(file.open() as AsyncIterable<Buffer>);
  const { columns, rowBytes } = table;
  for await (const bytes of wholeRows(stored, table)) {
    for (let at = 0; at < bytes.length; at += rowBytes) {
      const row = bytes.subarray(at, at + rowBytes);
      rows.beginRow(columns.length);
      for (const column of columns) await writeStoredCell(row, { column, rows }, heap);
      rows.endRow();
      if (rows.isPiece) yield rows.take();
    }
  }
}

async function writeStoredCell(
  row: Buffer,
  { column, rows }: Writing,
  heap: FitsHeap,
): Promise<void> {
  if (column.form.repeat !== null) {
    writeCell(row, column.at, { column, rows });
    return;
  }
  try {
    column.write(await heap.cell(row, column), rows);
  } catch (error) {
    throw atCell(error, rows.rowCount + 1, column.column.name);
  }
}
