import type { CopyRows } from '../copy-rows.ts';
import type { UploadColumn, UploadSqlType } from '../incoming-table.ts';
import { shortened } from '../../service-error.ts';
import { badUpload } from '../upload-failure.ts';
import type { Field } from '../votable/field.ts';
import { checkParts } from '../votable/text-cell.ts';
import type { LeafColumn } from './leaf-column.ts';
import type { PageValue } from './page-values.ts';
import {
  shortWriter,
  type ValueKind,
  valueKind,
  type ValueWrite,
  writeText,
  writeTimestampText,
} from './value-kind.ts';

/** A column of a Parquet file. */
export interface ParquetColumn {
  readonly leaf: LeafColumn;
  readonly column: UploadColumn;
  /** Writes a value, or a list when the column has lists. */
  readonly write: (value: PageValue | readonly (PageValue | null)[], rows: CopyRows) => void;
  /** Text that no FIELD describes: whether it is ASCII is seen when all of it has been. */
  readonly isPlainText: boolean;
}

/** What a list of the type is here, and PostgreSQL's number for the type. */
const lists: Readonly<
  Partial<Record<UploadSqlType, { readonly sqlType: UploadSqlType; readonly oid: number }>>
> = {
  smallint: { sqlType: 'smallint[]', oid: 21 },
  integer: { sqlType: 'integer[]', oid: 23 },
  bigint: { sqlType: 'bigint[]', oid: 20 },
  real: { sqlType: 'real[]', oid: 700 },
  'double precision': { sqlType: 'double precision[]', oid: 701 },
};

/**
 * @param number from 1: the name where there is none
 * @param field what VOParquet says of the column; where both disagree Parquet's type counts
 * @throws ServiceError that names a column whose type has no place here
 */
export function parquetColumn(
  leaf: LeafColumn,
  number: number,
  field: Field | null,
): ParquetColumn {
  const name = leaf.name.trim() === '' ? `col_${String(number)}` : leaf.name;
  const kind = valueKind(leaf.leaf);
  if (kind === null) {
    const { meaning } = leaf.leaf;
    const type = meaning.kind === 'unknown' ? meaning.name : `${leaf.type} as ${meaning.kind}`;
    throw badUpload(
      `its column "${shortened(name)}" has the type ${type}, which is not read here.`,
    );
  }
  return leaf.levels.repetition === 1
    ? listColumn(leaf, { name, kind, field })
    : plainColumn(leaf, { name, kind, field });
}

interface Described {
  readonly name: string;
  readonly kind: ValueKind;
  readonly field: Field | null;
}

function plainColumn(leaf: LeafColumn, { name, kind, field }: Described): ParquetColumn {
  const { sqlType, write, ...facts } = described(kind, field);
  const column = { ...metadataOf(field), ...facts, name, sqlType };
  return {
    leaf,
    column,
    write: (value, rows) => {
      if (!isList(value)) write(value, rows);
    },
    isPlainText: field === null && kind.sqlType === 'text' && kind.arraysize === '*',
  };
}

function isList(
  value: PageValue | readonly (PageValue | null)[],
): value is readonly (PageValue | null)[] {
  return Array.isArray(value);
}

/** The FIELD's words for a type that is the same to PostgreSQL: `unicodeChar`, `unsignedByte`, `2x3`. */
function described(kind: ValueKind, field: Field | null): ValueKind {
  if (field === null) return kind;
  const { datatype, arraysize, xtype, sqlType } = field.column;
  const facts = { datatype, arraysize, xtype };
  if (sqlType === kind.sqlType) {
    const write =
      datatype === 'unsignedByte' && arraysize === null ? shortWriter(0, 255) : kind.write;
    return { ...kind, ...facts, write };
  }
  if (kind.sqlType === 'text' && sqlType === 'timestamp without time zone') {
    return { ...facts, sqlType, write: writeTimestampText };
  }
  // Some writers do not mark their texts.
  if (kind.sqlType === 'bytea' && sqlType === 'text')
    return { ...facts, sqlType, write: writeText };
  return kind;
}

function listColumn(leaf: LeafColumn, { name, kind, field }: Described): ParquetColumn {
  const list = lists[kind.sqlType];
  if (list === undefined) {
    throw badUpload(
      `its column "${shortened(name)}" holds lists of ${kind.datatype}; only lists of numbers are read here.`,
    );
  }
  const agrees = field?.column.sqlType === list.sqlType ? field : null;
  const facts = agrees?.column ?? { ...kind, arraysize: '*' };
  const { datatype, arraysize, xtype } = facts;
  const { sqlType, oid } = list;
  return {
    leaf,
    column: { ...metadataOf(field), datatype, arraysize, xtype, name, sqlType },
    write: (value, rows) => {
      if (!isList(value)) return;
      if (agrees?.cell.kind === 'numbers')
        checkParts(agrees.cell.element, agrees.shape, value.length);
      writeList(value, rows, { oid, write: kind.write });
    },
    isPlainText: false,
  };
}

function writeList(
  values: readonly (PageValue | null)[],
  rows: CopyRows,
  { oid, write }: { readonly oid: number; readonly write: ValueWrite },
): void {
  const begun = rows.beginArray(oid, values.length);
  for (const value of values) {
    if (value === null) rows.null();
    else write(value, rows);
  }
  rows.endValue(begun);
}

function metadataOf(
  field: Field | null,
): Pick<UploadColumn, 'unit' | 'ucd' | 'utype' | 'description'> {
  const { unit = null, ucd = null, utype = null, description = null } = field?.column ?? {};
  return { unit, ucd, utype, description };
}
