import type { OutputColumn } from '../../../adql/index.ts';
import type { ByteOutput } from '../byte-output.ts';
import type { Cell } from '../cell-writer.ts';
import {
  bytesOf,
  copyNumber,
  isFloating,
  isNumericSqlType,
  isSameInWords,
  nullNumber,
  partsOf,
  writeFloating,
  type CopyNumber,
  type NumericDatatype,
  type NumericSqlType,
} from './binary-number.ts';
import {
  countBytes,
  lengthOf,
  noElements,
  wrongValue,
  type BinaryValue,
  type BinaryWriter,
  type Length,
} from './binary-value.ts';

/** PostgreSQL's array: int32 dimensions, int32 flags, int32 type, then 8 bytes for each dimension. */
const arrayHeaderBytes = 12;
const dimensionBytes = 8;
const nullLength = -1;

/** A column of numbers; null when its SQL type holds none, or none of that datatype. */
export function numericValue(column: OutputColumn, datatype: NumericDatatype): BinaryValue | null {
  const { sqlType } = column;
  if (sqlType === 'numeric') return isFloating(datatype) ? decimals(datatype) : null;
  if (sqlType === 'bytea') return datatype === 'unsignedByte' ? bytes(column) : null;
  const isArray = sqlType.endsWith('[]');
  const element = isArray ? sqlType.slice(0, -'[]'.length) : sqlType;
  if (!isNumericSqlType(element)) return null;
  const copy = copyNumber(element, datatype, () =>
    wrongValue(column.name, `a number that is no ${datatype}`),
  );
  if (copy === null) return null;
  return isArray ? arrays(column, datatype, copy) : scalars(element, datatype, copy);
}

/** The FIELD's arraysize of a column of numbers: what the SQL type cannot be is not declared. */
export function arraysizeOf({ datatype, sqlType, arraysize }: OutputColumn): string | null {
  const isArray = sqlType.endsWith('[]') || sqlType === 'bytea';
  if (!isArray) return null;
  const isComplex = datatype === 'floatComplex' || datatype === 'doubleComplex';
  if (isComplex) return arraysize;
  return arraysize === null || arraysize === '1' ? '*' : arraysize;
}

/** A whole NULL made of the null of one number, or the count of no elements. */
export function repeatedNull(column: OutputColumn, number: Uint8Array): Uint8Array {
  const length = elementsOf(column);
  if (length === 'variable') return noElements;
  return Buffer.concat(Array.from({ length }, () => number));
}

/** Real and imaginary part, or the one number. */
export function nullPrimitive(datatype: NumericDatatype): Uint8Array {
  return Buffer.concat(Array.from({ length: partsOf(datatype) }, () => nullNumber(datatype)));
}

function elementsOf(column: OutputColumn): Length {
  return lengthOf(arraysizeOf(column));
}

function scalars(from: NumericSqlType, datatype: NumericDatatype, copy: CopyNumber): BinaryValue {
  const bytesNeeded = bytesOf(datatype);
  return {
    wireFormat: 'binary',
    write: ({ source, start }, output) => {
      output.reserve(bytesNeeded);
      copy(source, start, output);
      return true;
    },
    copied: isSameInWords(from, datatype) ? 'words' : 'nothing',
    nullBytes: nullNumber(datatype),
  };
}

/** PostgreSQL's numeric has a binary form of its own: its text is as good. */
function decimals(datatype: NumericDatatype): BinaryValue {
  const bytesNeeded = bytesOf(datatype);
  return {
    wireFormat: 'text',
    write: ({ source, start, end }, output) => {
      output.reserve(bytesNeeded);
      writeFloating(Number(source.toString('latin1', start, end)), bytesNeeded, output);
      return true;
    },
    copied: 'nothing',
    nullBytes: nullNumber(datatype),
  };
}

/** The length in front of PostgreSQL's value is the count that VOTable wants. */
function bytes(column: OutputColumn): BinaryValue {
  const length = elementsOf(column);
  const prefix = length === 'variable' ? countBytes : 0;
  return {
    wireFormat: 'binary',
    write: ({ source, start, end }, output) => {
      if (length !== 'variable' && end - start !== length) throw wrongLength(column, end - start);
      output.reserve(prefix + end - start);
      output.copy(source, start - prefix, end);
      return true;
    },
    copied: 'nothing',
    nullBytes: repeatedNull(column, Buffer.alloc(1)),
  };
}

function arrays(column: OutputColumn, datatype: NumericDatatype, copy: CopyNumber): BinaryValue {
  const length = elementsOf(column);
  const parts = partsOf(datatype);
  const element: Element = {
    bytes: bytesOf(datatype),
    copy,
    nullBytes: isFloating(datatype) ? nullNumber(datatype) : null,
  };
  const write: BinaryWriter = (cell, output) => {
    const { source, start } = cell;
    const from = start + arrayHeaderBytes + source.readInt32BE(start) * dimensionBytes;
    const numbers = countNumbers(source, start);
    if (length !== 'variable' && numbers !== length * parts) throw wrongLength(column, numbers);
    output.reserve(countBytes + numbers * element.bytes);
    const begin = output.length;
    if (length === 'variable') {
      output.bytes.writeInt32BE(numbers / parts, begin);
      output.length += countBytes;
    }
    if (writeElements({ source, start: from, end: cell.end }, element, output)) return true;
    output.length = begin;
    return false;
  };
  return {
    wireFormat: 'binary',
    write,
    copied: 'nothing',
    nullBytes: repeatedNull(column, nullPrimitive(datatype)),
  };
}

/** One number of an array. */
interface Element {
  readonly bytes: number;
  readonly copy: CopyNumber;
  /** For a NULL among the elements; null when integers have no way to say it. */
  readonly nullBytes: Uint8Array | null;
}

/**
 * All dimensions at once: PostgreSQL too has the last dimension run fastest. False when there is an
 * element that cannot be told: the whole cell is null then, as in TABLEDATA.
 */
function writeElements(cell: Readonly<Cell>, element: Element, output: ByteOutput): boolean {
  const { source, end } = cell;
  let at = cell.start;
  while (at < end) {
    const length = source.readInt32BE(at);
    at += countBytes;
    if (length !== nullLength) {
      element.copy(source, at, output);
      at += length;
    } else if (element.nullBytes === null) return false;
    else output.append(element.nullBytes);
  }
  return true;
}

function countNumbers(source: Buffer, start: number): number {
  const dimensions = source.readInt32BE(start);
  let count = dimensions === 0 ? 0 : 1;
  for (let index = 0; index < dimensions; index += 1) {
    count *= source.readInt32BE(start + arrayHeaderBytes + index * dimensionBytes);
  }
  return count;
}

function wrongLength(column: OutputColumn, found: number): Error {
  return wrongValue(
    column.name,
    `${String(found)} numbers in a value where its arraysize is ${column.arraysize ?? '1'}`,
  );
}
