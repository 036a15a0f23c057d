import type { OutputColumn } from '../../../adql/index.ts';
import { wrongValue, type BinaryValue, type BinaryWriter } from './binary-value.ts';
import { isNumericDatatype, leastInteger } from './binary-number.ts';
import { arraysizeOf, numericValue, repeatedNull } from './binary-numbers.ts';
import { asciiText, bits, jsonText, tabledataText, truth, unicodeText } from './binary-text.ts';
import type { FieldColumn } from './field.ts';

/** A column of a binary stream: its FIELD, and how its values are written. */
export interface BinaryColumn extends BinaryValue {
  readonly field: FieldColumn;
}

/**
 * The column in BINARY2.
 * @param isUnicode its values go beyond ASCII
 */
export function binary2Column(column: OutputColumn, isUnicode: boolean): BinaryColumn {
  return untold(column) ?? textColumn(column, isUnicode);
}

/**
 * The column in BINARY, which has no null flags: the least integer stands for NULL, declared as
 * VALUES/@null, and is refused as a value.
 */
export function binaryColumn(column: OutputColumn, isUnicode: boolean): BinaryColumn {
  const roomy = roomyColumn(column);
  const plain = binary2Column(roomy, isUnicode);
  const { datatype } = plain.field;
  const least = isNumericDatatype(datatype) ? leastInteger(datatype) : null;
  if (least === null) return plain;
  return {
    ...plain,
    field: { ...plain.field, nullText: least.text },
    write: withoutLeast(plain.write, () =>
      wrongValue(column.name, `${least.text}, the number that stands for NULL`),
    ),
    copied: 'nothing',
    nullBytes: repeatedNull(roomy, least.bytes),
  };
}

/** An unsignedByte has no value to spare for NULL: it becomes a short. */
export function roomyColumn(column: OutputColumn): OutputColumn {
  const isByte = column.datatype === 'unsignedByte' && column.sqlType === 'smallint';
  return isByte ? { ...column, datatype: 'short' } : column;
}

/** Refuses a scalar that would pass for NULL: its highest bit is set and no other. */
function withoutLeast(write: BinaryWriter, refusal: () => Error): BinaryWriter {
  return (cell, output) => {
    const begin = output.length;
    const isWritten = write(cell, output);
    if (output.bytes[begin] === 0x80) {
      const isLeast = output.bytes.subarray(begin + 1, output.length).every((byte) => byte === 0);
      if (isWritten && isLeast) throw refusal();
    }
    return isWritten;
  };
}

/** Whether the values of the column may turn out to be beyond ASCII. */
export function isPlainText(column: OutputColumn): boolean {
  return column.sqlType === 'text' && untold(column) === null;
}

/** What needs no letters: numbers, truth values, bits. Null for all that goes as text. */
function untold(column: OutputColumn): BinaryColumn | null {
  const { datatype, sqlType } = column;
  if (datatype === 'boolean' && sqlType === 'boolean') return { field: column, ...truth };
  if (datatype === 'bit' && sqlType === 'text') return { field: column, ...bits(column) };
  const value = isNumericDatatype(datatype) ? numericValue(column, datatype) : null;
  return value && { field: { ...column, arraysize: arraysizeOf(column) }, ...value };
}

/**
 * Strings are always `arraysize="*"`: readers differ over `10*` (astropy before 7 takes it for a
 * fixed length), and padding would make the ends of strings guesswork.
 */
function textColumn(column: OutputColumn, isUnicode: boolean): BinaryColumn {
  const field = { ...column, arraysize: '*' };
  if (column.sqlType === 'jsonb') return { field: { ...field, datatype: 'char' }, ...jsonText() };
  if (column.sqlType !== 'text') {
    return { field: { ...field, datatype: 'char' }, ...tabledataText(column) };
  }
  if (isUnicode || column.datatype === 'unicodeChar') {
    return { field: { ...field, datatype: 'unicodeChar' }, ...unicodeText() };
  }
  return { field: { ...field, datatype: 'char' }, ...asciiText(column) };
}
