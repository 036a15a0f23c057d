import type { ByteSource } from '../byte-source.ts';
import { shortened } from '../../service-error.ts';
import { badUpload, uploadTooLarge } from '../upload-failure.ts';
import type { UploadLimits } from '../upload-limits.ts';
import { type FitsColumn, fitsColumn } from './fits-column.ts';
import { blockBytes, type FitsHeader, readHeader } from './fits-header.ts';

/** A BINTABLE (FITS 4.0, "Binary-table extension") whose data come next. */
export interface FitsTable {
  readonly header: FitsHeader;
  readonly columns: readonly FitsColumn[];
  readonly rowBytes: number;
  readonly rowCount: number;
  /** Where the heap begins, counted from the first row. */
  readonly heapStart: number;
  /** Of rows, gap and heap. */
  readonly dataBytes: number;
}

/**
 * The first table with rows, or the first of all when none has any; images and compressed images are
 * passed over.
 * @throws ServiceError when the file has no table, or one that cannot be read
 */
export async function findTable(source: ByteSource, limits: UploadLimits): Promise<FitsTable> {
  let empty: FitsTable | null = null;
  const others: string[] = [];
  for (;;) {
    const header = await readHeader(source);
    if (header === null) break;
    if (isTable(header)) {
      const table = readTable(header, limits);
      if (table.rowCount > 0) return table;
      empty ??= table;
    } else others.push(header.text('XTENSION') ?? 'an image');
    await skipData(source, dataBytesOf(header));
  }
  if (empty !== null) return { ...empty, dataBytes: 0 };
  throw badUpload(
    `it is a FITS file without a binary table (BINTABLE); it holds ${shortened(others.join(', ')) || 'nothing'}.`,
  );
}

function isTable(header: FitsHeader): boolean {
  return header.text('XTENSION') === 'BINTABLE' && !header.isTrue('ZIMAGE');
}

async function skipData(source: ByteSource, bytes: number): Promise<void> {
  const padded = Math.ceil(bytes / blockBytes) * blockBytes;
  if ((await source.skip(padded)) < bytes) throw endsInData();
}

export function endsInData(): Error {
  return badUpload('it ends in the middle of its data; the upload is not complete.');
}

/** FITS 4.0, "Data": bits, axes, and for extensions what stands beside them. */
function dataBytesOf(header: FitsHeader): number {
  const axisCount = header.count('NAXIS');
  if (axisCount === 0) return 0;
  if (axisCount > 999) throw badUpload(`its header says NAXIS = ${String(axisCount)}.`);
  const axes = Array.from({ length: axisCount }, (_, index) =>
    header.count(`NAXIS${String(index + 1)}`),
  );
  const isGroups = header.isTrue('GROUPS') && axes[0] === 0;
  const elements = (isGroups ? axes.slice(1) : axes).reduce((product, axis) => product * axis, 1);
  const parameters = header.count('PCOUNT', 0);
  const groups = header.count('GCOUNT', 1);
  return (Math.abs(header.number('BITPIX', 8)) / 8) * groups * (parameters + elements);
}

function readTable(header: FitsHeader, limits: UploadLimits): FitsTable {
  const columnCount = header.count('TFIELDS');
  if (columnCount > limits.columns) {
    throw uploadTooLarge(
      `it has more than ${String(limits.columns)} columns, the most that this service takes.`,
    );
  }
  const rowBytes = header.count('NAXIS1');
  const rowCount = header.count('NAXIS2');
  checkSize({ rowBytes, rowCount }, limits);
  const columns: FitsColumn[] = [];
  let at = 0;
  for (let number = 1; number <= columnCount; number += 1) {
    const column = fitsColumn(header, { number, at, cellBytes: limits.cellBytes });
    columns.push(column);
    at += column.form.bytes;
  }
  if (columnCount === 0) throw badUpload('its table has no columns.');
  if (at !== rowBytes) {
    throw badUpload(
      `its header is wrong: the columns have ${String(at)} bytes together, the row ${String(rowBytes)}.`,
    );
  }
  const heapStart = header.count('THEAP', rowBytes * rowCount);
  return {
    header,
    columns,
    rowBytes,
    rowCount,
    heapStart,
    dataBytes: rowBytes * rowCount + header.count('PCOUNT', 0),
  };
}

function checkSize(
  { rowBytes, rowCount }: Pick<FitsTable, 'rowBytes' | 'rowCount'>,
  { rows, cellBytes }: UploadLimits,
): void {
  if (rowCount > rows) {
    throw uploadTooLarge(
      `it has more than ${String(rows)} rows, the most that this service takes.`,
    );
  }
  if (rowBytes > cellBytes) {
    throw uploadTooLarge(
      `its rows have more than ${String(cellBytes)} bytes, the most that this service takes.`,
    );
  }
  if (rowBytes === 0 && rowCount > 0) throw badUpload('its table has rows without any bytes.');
}
