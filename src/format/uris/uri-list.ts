import { ByteOutput } from '../byte-output.ts';
import type { Cell } from '../cell-writer.ts';
import type { ResultEncoder, ResultHead } from '../result-format.ts';
import { writeColumn } from './column-rows.ts';
import { findUriColumn } from './uri-column.ts';

const lineFeed = 0x0a;
const firstPrintable = 0x20;

/** `%0A` for one byte. */
const escapedBytes = 3;

/**
 * text/uri-list (RFC 2483, section 5): a line for each row that has a URI, rows without one are
 * left out. Lines end with LF alone and there are no comments: the reader is a shell loop or
 * `xargs`, which would take a CR and a comment for parts of names.
 */
export function createUriListEncoder(head: ResultHead): ResultEncoder {
  const output = new ByteOutput();
  const column = { index: findUriColumn(head.columns, 'uri-list'), write: writeLine };
  return {
    wireFormats: head.columns.map(() => 'text'),
    head: () => Buffer.alloc(0),
    rows: ({ bytes }, rowCount) => {
      writeColumn({ bytes, rowCount }, column, output);
      return output.take();
    },
    // An overflow has no form here; a failure must not pass for a whole answer.
    foot: (outcome) => (outcome.status === 'ERROR' ? null : Buffer.alloc(0)),
  };
}

/** As it stands in the row: keys in S3 are not escaped. Only control characters are, which no URI has. */
function writeLine({ source, start, end }: Readonly<Cell>, output: ByteOutput): void {
  if (start === end) return;
  output.reserve((end - start) * escapedBytes + 1);
  const { bytes } = output;
  for (let index = start; index < end; index += 1) {
    const byte = source[index] ?? 0;
    if (byte >= firstPrintable) bytes[output.length++] = byte;
    else output.append(Buffer.from(`%${byte.toString(16).toUpperCase().padStart(2, '0')}`));
  }
  bytes[output.length++] = lineFeed;
}
