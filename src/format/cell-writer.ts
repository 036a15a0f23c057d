import type { OutputColumn, SqlType } from '../../adql/index.ts';
import type { ByteOutput } from './byte-output.ts';

/**
 * A value as PostgreSQL sent it in text form: the bytes source[start, end). Never NULL.
 * One object serves all cells of a batch: a new one for each would be 10 million in a large answer.
 */
export interface Cell {
  readonly source: Buffer;
  start: number;
  end: number;
}

export type CellWriter = (cell: Readonly<Cell>, output: ByteOutput) => void;

/**
 * The writer of each column. All but text look the same in TABLEDATA, CSV and TSV (TAP 1.1,
 * "Result documents"): digits, blanks and letters, which none of them has to escape.
 */
export function cellWriters(
  columns: readonly OutputColumn[],
  writeText: CellWriter,
): readonly CellWriter[] {
  return columns.map((column) => {
    const writer = writers[column.sqlType];
    return writer === 'text' ? writeText : writer;
  });
}

const writers = {
  boolean: writeBoolean,
  smallint: copyCell,
  integer: copyCell,
  bigint: copyCell,
  real: writeFloat,
  'double precision': writeFloat,
  numeric: writeFloat,
  text: 'text',
  'text[]': 'text',
  'timestamp without time zone': writeTimestamp,
  'timestamp with time zone': writeTimestamp,
  jsonb: 'text',
  bytea: writeBytes,
  'smallint[]': writeIntegers,
  'integer[]': writeIntegers,
  'bigint[]': writeIntegers,
  'real[]': writeFloats,
  'double precision[]': writeFloats,
} as const satisfies Record<SqlType, CellWriter | 'text'>;

const code = {
  blank: 0x20,
  comma: 0x2c,
  nine: 0x39,
  minus: 0x2d,
  plus: 0x2b,
  openBrace: 0x7b,
  closeBrace: 0x7d,
  capitalI: 0x49,
  capitalN: 0x4e,
  capitalT: 0x54,
  capitalF: 0x46,
  capitalU: 0x55,
  smallT: 0x74,
} as const;

export function copyCell({ source, start, end }: Readonly<Cell>, output: ByteOutput): void {
  output.reserve(end - start);
  output.copy(source, start, end);
}

function writeBoolean(cell: Readonly<Cell>, output: ByteOutput): void {
  output.reserve(1);
  const isTrue = cell.source[cell.start] === code.smallT;
  output.bytes[output.length] = isTrue ? code.capitalT : code.capitalF;
  output.length += 1;
}

/** PostgreSQL's shortest decimal stays as it is; only its `Infinity` is `+Inf` in VOTable. */
function writeFloat(cell: Readonly<Cell>, output: ByteOutput): void {
  const { source, start, end } = cell;
  // Digits, mostly: the last byte of `NaN`, `Infinity` and `-Infinity` is a letter.
  const special = (source[end - 1] ?? 0) > code.nine ? specialNumber(source, start) : null;
  if (special === null) copyCell(cell, output);
  else {
    output.reserve(special.text.length);
    output.append(special.text);
  }
}

/** `2020-01-02 03:04:05+00` (the session's zone is UTC) as DALI has it: `2020-01-02T03:04:05`. */
function writeTimestamp(cell: Readonly<Cell>, output: ByteOutput): void {
  const { source, start, end } = cell;
  const at = output.length;
  copyCell({ source, start, end: source[end - 3] === code.plus ? end - 3 : end }, output);
  const blank = output.bytes.indexOf(code.blank, at);
  if (blank !== -1 && blank < output.length) output.bytes[blank] = code.capitalT;
}

/** bytea arrives as `\x00ff` and is an array of unsignedByte: `0 255`. */
function writeBytes(cell: Readonly<Cell>, output: ByteOutput): void {
  const hex = cell.source.toString('latin1', cell.start + '\\x'.length, cell.end);
  const text = Buffer.from(Buffer.from(hex, 'hex').join(' '), 'latin1');
  output.reserve(text.length);
  output.append(text);
}

/**
 * `{1,2}` becomes `1 2`; nested braces vanish, so that the last dimension runs fastest as VOTable
 * wants. An integer array with a NULL in it has no text form in VOTable: the whole cell is null,
 * because any number in its place would be a false one.
 */
function writeIntegers(cell: Readonly<Cell>, output: ByteOutput): void {
  const { source, start, end } = cell;
  for (let index = start; index < end; index += 1) if (source[index] === code.capitalN) return;
  writeElements(cell, output);
}

/** As integers; a NULL element is NaN, which the float types have for it (VOTable 1.4, "Nulls"). */
function writeFloats(cell: Readonly<Cell>, output: ByteOutput): void {
  const { source, end } = cell;
  let { start } = cell;
  for (let index = start; index < end; index += 1) {
    const special = specialNumber(source, index);
    if (special === null) continue;
    writeElements({ source, start, end: index }, output);
    output.reserve(special.text.length);
    output.append(special.text);
    start = index + special.sourceLength;
    index = start - 1;
  }
  writeElements({ source, start, end }, output);
}

/** What PostgreSQL sends where VOTable has another word. */
interface SpecialNumber {
  readonly sourceLength: number;
  readonly text: Buffer;
}

const infinity: SpecialNumber = { sourceLength: 'Infinity'.length, text: Buffer.from('+Inf') };
const minusInfinity = { sourceLength: '-Infinity'.length, text: Buffer.from('-Inf') };
const nullElement: SpecialNumber = { sourceLength: 'NULL'.length, text: Buffer.from('NaN') };

function specialNumber(source: Buffer, at: number): SpecialNumber | null {
  const first = source[at] ?? 0;
  if (first === code.capitalI) return infinity;
  if (first === code.minus && source[at + 1] === code.capitalI) return minusInfinity;
  if (first === code.capitalN && source[at + 1] === code.capitalU) return nullElement;
  return null;
}

function writeElements(cell: Readonly<Cell>, output: ByteOutput): void {
  const { source, start, end } = cell;
  output.reserve(end - start);
  const { bytes } = output;
  let at = output.length;
  for (let index = start; index < end; index += 1) {
    const byte = source[index] ?? 0;
    if (byte === code.openBrace || byte === code.closeBrace) continue;
    bytes[at++] = byte === code.comma ? code.blank : byte;
  }
  output.length = at;
}
