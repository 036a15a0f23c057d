import type { CopyRows } from '../copy-rows.ts';
import { parseInteger } from '../number-text.ts';
import { parseTimestamp } from '../timestamp-text.ts';
import { shortened } from '../../service-error.ts';
import { CellError } from '../upload-failure.ts';
import { checkCount, type Shape } from './arraysize.ts';
import { encodedNull, type ElementType } from './element-type.ts';
import type { Field } from './field.ts';

/** Writes a cell of TABLEDATA (VOTable 1.4, "TABLEDATA Serialization"). */
export type TextCell = (text: string, rows: CopyRows) => void;

/**
 * The reader of a column's cells, chosen once. An empty cell is NULL for every type, as is the
 * FIELD's own null.
 */
export function textCell(field: Field): TextCell {
  const { nullText } = field;
  const read = valueReader(field);
  return (text, rows) => {
    if (text === '' || text === nullText) rows.null();
    else read(text, rows);
  };
}

function valueReader({ cell, shape, nullText }: Field): TextCell {
  switch (cell.kind) {
    case 'number':
      return blankIsNull(elementReader(cell.element, nullText));
    case 'numbers':
      return blankIsNull(numbersReader(cell.element, shape, nullText));
    case 'bytes':
      return blankIsNull(bytesReader(shape));
    case 'boolean':
      return writeBoolean;
    case 'booleans':
      return blankIsNull((text, rows) => {
        const words = elementsOf(text).map(booleanWord);
        checkCount(shape, words.length);
        rows.text(words.join(' '));
      });
    case 'bits':
      return blankIsNull(bitsReader(shape));
    case 'text':
      return (text, rows) => {
        rows.text(text);
      };
    case 'timestamp':
      return blankIsNull((text, rows) => {
        const microseconds = parseTimestamp(text);
        rows.int32(8);
        rows.int64(microseconds);
      });
  }
}

function blankIsNull(read: TextCell): TextCell {
  return (text, rows) => {
    if (text.trim() === '') rows.null();
    else read(text, rows);
  };
}

/** White space between the elements, before the first and behind the last. */
function elementsOf(text: string): readonly string[] {
  const trimmed = text.trim();
  return trimmed === '' ? [] : trimmed.split(/\s+/);
}

function elementReader(element: ElementType, nullText: string | null): TextCell {
  const { fromText } = element;
  const nullBytes = encodedNull(nullText, element);
  if (nullBytes === null) return fromText;
  return (text, rows) => {
    const { position } = rows;
    fromText(text, rows);
    rows.nullIfEqual(nullBytes, position);
  };
}

function numbersReader(element: ElementType, shape: Shape, nullText: string | null): TextCell {
  const writeElement = elementReader(element, nullText);
  return (text, rows) => {
    const words = elementsOf(text);
    checkParts(element, shape, words.length);
    const begun = rows.beginArray(element.oid, words.length);
    for (const word of words) {
      if (word === nullText) rows.null();
      else writeElement(word, rows);
    }
    rows.endValue(begun);
  };
}

/** @throws CellError when a cell of `count` numbers belies the FIELD */
export function checkParts({ parts }: ElementType, shape: Shape, count: number): void {
  if (count % parts !== 0 || (shape.kind === 'scalar' && count !== parts)) {
    throw new CellError(`a complex number is two numbers, here are ${String(count)}`);
  }
  checkCount(shape, count / parts);
}

const byteRange = { low: 0, high: 255, bits: 8, datatype: 'unsignedByte' };

function bytesReader(shape: Shape): TextCell {
  return (text, rows) => {
    const bytes = Buffer.from(elementsOf(text).map((word) => parseInteger(word, byteRange)));
    checkCount(shape, bytes.length);
    rows.int32(bytes.length);
    rows.copy(bytes, 0, bytes.length);
  };
}

function writeBoolean(text: string, rows: CopyRows): void {
  const word = booleanWord(text.trim());
  if (word === '?') rows.null();
  else rows.boolean(word === 'T');
}

function booleanWord(word: string): 'T' | 'F' | '?' {
  const lower = word.toLowerCase();
  if (lower === 't' || lower === 'true' || lower === '1') return 'T';
  if (lower === 'f' || lower === 'false' || lower === '0') return 'F';
  if (lower === '?' || lower === '') return '?';
  throw new CellError(`"${shortened(word)}" is no boolean; write T or F`);
}

function bitsReader(shape: Shape): TextCell {
  return (text, rows) => {
    const bits = text.replaceAll(/\s/g, '');
    if (!/^[01]*$/.test(bits)) {
      throw new CellError(`"${shortened(text)}" holds something else than the bits 0 and 1`);
    }
    checkCount(shape.kind === 'scalar' ? { kind: 'fixed', length: 1 } : shape, bits.length);
    rows.text(bits);
  };
}
