import type { Datatype, OutputColumn } from '../../../adql/index.ts';
import type { WireFormat } from '../../row-batch.ts';
import type { ByteOutput } from '../byte-output.ts';
import { cellWriters, type Cell, type CellWriter } from '../cell-writer.ts';
import { binary2Column, roomyColumn } from '../votable/binary-column.ts';
import { isNumericDatatype, leastInteger } from '../votable/binary-number.ts';
import { nullPrimitive } from '../votable/binary-numbers.ts';
import { writeAsciiJson } from '../votable/binary-text.ts';
import { countBytes, lengthOf, type BinaryWriter } from '../votable/binary-value.ts';
import { writePrintable } from './printable.ts';

/** A code of TFORM (FITS 4.0, "Binary tables") and the bytes of one element. */
interface Form {
  readonly code: string;
  readonly bytes: number;
}

const characters: Form = { code: 'A', bytes: 1 };

/** Bits are text here: few readers know arrays of them. */
const forms: Readonly<Record<Datatype, Form>> = {
  boolean: { code: 'L', bytes: 1 },
  unsignedByte: { code: 'B', bytes: 1 },
  short: { code: 'I', bytes: 2 },
  int: { code: 'J', bytes: 4 },
  long: { code: 'K', bytes: 8 },
  float: { code: 'E', bytes: 4 },
  double: { code: 'D', bytes: 8 },
  floatComplex: { code: 'C', bytes: 8 },
  doubleComplex: { code: 'M', bytes: 16 },
  bit: characters,
  char: characters,
  unicodeChar: characters,
};

/** A `smallint` declared as `long`. */
const maxWidening = 4;

/** Two bytes of UTF-8 as six of `\u00e9`. */
const jsonEscapeGrowth = 3;

/** A column of a BINTABLE. */
export interface FitsColumn {
  readonly column: OutputColumn;
  readonly wireFormat: WireFormat;
  readonly form: Form;
  /** Elements in a cell; null when the longest cell has to tell. */
  readonly fixedWidth: number | null;
  /** The most bytes that one byte from PostgreSQL becomes. */
  readonly growth: number;
  /** Appends the elements of a cell; false, with nothing appended, when the cell is NULL. */
  readonly write: BinaryWriter;
  /** One element of a NULL, and what fills a short cell up, where no TNULL is needed for it. */
  readonly filler: Uint8Array;
  readonly isArray: boolean;
  /** The ends of a type that has nothing but a number to stand for NULL; null for all others. */
  readonly integer: { readonly least: NullNumber; readonly greatest: NullNumber } | null;
}

/** A number that stands for NULL (TNULL): its digits and its bytes. */
export interface NullNumber {
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** The column in FITS. Arrays of different lengths are filled up with NULLs to the longest, as STIL does it. */
export function fitsColumn(column: OutputColumn): FitsColumn {
  const { field, ...value } = binary2Column(roomyColumn(column), false);
  const form = forms[field.datatype];
  if (form === characters) return textColumn(column);
  const length = lengthOf(field.arraysize);
  const isVariable = length === 'variable';
  return {
    column,
    wireFormat: value.wireFormat,
    form,
    fixedWidth: isVariable ? null : length,
    growth: maxWidening,
    write: isVariable ? withoutCount(value.write) : value.write,
    filler: nullElement(field.datatype),
    isArray: column.sqlType.endsWith('[]'),
    integer: endsOf(field.datatype),
  };
}

function textColumn(column: OutputColumn): FitsColumn {
  const [write] = cellWriters([column], writePrintable);
  const writeText: CellWriter =
    column.sqlType === 'jsonb' ? writeAsciiJson : (write ?? writePrintable);
  return {
    column,
    wireFormat: 'text',
    form: characters,
    fixedWidth: null,
    growth: column.sqlType === 'jsonb' ? jsonEscapeGrowth : 1,
    write: (cell, output) => {
      writeText(cell, output);
      return true;
    },
    filler: Buffer.alloc(1),
    isArray: false,
    integer: null,
  };
}

function nullElement(datatype: Datatype): Uint8Array {
  return isNumericDatatype(datatype) ? nullPrimitive(datatype) : Buffer.alloc(1);
}

function endsOf(datatype: Datatype): FitsColumn['integer'] {
  const least = isNumericDatatype(datatype) ? leastInteger(datatype) : null;
  if (least === null) return null;
  const greatest = Uint8Array.from(least.bytes, (byte) => byte ^ 0xff);
  return { least, greatest: { text: String(-1n - BigInt(least.text)), bytes: greatest } };
}

/** FITS has the elements alone. */
function withoutCount(write: BinaryWriter): BinaryWriter {
  return (cell: Readonly<Cell>, output: ByteOutput) => {
    const begin = output.length;
    if (!write(cell, output)) return false;
    output.bytes.copyWithin(begin, begin + countBytes, output.length);
    output.length -= countBytes;
    return true;
  };
}
