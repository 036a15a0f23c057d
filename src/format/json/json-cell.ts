import type { OutputColumn, SqlType } from '../../../adql/index.ts';
import type { ByteOutput } from '../byte-output.ts';
import { cellWriters, copyCell, type Cell, type CellWriter } from '../cell-writer.ts';
import { arrayWriter, writeTextElement } from './json-array.ts';
import { quote, writeJsonString } from './json-text.ts';

/**
 * How PostgreSQL's text becomes a JSON value. Numbers keep all their digits: a `long` beyond 2^53
 * is exact in the document, whatever its reader makes of it. JSON has no NaN and no infinities, so
 * they are the strings "NaN", "Infinity" and "-Infinity", which `float()` of Python and `Number()`
 * of JavaScript read.
 */
export function jsonWriter(column: OutputColumn): CellWriter {
  const writer = writers[column.sqlType];
  if (writer !== 'text') return writer;
  const [writeText = copyCell] = cellWriters([column], copyCell);
  return quoted(writeText);
}

const writers = {
  boolean: writeBoolean,
  smallint: copyCell,
  integer: copyCell,
  bigint: copyCell,
  real: writeNumber,
  'double precision': writeNumber,
  numeric: writeNumber,
  text: writeJsonString,
  'text[]': arrayWriter(writeTextElement),
  'timestamp without time zone': 'text',
  'timestamp with time zone': 'text',
  jsonb: copyCell,
  bytea: writeBytes,
  'smallint[]': arrayWriter(writeNumber),
  'integer[]': arrayWriter(writeNumber),
  'bigint[]': arrayWriter(writeNumber),
  'real[]': arrayWriter(writeNumber),
  'double precision[]': arrayWriter(writeNumber),
} as const satisfies Record<SqlType, CellWriter | 'text'>;

const code = { minus: 0x2d, zero: 0x30, nine: 0x39, smallT: 0x74 } as const;

/** PostgreSQL sends `-0`, which Python would take for an integer, and those have no sign at 0. */
const minusZero: Cell = { source: Buffer.from('-0.0'), start: 0, end: 4 };

const words = { true: Buffer.from('true'), false: Buffer.from('false') };

/** For what needs no escapes. */
function quoted(write: CellWriter): CellWriter {
  return (cell, output) => {
    output.reserve(1);
    output.bytes[output.length++] = quote;
    write(cell, output);
    output.reserve(1);
    output.bytes[output.length++] = quote;
  };
}

const writeQuoted = quoted(copyCell);

function writeBoolean({ source, start }: Readonly<Cell>, output: ByteOutput): void {
  const word = source[start] === code.smallT ? words.true : words.false;
  output.reserve(word.length);
  output.append(word);
}

function writeNumber(cell: Readonly<Cell>, output: ByteOutput): void {
  const { source, start, end } = cell;
  const first = source[start] === code.minus ? source[start + 1] : source[start];
  if ((first ?? 0) > code.nine) writeQuoted(cell, output);
  else if (first === code.zero && source[start] === code.minus && end - start === 2) {
    copyCell(minusZero, output);
  } else copyCell(cell, output);
}

/** `\x00ff` is an array of numbers, as its FIELD says: `[0,255]`. */
function writeBytes({ source, start, end }: Readonly<Cell>, output: ByteOutput): void {
  const hex = source.toString('latin1', start + '\\x'.length, end);
  const text = Buffer.from(`[${Buffer.from(hex, 'hex').join(',')}]`, 'latin1');
  output.reserve(text.length);
  output.append(text);
}
