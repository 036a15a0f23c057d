import { ByteOutput, fixedBytes, type PlainBytes } from './byte-output.ts';
import { cellWriters, type Cell, type CellWriter } from './cell-writer.ts';
import type { ResultEncoder, ResultHead } from './result-format.ts';
import { writeTextRows, type TextLayout } from './text-rows.ts';

/** What tells one delimited format from another. */
interface Dialect {
  readonly separator: string;
  readonly lineEnd: string;
  readonly writeText: CellWriter;
  readonly hasHeader: boolean;
}

const quote = 0x22;
const blank = 0x20;

/** Bytes for which RFC 4180 wants the cell in quotes: `"`, comma, CR, LF. */
const csvPlain: PlainBytes = {
  isSpecial: byteTable('",\r\n'),
  first: 0x22222222,
  second: 0x2c2c2c2c,
  secondMask: -1,
};

/** TSV has no quoting: these become a blank (TAP 1.1, "Result documents"). */
const tsvPlain: PlainBytes = {
  isSpecial: byteTable('\t\r\n'),
  first: 0x09090909,
  second: 0x0d0d0d0d,
  secondMask: -1,
};

const csv: Dialect = { separator: ',', lineEnd: '\r\n', writeText: writeCsvText, hasHeader: true };
const csvWithoutHeader: Dialect = { ...csv, hasHeader: false };
const tsv: Dialect = { separator: '\t', lineEnd: '\n', writeText: writeTsvText, hasHeader: true };

/** RFC 4180 in UTF-8. NULL is an empty field, an empty string is `""`. */
export const createCsvEncoder = delimitedEncoder(csv);
/** The same for `text/csv;header=absent`. */
export const createHeaderlessCsvEncoder = delimitedEncoder(csvWithoutHeader);
/** One name or value per tab, in UTF-8; NULL is an empty field. */
export const createTsvEncoder = delimitedEncoder(tsv);

function delimitedEncoder(dialect: Dialect): (head: ResultHead) => ResultEncoder {
  const marks = {
    rowStart: fixedBytes(Buffer.alloc(0)),
    separator: fixedBytes(Buffer.from(dialect.separator)),
    rowEnd: fixedBytes(Buffer.from(dialect.lineEnd)),
  };
  return (head) => {
    const output = new ByteOutput();
    const writers = cellWriters(head.columns, dialect.writeText);
    const layout: TextLayout = { ...marks, writers };
    return {
      wireFormats: head.columns.map(() => 'text'),
      head: () => (dialect.hasHeader ? headerLine(head, dialect) : Buffer.alloc(0)),
      rows: (batch, rowCount) => {
        writeTextRows({ bytes: batch.bytes, rowCount }, layout, output);
        return output.take();
      },
      // An overflow has no form here (DALI 1.2, 3.6); a failure must not pass for a whole answer.
      foot: (outcome) => (outcome.status === 'ERROR' ? null : Buffer.alloc(0)),
    };
  };
}

function headerLine(head: ResultHead, dialect: Dialect): Buffer {
  const output = new ByteOutput();
  head.columns.forEach((column, index) => {
    const name = Buffer.from(column.name);
    output.reserve(dialect.separator.length);
    if (index > 0) output.append(Buffer.from(dialect.separator));
    dialect.writeText({ source: name, start: 0, end: name.length }, output);
  });
  output.reserve(dialect.lineEnd.length);
  output.append(Buffer.from(dialect.lineEnd));
  return output.take();
}

/** Quotes turn out to be needed when most of the cell is written: it is written again then. */
function writeCsvText(cell: Readonly<Cell>, output: ByteOutput): void {
  const { start, end } = cell;
  const begin = output.length;
  output.reserve(end - start);
  // An empty string is quoted too, or it would pass for NULL.
  if (start < end && output.copyPlain(cell, csvPlain) === end) return;
  output.length = begin;
  writeQuoted(cell, output);
}

function writeQuoted({ source, start, end }: Readonly<Cell>, output: ByteOutput): void {
  output.reserve((end - start) * 2 + 2);
  const { bytes } = output;
  let at = output.length;
  bytes[at++] = quote;
  for (let index = start; index < end; index += 1) {
    const byte = source[index] ?? 0;
    if (byte === quote) bytes[at++] = quote;
    bytes[at++] = byte;
  }
  bytes[at++] = quote;
  output.length = at;
}

function writeTsvText({ source, start, end }: Readonly<Cell>, output: ByteOutput): void {
  output.reserve(end - start);
  for (let from = start; from < end;) {
    from = output.copyPlain({ source, start: from, end }, tsvPlain);
    if (from === end) return;
    output.bytes[output.length++] = blank;
    from += 1;
  }
}

function byteTable(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const byte of Buffer.from(characters)) table[byte] = 1;
  return table;
}
