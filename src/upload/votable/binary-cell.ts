import { isAscii, isUtf8 } from 'node:buffer';
import type { CopyRows } from '../copy-rows.ts';
import { parseTimestamp } from '../timestamp-text.ts';
import { CellError } from '../upload-failure.ts';
import { checkCount } from './arraysize.ts';
import { encodedNull, type ElementType } from './element-type.ts';
import type { CellKind, Field } from './field.ts';

/** The two binary serializations differ in how they say NULL (VOTable 1.4, section 5.4). */
export type BinarySerialization = 'BINARY' | 'BINARY2';

/** A cell's bytes: source[start, end), holding `count` primitives. */
export interface CellBytes {
  readonly source: Buffer;
  readonly start: number;
  readonly end: number;
  readonly count: number;
}

export interface BinaryCell {
  /**
   * Where the cell that begins at `at` ends, which may be behind the end of `source`;
   * -1 when not even its count is there yet.
   */
  readonly endOf: (source: Buffer, at: number) => number;
  /** source[at, end), all of which is there. */
  readonly write: (source: Buffer, span: CellSpan, rows: CopyRows) => void;
}

export interface CellSpan {
  readonly at: number;
  readonly end: number;
}

const countBytes = 4;

/** @param cellBytes the most in one cell: what a count may claim before any of it has come */
export function binaryCell(
  field: Field,
  serialization: BinarySerialization,
  cellBytes: number,
): BinaryCell {
  const { shape } = field;
  const bytesOf = byteCounter(field.cell);
  const write = valueWriter(field, serialization);
  if (shape.kind !== 'variable') {
    const count = shape.kind === 'fixed' ? shape.length : 1;
    const bytes = bytesOf(count);
    return {
      endOf: (_source, at) => at + bytes,
      write: (source, { at, end }, rows) => {
        write({ source, start: at, end, count }, rows);
      },
    };
  }
  return {
    endOf: (source, at) => {
      if (at + countBytes > source.length) return -1;
      const count = source.readInt32BE(at);
      const bytes = bytesOf(count);
      if (count < 0 || bytes > cellBytes) {
        throw new CellError(
          `it claims to hold ${String(count)} elements; the stream is damaged, or not as the FIELDs say`,
        );
      }
      return at + countBytes + bytes;
    },
    write: (source, { at, end }, rows) => {
      const count = source.readInt32BE(at);
      checkCount(shape, count);
      write({ source, start: at + countBytes, end, count }, rows);
    },
  };
}

function byteCounter(cell: CellKind): (count: number) => number {
  switch (cell.kind) {
    case 'number':
    case 'numbers': {
      const { bytes, parts } = cell.element;
      return (count) => count * parts * bytes;
    }
    case 'bytes':
    case 'boolean':
    case 'booleans':
      return (count) => count;
    case 'bits':
      return (count) => Math.ceil(count / 8);
    case 'text':
    case 'timestamp':
      return cell.encoding === 'utf8' ? (count) => count : (count) => count * 2;
  }
}

export type ValueWriter = (cell: CellBytes, rows: CopyRows) => void;

/** Writes the cells of a column, once their bytes are found. */
export function valueWriter(field: Field, serialization: BinarySerialization): ValueWriter {
  const { cell, shape, nullText } = field;
  const isBinary = serialization === 'BINARY';
  switch (cell.kind) {
    case 'number':
      return numberWriter(cell.element, { nullText, nanIsNull: isBinary });
    case 'numbers':
      return arrayWriter(cell.element, { nullText, isBinary });
    case 'bytes':
      return emptyIsNull(isBinary, ({ source, start, end }, rows) => {
        rows.int32(end - start);
        rows.copy(source, start, end);
      });
    case 'boolean':
      return writeBoolean;
    case 'booleans':
      return emptyIsNull(isBinary, (bytes, rows) => {
        rows.text([...bytes.source.subarray(bytes.start, bytes.end)].map(booleanWord).join(' '));
      });
    case 'bits':
      return shape.kind === 'scalar' ? writeBit : emptyIsNull(isBinary, writeBits);
    case 'text':
      return textWriter({ encoding: cell.encoding, isList: isTextList(field), nullText, isBinary });
    case 'timestamp':
      return timestampWriter(cell.encoding, nullText);
  }
}

/** BINARY has no other null for arrays and strings (VOTable 1.4, "Nulls"). */
function emptyIsNull(isBinary: boolean, write: ValueWriter): ValueWriter {
  if (!isBinary) return write;
  return (cell, rows) => {
    if (cell.count === 0) rows.null();
    else write(cell, rows);
  };
}

interface NullNumbers {
  readonly nullText: string | null;
  readonly nanIsNull: boolean;
}

function numberWriter(element: ElementType, { nullText, nanIsNull }: NullNumbers): ValueWriter {
  const { fromBytes, isNaN } = element;
  const nullBytes = encodedNull(nullText, element);
  return ({ source, start }, rows) => {
    const { position } = rows;
    if (nanIsNull && isNaN(source, start)) rows.null();
    else {
      fromBytes(source, start, rows);
      if (nullBytes !== null) rows.nullIfEqual(nullBytes, position);
    }
  };
}

