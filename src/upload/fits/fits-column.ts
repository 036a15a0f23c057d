import type { UploadColumn } from '../incoming-table.ts';
import { shortened } from '../../service-error.ts';
import { badUpload } from '../upload-failure.ts';
import { isTextList, type ValueWriter, valueWriter } from '../votable/binary-cell.ts';
import { type Field, readField } from '../votable/field.ts';
import { codes, type FitsForm, readForm } from './fits-form.ts';
import type { FitsHeader } from './fits-header.ts';
import { writeText } from './fits-text.ts';
import { scaledNumbers, scalingOf } from './scaled-number.ts';

/** A column of a BINTABLE. */
export interface FitsColumn {
  readonly column: UploadColumn;
  readonly form: FitsForm;
  /** Where its cell stands in a row, in bytes. */
  readonly at: number;
  readonly write: ValueWriter;
}

export interface ColumnPlace {
  /** From 1. */
  readonly number: number;
  /** Bytes of the columns before it. */
  readonly at: number;
  /** The most in one cell. */
  readonly cellBytes: number;
}

/**
 * A column by its keywords: TTYPE, TFORM, TUNIT, TNULL, TSCAL, TZERO, TDIM of FITS, and TUCD, TUTYP,
 * TXTYP, TCOMM as STIL and this service write them.
 * @throws ServiceError that names the column
 */
export function fitsColumn(header: FitsHeader, { number, at, cellBytes }: ColumnPlace): FitsColumn {
  const keyword = (name: string): string => `${name}${String(number)}`;
  const form = readForm(header.text(keyword('TFORM')), keyword('TFORM'));
  const nullText = readNull(header, keyword('TNULL'), form);
  const field = readField(
    {
      attributes: attributesOf(header, form, keyword),
      description: header.text(keyword('TCOMM')),
      nullText,
    },
    number,
    cellBytes,
  );
  const scaling = {
    scale: header.number(keyword('TSCAL'), 1),
    zero: header.number(keyword('TZERO'), 0),
  };
  const { code } = form;
  if (!scalingOf(code, scaling)) return { column: field.column, form, at, write: writerOf(field) };
  const isScalar = field.shape.kind === 'scalar';
  const { datatype, write } = scaledNumbers({ code, scaling, nullText, isScalar });
  const { sqlType } = readField(
    {
      attributes: { datatype, ...(isScalar ? {} : { arraysize: '*' }) },
      description: null,
      nullText,
    },
    number,
    cellBytes,
  ).column;
  return { column: { ...field.column, datatype, sqlType }, form, at, write };
}

function attributesOf(
  header: FitsHeader,
  form: FitsForm,
  keyword: (name: string) => string,
): Readonly<Partial<Record<string, string>>> {
  const arraysize = arraysizeOf(form, header.text(keyword('TDIM')));
  const texts = {
    name: header.text(keyword('TTYPE')),
    unit: header.text(keyword('TUNIT')),
    ucd: header.text(keyword('TUCD')),
    utype: header.text(keyword('TUTYP')),
    xtype: header.text(keyword('TXTYP')),
    arraysize,
  };
  const given = Object.entries(texts).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  return { ...Object.fromEntries(given), datatype: codes[form.code].datatype };
}

/** TDIM counts where it agrees with TFORM. */
function arraysizeOf({ code, repeat }: FitsForm, tdim: string | null): string | null {
  if (repeat === null) return '*';
  const axes = axesOf(tdim);
  const elements = axes.reduce((product, axis) => product * axis, 1);
  if (axes.length > 1 && elements === repeat) return axes.join('x');
  if (repeat === 1) return null;
  return code === 'A' ? `${String(repeat)}*` : String(repeat);
}

/** `(3,2)`: the first axis is the fastest, as in VOTable. */
function axesOf(tdim: string | null): readonly number[] {
  const axes = /^\(([\d\s,]+)\)$/.exec(tdim ?? '')?.[1]?.split(',') ?? [];
  return axes.map(Number);
}

/** TNULL belongs to integers alone. */
function readNull(header: FitsHeader, keyword: string, { code }: FitsForm): string | null {
  const text = header.numberText(keyword);
  if (text === null || !['B', 'I', 'J', 'K'].includes(code)) return null;
  if (/^[+-]?\d{1,20}$/.test(text)) return text;
  throw badUpload(`its header says ${keyword} = ${shortened(text)}, which is no whole number.`);
}

/** NaN, an empty text and a zero byte for a boolean are the nulls of FITS, as of VOTable's BINARY. */
function writerOf(field: Field): ValueWriter {
  const isText = field.cell.kind === 'text' && !isTextList(field);
  return isText ? writeText : valueWriter(field, 'BINARY');
}
