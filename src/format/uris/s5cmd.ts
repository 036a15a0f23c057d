import { ByteOutput } from '../byte-output.ts';
import type { Cell } from '../cell-writer.ts';
import type { Outcome, ResultEncoder, ResultHead } from '../result-format.ts';
import { writeColumn } from './column-rows.ts';
import { findUriColumn } from './uri-column.ts';

/** Characters that no shell and no s5cmd reads as anything but themselves. */
const needsNoQuotes = /^[\w@%+=:,./-]*$/;

/** s5cmd takes these for wildcards unless told `--raw`. */
const hasWildcard = /[*?]/;

/** A line break would end the command. */
const isPrintable = /^[^\p{Cc}]*$/u;

/**
 * Lines for `s5cmd run`: `cp s3://bucket/key .` for each row with an S3 URI, so that
 * `curl ... | s5cmd --no-sign-request run` downloads the answer into the current folder. Rows
 * without a URI are left out; a URI of another kind is a comment, which s5cmd passes over.
 */
export function createS5cmdEncoder(head: ResultHead): ResultEncoder {
  const output = new ByteOutput();
  const column = { index: findUriColumn(head.columns, 's5cmd'), write: writeCommand };
  return {
    wireFormats: head.columns.map(() => 'text'),
    head: () => Buffer.alloc(0),
    rows: ({ bytes }, rowCount) => {
      writeColumn({ bytes, rowCount }, column, output);
      return output.take();
    },
    foot: lastLine,
  };
}

function writeCommand({ source, start, end }: Readonly<Cell>, output: ByteOutput): void {
  if (start === end) return;
  const line = Buffer.from(`${commandOf(source.toString('utf8', start, end))}\n`);
  output.reserve(line.length);
  output.copy(line, 0, line.length);
}

function commandOf(uri: string): string {
  if (!uri.startsWith('s3://')) return `# not in S3: ${onOneLine(uri)}`;
  if (!isPrintable.test(uri)) return `# a key that fits on no line: ${onOneLine(uri)}`;
  const raw = hasWildcard.test(uri) ? '--raw ' : '';
  return `cp ${raw}${quoted(uri)} .`;
}

/** As a POSIX shell has it, and the reader in s5cmd: within single quotes all is literal. */
function quoted(word: string): string {
  return needsNoQuotes.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function onOneLine(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ');
}

function lastLine(outcome: Outcome): Buffer | null {
  switch (outcome.status) {
    case 'OK':
      return Buffer.alloc(0);
    case 'OVERFLOW':
      return Buffer.from('# OVERFLOW: there are more rows. Ask for them with a larger MAXREC.\n');
    case 'ERROR':
      return null;
  }
}
