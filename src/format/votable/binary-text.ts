import type { OutputColumn } from '../../../adql/index.ts';
import { ServiceError } from '../../service-error.ts';
import type { ByteOutput } from '../byte-output.ts';
import { cellWriters, type Cell, type CellWriter } from '../cell-writer.ts';
import {
  countBytes,
  lengthOf,
  noElements,
  wrongValue,
  type BinaryValue,
  type BinaryWriter,
} from './binary-value.ts';

/** Set in every byte of a character that is not ASCII; four bytes are looked at together. */
const notAscii = 0x80808080;
const wordBytes = 4;

/** Bytes of one UTF-16 code unit. */
const unitBytes = 2;

/**
 * A string as `char`: a count and that many bytes, which is how PostgreSQL sends it.
 * Throws ServiceError at a character beyond ASCII: one of them and astropy (8.0) cannot read the
 * table at all, while STIL (4.1) shows wrong letters.
 */
export function asciiText(column: OutputColumn): BinaryValue {
  const write: BinaryWriter = ({ source, start, end }, output) => {
    output.reserve(countBytes + end - start);
    output.copy(source, start - countBytes, start);
    if (!output.copyAscii(source, start, end)) throw unforeseenCharacter(column);
    return true;
  };
  return { ...textValue(write), copied: 'ascii' };
}

/**
 * A string as `unicodeChar`: a count of code units and as many pairs of bytes, UTF-16. Characters
 * beyond the BMP stay surrogate pairs, which readers take though VOTable 1.4 has only UCS-2.
 */
export function unicodeText(): BinaryValue {
  return textValue((cell, output) => {
    const { source, start, end } = cell;
    output.reserve(countBytes + (end - start) * unitBytes);
    const units = isAscii(output.wordsOf(source), start, end)
      ? writeWidened(cell, output)
      : writeUtf16(cell, output);
    output.bytes.writeInt32BE(units, output.length);
    output.length += countBytes + units * unitBytes;
    return true;
  });
}

/** JSON as `char`. */
export function jsonText(): BinaryValue {
  return { ...counted(writeAsciiJson), copied: 'ascii' };
}

/** JSON without a byte beyond ASCII: such characters can stand as `\u00e9` in its strings. */
export function writeAsciiJson({ source, start, end }: Readonly<Cell>, output: ByteOutput): void {
  const escaped = isAscii(output.wordsOf(source), start, end)
    ? null
    : asciiJson(source.toString('utf8', start, end));
  output.reserve(escaped?.length ?? end - start);
  if (escaped === null) output.copy(source, start, end);
  else output.append(escaped);
}

/** Anything else as the text that it has in TABLEDATA: timestamps above all. */
export function tabledataText(column: OutputColumn): BinaryValue {
  const [write] = cellWriters([column], (cell, output) => {
    const { source, start, end } = cell;
    if (!isAscii(output.wordsOf(source), start, end)) {
      throw wrongValue(column.name, 'text beyond ASCII');
    }
    output.reserve(end - start);
    output.copy(source, start, end);
  });
  return counted(write ?? (() => undefined));
}

/** PostgreSQL sends one byte, 1 or 0; a NULL is a zero byte. */
export const truth: BinaryValue = {
  wireFormat: 'binary',
  write: ({ source, start }, output) => {
    output.reserve(1);
    output.bytes[output.length] = source[start] === 1 ? 0x54 : 0x46;
    output.length += 1;
    return true;
  },
  copied: 'nothing',
  nullBytes: Buffer.alloc(1),
};

/** `0101` as bits, the first in the highest place, the last byte filled with zeros. */
export function bits(column: OutputColumn): BinaryValue {
  const length = lengthOf(column.arraysize);
  const write: BinaryWriter = ({ source, start, end }, output) => {
    const count = end - start;
    if (length !== 'variable' && count !== length) {
      throw wrongValue(column.name, `${String(count)} bits in a value of ${String(length)}`);
    }
    output.reserve(countBytes + bytesOfBits(count));
    if (length === 'variable') {
      output.bytes.writeInt32BE(count, output.length);
      output.length += countBytes;
    }
    output.bytes.fill(0, output.length, output.length + bytesOfBits(count));
    for (let bit = 0; bit < count; bit += 1) {
      if (source[start + bit] !== 0x31) continue;
      const at = output.length + (bit >> 3);
      output.bytes[at] = (output.bytes[at] ?? 0) | (0x80 >> (bit & 7));
    }
    output.length += bytesOfBits(count);
    return true;
  };
  const nullBytes = length === 'variable' ? noElements : Buffer.alloc(bytesOfBits(length));
  return { wireFormat: 'text', write, copied: 'nothing', nullBytes };
}

/** Whether all of [start, end) is ASCII. */
export function isAscii(bytes: DataView, start: number, end: number): boolean {
  let words = 0;
  let from = start;
  for (; from + wordBytes <= end; from += wordBytes) words |= bytes.getInt32(from);
  for (; from < end; from += 1) words |= bytes.getUint8(from);
  return (words & notAscii) === 0;
}

function bytesOfBits(count: number): number {
  return Math.ceil(count / 8);
}

function textValue(write: BinaryWriter): BinaryValue {
  return { wireFormat: 'text', write, copied: 'nothing', nullBytes: noElements };
}

/** The count is known once the bytes stand behind it. */
function counted(write: CellWriter): BinaryValue {
  return textValue((cell, output) => {
    const begin = output.length;
    output.reserve(countBytes);
    output.length += countBytes;
    write(cell, output);
    output.bytes.writeInt32BE(output.length - begin - countBytes, begin);
    return true;
  });
}

/** Writes behind the place of the count; returns the code units. */
function writeWidened({ source, start, end }: Readonly<Cell>, output: ByteOutput): number {
  const { bytes } = output;
  let at = output.length + countBytes;
  for (let index = start; index < end; index += 1) {
    bytes[at++] = 0;
    bytes[at++] = source[index] ?? 0;
  }
  return end - start;
}

/** As `writeWidened`. UTF-16 never takes more than twice the bytes of UTF-8. */
function writeUtf16({ source, start, end }: Readonly<Cell>, output: ByteOutput): number {
  const units = Buffer.from(source.toString('utf8', start, end), 'utf16le').swap16();
  units.copy(output.bytes, output.length + countBytes);
  return units.length / unitBytes;
}

function asciiJson(json: string): Buffer {
  const escaped = json.replaceAll(/[^\0-\x7f]/g, (unit) => {
    const code = unit.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${code}`;
  });
  return Buffer.from(escaped, 'latin1');
}

/** The encoder has learned by then that the column needs `unicodeChar`. */
function unforeseenCharacter({ name }: OutputColumn): Error {
  return new ServiceError(
    'data-error',
    `Column "${name}" holds text beyond ASCII, which the rows before it did not. ` +
      'Send the same query again: this column is expected to hold such text then. Or ask for RESPONSEFORMAT=votable/td.',
  );
}
