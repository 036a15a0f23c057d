import { ByteOutput } from './byte-output.ts';
import { cellWriters, copyCell, type Cell, type CellWriter } from './cell-writer.ts';
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

/** Bytes looked at together. */
const wordBytes = 4;

/** Bytes for which RFC 4180 wants the cell in quotes: `"`, comma, CR, LF. */
const needsQuotes = byteTable('",\r\n');

/** TSV has no quoting: these become a blank (TAP 1.1, "Result documents"). */
const breaksTsv = byteTable('\t\r\n');

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
  return (head) => {
    const output = new ByteOutput();
    const layout: TextLayout = {
      rowStart: Buffer.alloc(0),
      separator: Buffer.from(dialect.separator),
      rowEnd: Buffer.from(dialect.lineEnd),
      writers: cellWriters(head.columns, dialect.writeText),
    };
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

function writeCsvText(cell: Readonly<Cell>, output: ByteOutput): void {
  const { source, start, end } = cell;
  if (!needsQuoting(cell, output)) {
    copyCell(cell, output);
    return;
  }
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

function writeTsvText(cell: Readonly<Cell>, output: ByteOutput): void {
  const { source, start, end } = cell;
  output.reserve(end - start);
  const { bytes } = output;
  let at = output.length;
  for (let index = start; index < end; index += 1) {
    const byte = source[index] ?? 0;
    bytes[at++] = breaksTsv[byte] === 1 ? 0x20 : byte;
  }
  output.length = at;
}

/** An empty string does too, or it would pass for NULL. */
function needsQuoting({ source, start, end }: Readonly<Cell>, output: ByteOutput): boolean {
  if (start === end) return true;
  const words = output.wordsOf(source);
  let index = start;
  while (index + wordBytes <= end && isPlainWord(words.getInt32(index, true))) index += wordBytes;
  for (; index < end; index += 1) {
    if (needsQuotes[source[index] ?? 0] === 1) return true;
  }
  return false;
}

/** As in TABLEDATA (votable/xml-text): a no may be wrong, a yes never is. */
function isPlainWord(word: number): boolean {
  const controls = word - 0x20202020;
  const quotes = (word ^ 0x22222222) - 0x01010101;
  const commas = (word ^ 0x2c2c2c2c) - 0x01010101;
  return ((word | controls | quotes | commas) & 0x80808080) === 0;
}

function byteTable(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const byte of Buffer.from(characters)) table[byte] = 1;
  return table;
}
