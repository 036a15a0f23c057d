import type { ColumnMetadata, Datatype } from '../../../adql/index.ts';
import type { UploadColumn, UploadSqlType } from '../incoming-table.ts';
import { shortened } from '../../service-error.ts';
import { badUpload } from '../upload-failure.ts';
import { readArraysize, type Shape } from './arraysize.ts';
import { elementTypes, type ElementType } from './element-type.ts';

/** What a cell is, and so how it is read. */
export type CellKind =
  | { readonly kind: 'number'; readonly element: ElementType }
  | { readonly kind: 'numbers'; readonly element: ElementType }
  /** unsignedByte arrays. */
  | { readonly kind: 'bytes' }
  | { readonly kind: 'boolean' }
  /** Kept as text in TABLEDATA's own form, `T F ?`: a column that comes back, and is not computed with. */
  | { readonly kind: 'booleans' }
  /** The same: `0101`. */
  | { readonly kind: 'bits' }
  | { readonly kind: 'text'; readonly encoding: 'utf8' | 'utf16' }
  | { readonly kind: 'timestamp'; readonly encoding: 'utf8' | 'utf16' };

/** A FIELD (VOTable 1.4, "FIELD"), understood. */
export interface Field {
  readonly column: UploadColumn;
  readonly cell: CellKind;
  readonly shape: Shape;
  /** VALUES/@null: the text that means NULL, in every serialization. */
  readonly nullText: string | null;
}

/** A FIELD as it stands in the document. */
export interface FieldElement {
  readonly attributes: Readonly<Partial<Record<string, string>>>;
  readonly description: string | null;
  readonly nullText: string | null;
}

const datatypes: ReadonlySet<string> = new Set<Datatype>([
  'boolean',
  'bit',
  'unsignedByte',
  'short',
  'int',
  'long',
  'float',
  'double',
  'floatComplex',
  'doubleComplex',
  'char',
  'unicodeChar',
]);

/**
 * @param number of the FIELD, from 1: the name where there is none
 * @param cellBytes the most in one cell
 */
export function readField(element: FieldElement, number: number, cellBytes: number): Field {
  const { attributes, nullText } = element;
  const name = given(attributes['name']) ?? given(attributes['ID']) ?? `col_${String(number)}`;
  try {
    const datatype = readDatatype(attributes['datatype']);
    const arraysize = readSize(attributes['arraysize'], datatype);
    const shape = readArraysize(arraysize, cellBytes);
    const metadata = metadataOf(element, datatype, arraysize);
    const cell = cellKindOf(metadata, shape, nullText !== null);
    return { column: { ...metadata, name, sqlType: sqlTypeOf(cell) }, cell, shape, nullText };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw badUpload(`FIELD ${String(number)} ("${shortened(name)}"): ${error.message}`, {
      cause: error,
    });
  }
}

function given(text: string | undefined): string | null {
  return text === undefined || text.trim() === '' ? null : text;
}

function readDatatype(text: string | undefined): Datatype {
  const name = text?.trim();
  if (name !== undefined && datatypes.has(name)) return name as Datatype;
  throw badUpload(
    name === undefined
      ? 'it has no datatype.'
      : `datatype="${shortened(name)}" is none of VOTable; use one of ${[...datatypes].join(', ')}.`,
  );
}

/** `arraysize="1"` is a scalar to some writers and an array of one to others: the same bytes. */
function readSize(text: string | undefined, datatype: Datatype): string | null {
  const arraysize = text?.replaceAll(/\s/g, '') ?? '';
  const isText = datatype === 'char' || datatype === 'unicodeChar';
  return arraysize === '' || (arraysize === '1' && !isText) ? null : arraysize;
}

function metadataOf(
  { attributes, description }: FieldElement,
  datatype: Datatype,
  arraysize: string | null,
): ColumnMetadata {
  return {
    datatype,
    arraysize,
    xtype: given(attributes['xtype']),
    unit: given(attributes['unit']),
    ucd: given(attributes['ucd']),
    utype: given(attributes['utype']),
    description,
  };
}

/** DALI 1.1, "Timestamps"; `adql:TIMESTAMP` is TAP 1.0's word. */
const timestampXtypes: ReadonlySet<string> = new Set(['timestamp', 'adql:timestamp']);

function cellKindOf(metadata: ColumnMetadata, shape: Shape, hasNullText: boolean): CellKind {
  const { datatype } = metadata;
  const isScalar = shape.kind === 'scalar';
  if (datatype === 'boolean') return isScalar ? { kind: 'boolean' } : { kind: 'booleans' };
  if (datatype === 'bit') return { kind: 'bits' };
  if (datatype === 'char' || datatype === 'unicodeChar') return textKindOf(metadata);
  const element = elementTypes[datatype];
  if (isScalar && element.parts === 1) return { kind: 'number', element };
  // bytea has no place for a NULL among the elements.
  const isBytes = datatype === 'unsignedByte' && !hasNullText;
  return isBytes ? { kind: 'bytes' } : { kind: 'numbers', element };
}

function textKindOf({ datatype, arraysize, xtype }: ColumnMetadata): CellKind {
  const encoding = datatype === 'char' ? 'utf8' : 'utf16';
  const isList = arraysize?.includes('x') === true;
  const isTimestamp = timestampXtypes.has(xtype?.toLowerCase() ?? '') && !isList;
  return { kind: isTimestamp ? 'timestamp' : 'text', encoding };
}

function sqlTypeOf(cell: CellKind): UploadSqlType {
  switch (cell.kind) {
    case 'number':
      return cell.element.sqlType;
    case 'numbers':
      return cell.element.arrayType;
    case 'bytes':
      return 'bytea';
    case 'boolean':
      return 'boolean';
    case 'booleans':
    case 'bits':
    case 'text':
      return 'text';
    case 'timestamp':
      return 'timestamp without time zone';
  }
}