function numbersWriter(element: ElementType, nullText: string | null): ValueWriter {
  const { bytes, parts, oid } = element;
  const writeElement = numberWriter(element, { nullText, nanIsNull: false });
  return ({ source, start, end, count }, rows) => {
    const begun = rows.beginArray(oid, count * parts);
    for (let at = start; at < end; at += bytes) {
      writeElement({ source, start: at, end: at + bytes, count: 1 }, rows);
    }
    rows.endValue(begun);
  };
}

/** The same for arrays of numbers of a fixed length: they can only be full of nulls. */
function arrayWriter(
  element: ElementType,
  { nullText, isBinary }: Pick<TextOptions, 'nullText' | 'isBinary'>,
): ValueWriter {
  const write = numbersWriter(element, nullText);
  if (!isBinary) return write;
  const nullBytes = encodedNull(nullText, element);
  const isUndefined = ({ source, start, end }: CellBytes): boolean => {
    const { bytes } = element;
    for (let at = start; at < end; at += bytes) {
      const isNull = nullBytes?.equals(source.subarray(at, at + bytes)) === true;
      if (!isNull && !element.isNaN(source, at)) return false;
    }
    return true;
  };
  return (cell, rows) => {
    if (isUndefined(cell)) rows.null();
    else write(cell, rows);
  };
}

function writeBoolean({ source, start }: CellBytes, rows: CopyRows): void {
  const word = booleanWord(source[start] ?? 0);
  if (word === '?') rows.null();
  else rows.boolean(word === 'T');
}

/** The byte is an ASCII letter; NUL and blank are further nulls (VOTable 1.4, "Primitives"). */
function booleanWord(byte: number): 'T' | 'F' | '?' {
  const letter = String.fromCharCode(byte);
  if ('Tt1'.includes(letter)) return 'T';
  if ('Ff0'.includes(letter)) return 'F';
  if ('\0 ?'.includes(letter)) return '?';
  throw new CellError(`the byte ${String(byte)} is no boolean`);
}

/** VOTable has the highest bit count; astropy 8 sets 0x08. The others are 0 in both. */
function writeBit({ source, start }: CellBytes, rows: CopyRows): void {
  rows.text(source[start] === 0 ? '0' : '1');
}

function writeBits({ source, start, count }: CellBytes, rows: CopyRows): void {
  let bits = '';
  for (let bit = 0; bit < count; bit += 1) {
    const byte = source[start + (bit >> 3)] ?? 0;
    bits += ((byte >> (7 - (bit & 7))) & 1) === 1 ? '1' : '0';
  }
  rows.text(bits);
}

/** `8x3`, `8x*`: strings of one length. */
export function isTextList({ column }: Field): boolean {
  return column.arraysize?.includes('x') === true;
}

interface TextOptions {
  readonly encoding: 'utf8' | 'utf16';
  readonly isList: boolean;
  readonly nullText: string | null;
  readonly isBinary: boolean;
}

function textWriter({ encoding, isList, nullText, isBinary }: TextOptions): ValueWriter {
  const writeDecoded: ValueWriter = (cell, rows) => {
    const decoded = decode(cell, encoding);
    // Strings of a list are padded to one length: cutting at the first NUL would lose the others.
    const text = isList ? decoded.replaceAll('\0', ' ') : untilNul(decoded);
    if (text === nullText || (isBinary && text === '')) rows.null();
    else rows.text(text);
  };
  if (encoding === 'utf16' || nullText !== null) return emptyIsNull(isBinary, writeDecoded);
  return emptyIsNull(isBinary, (cell, rows) => {
    if (canCopy(cell)) {
      rows.int32(cell.end - cell.start);
      rows.copy(cell.source, cell.start, cell.end);
    } else writeDecoded(cell, rows);
  });
}

function canCopy({ source, start, end }: CellBytes): boolean {
  const bytes = source.subarray(start, end);
  return isUtf8(bytes) && !bytes.includes(0);
}

function timestampWriter(encoding: 'utf8' | 'utf16', nullText: string | null): ValueWriter {
  return (cell, rows) => {
    const text = untilNul(decode(cell, encoding)).trim();
    if (text === '' || text === nullText) rows.null();
    else {
      const microseconds = parseTimestamp(text);
      rows.int32(8);
      rows.int64(microseconds);
    }
  };
}

/** A NUL ends a string that is shorter than its field. */
function untilNul(text: string): string {
  const nul = text.indexOf('\0');
  return nul === -1 ? text : text.slice(0, nul);
}

/** `char` is ASCII up to VOTable 1.5 and UTF-8 since; what is neither, old writers meant as Latin-1. */
function decode({ source, start, end }: CellBytes, encoding: 'utf8' | 'utf16'): string {
  const bytes = source.subarray(start, end);
  if (encoding === 'utf16') return Buffer.from(bytes).swap16().toString('utf16le');
  if (isAscii(bytes)) return bytes.toString('latin1');
  return isUtf8(bytes) ? bytes.toString() : bytes.toString('latin1');
}
