import type { RowBatch } from '../../row-batch.ts';
import { ByteOutput } from '../byte-output.ts';
import { cellWriters, copyCell, type Cell, type CellWriter } from '../cell-writer.ts';
import { nextCell, rowHeaderBytes } from '../data-row.ts';
import type { ResultEncoder, ResultHead } from '../result-format.ts';
import { htmlCell } from './html-cell.ts';
import { pageFoot, pageHead } from './html-page.ts';
import { skyCell, skyPositionIn } from './sky-position.ts';

/** Rows of a preview. */
export const htmlRowLimit = 100;

/** A page for people: the query and the first rows of its answer, with links. Nothing in it is code. */
export function createHtmlEncoder(head: ResultHead): ResultEncoder {
  const writers = cellWriters(head.columns, copyCell);
  const position = skyPositionIn(head.columns);
  let shown = 0;
  return {
    wireFormats: head.columns.map(() => 'text'),
    head: () => Buffer.from(pageHead(head, position !== null)),
    rows: ({ bytes }, rowCount) => {
      shown += rowCount;
      const rows = textRows({ bytes, rowCount }, writers).map((row) => {
        const cells = [
          ...row.map(htmlCell),
          ...(position === null ? [] : [skyCell(row, position)]),
        ];
        return `\n<tr>${cells.join('')}</tr>`;
      });
      return Buffer.from(rows.join(''));
    },
    foot: (outcome) => Buffer.from(pageFoot(outcome, shown)),
  };
}

/** The cells as they stand in TABLEDATA, before escapes. */
function textRows(
  { bytes, rowCount }: Pick<RowBatch, 'bytes' | 'rowCount'>,
  writers: readonly CellWriter[],
): readonly (readonly (string | null)[])[] {
  const cell: Cell = { source: bytes, start: 0, end: 0 };
  const output = new ByteOutput();
  return Array.from({ length: rowCount }, () => {
    cell.end += rowHeaderBytes;
    return writers.map((write) => {
      if (!nextCell(cell)) return null;
      write(cell, output);
      return output.take().toString();
    });
  });
}
