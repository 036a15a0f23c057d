import type { RowBatch } from '../../row-batch.ts';
import type { Cell } from '../cell-writer.ts';
import { nextCell, rowHeaderBytes } from '../data-row.ts';
import type { ResultEncoder, ResultHead } from '../result-format.ts';
import { findUriSource, type UriSource } from './uri-source.ts';

/** A format of one line for each row that has a URI. */
interface UriLines {
  /** For RESPONSEFORMAT. */
  readonly name: string;
  /** Without its end, and without a line break in it. */
  readonly lineOf: (uri: string) => string;
  readonly foot: ResultEncoder['foot'];
}

/**
 * The encoder of such a format: rows without a URI are left out.
 * @throws ServiceError 'bad-request' when no column has URIs
 */
export function uriLinesEncoder(head: ResultHead, { name, lineOf, foot }: UriLines): ResultEncoder {
  const source = findUriSource(head, name);
  return {
    wireFormats: head.columns.map(() => 'text'),
    head: () => Buffer.alloc(0),
    rows: ({ bytes }, rowCount) => {
      const uris = urisIn({ bytes, rowCount }, source);
      return Buffer.from(uris.map((uri) => `${lineOf(uri)}\n`).join(''));
    },
    foot,
  };
}

function urisIn(
  { bytes, rowCount }: Pick<RowBatch, 'bytes' | 'rowCount'>,
  { index, uriOf }: UriSource,
): readonly string[] {
  const uris: string[] = [];
  let row = 0;
  for (let count = 0; count < rowCount; count += 1) {
    const cell: Cell = { source: bytes, start: row, end: row + rowHeaderBytes };
    for (let skipped = 0; skipped < index; skipped += 1) nextCell(cell);
    const uri = nextCell(cell) ? uriOf(bytes.toString('utf8', cell.start, cell.end)) : null;
    if (uri !== null) uris.push(uri);
    // Behind the letter `D` stands the length of all the rest.
    row += 1 + bytes.readInt32BE(row + 1);
  }
  return uris;
}
