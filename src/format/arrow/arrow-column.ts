import {
  Binary,
  Field,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  TimestampMicrosecond,
  Utf8,
} from 'apache-arrow';
import type { OutputColumn, SqlType } from '../../../adql/index.ts';
import type { WireFormat } from '../../row-batch.ts';
import type { ByteOutput } from '../byte-output.ts';
import type { Cell } from '../cell-writer.ts';
import {
  booleanBuilder,
  bytesBuilder,
  type ColumnBuilder,
  fixedWidthBuilder,
  type FixedWidthWriter,
  listBuilder,
} from './column-builder.ts';

/** A column of an Arrow stream. */
export interface ArrowColumn {
  readonly field: Field;
  readonly wireFormat: WireFormat;
  readonly builder: ColumnBuilder;
}

/** A type of Arrow, and how PostgreSQL is to send its values. */
interface ValueType {
  readonly wireFormat: WireFormat;
  readonly createBuilder: () => ColumnBuilder;
}

const smallint = binary(() => fixedWidthBuilder(new Int16(), 2, reversed(2)));
const integer = binary(() => fixedWidthBuilder(new Int32(), 4, reversed(4)));
const bigint = binary(() => fixedWidthBuilder(new Int64(), 8, reversed(8)));
const real = binary(() => fixedWidthBuilder(new Float32(), 4, reversed(4)));
const double = binary(() => fixedWidthBuilder(new Float64(), 8, reversed(8)));
const text = binary(() => bytesBuilder(new Utf8()));
const numeric: ValueType = {
  wireFormat: 'text',
  createBuilder: () => fixedWidthBuilder(new Float64(), 8, writeNumeric),
};

/** By the type in PostgreSQL, as in Parquet. */
const types: Readonly<Record<SqlType, ValueType>> = {
  boolean: binary(booleanBuilder),
  smallint,
  integer,
  bigint,
  real,
  'double precision': double,
  numeric,
  text,
  // Without a zone, which is what astronomical times are; with one, it is UTC.
  'timestamp without time zone': timestamp(null),
  'timestamp with time zone': timestamp('UTC'),
  jsonb: { ...text, wireFormat: 'text' },
  bytea: binary(() => bytesBuilder(new Binary())),
  'smallint[]': listOf(smallint),
  'integer[]': listOf(integer),
  'bigint[]': listOf(bigint),
  'real[]': listOf(real),
  'double precision[]': listOf(double),
  'text[]': listOf(text),
};

/** The column under a name of its own. What its FIELD would tell is metadata of the field. */
export function arrowColumn(column: OutputColumn, name: string): ArrowColumn {
  const { wireFormat, createBuilder } = types[column.sqlType];
  const builder = createBuilder();
  return {
    field: new Field(name, builder.type, true, metadataOf(column)),
    wireFormat,
    builder,
  };
}

/** VOTable's words for a FIELD's attributes; for JSON, Arrow's own ("Canonical Extension Types"). */
function metadataOf(column: OutputColumn): Map<string, string> {
  const { datatype, arraysize, xtype, unit, ucd, utype, description, sqlType } = column;
  const attributes = { datatype, arraysize, xtype, unit, ucd, utype, description };
  const given = Object.entries(attributes).filter(
    (entry): entry is [string, string] => entry[1] !== null && entry[1] !== '',
  );
  const json: [string, string][] = [
    ['ARROW:extension:name', 'arrow.json'],
    ['ARROW:extension:metadata', ''],
  ];
  return new Map([...(sqlType === 'jsonb' ? json : []), ...given]);
}

function binary(createBuilder: () => ColumnBuilder): ValueType {
  return { wireFormat: 'binary', createBuilder };
}

function listOf({ createBuilder }: ValueType): ValueType {
  return binary(() => listBuilder(createBuilder()));
}

function timestamp(zone: string | null): ValueType {
  return binary(() => fixedWidthBuilder(new TimestampMicrosecond(zone), 8, writeTimestamp));
}

/** PostgreSQL's numbers have the highest byte first, Arrow's the lowest. */
function reversed(width: number): FixedWidthWriter {
  return ({ source, start }, output) => {
    const { bytes, length } = output;
    for (let index = 0; index < width; index += 1) {
      bytes[length + index] = source[start + width - 1 - index] ?? 0;
    }
    output.length = length + width;
    return true;
  };
}

function writeNumeric({ source, start, end }: Readonly<Cell>, output: ByteOutput): boolean {
  output.bytes.writeDoubleLE(Number(source.toString('latin1', start, end)), output.length);
  output.length += 8;
  return true;
}

/** Microseconds from 1970, Arrow's epoch, to 2000, which is PostgreSQL's. */
const epochDifference = 946_684_800_000_000n;

/** PostgreSQL's `infinity` and `-infinity`. */
const endsOfTime: ReadonlySet<bigint> = new Set([2n ** 63n - 1n, -(2n ** 63n)]);

/** There is no infinite time in Arrow: it is a NULL. */
function writeTimestamp({ source, start }: Readonly<Cell>, output: ByteOutput): boolean {
  const microseconds = source.readBigInt64BE(start);
  if (endsOfTime.has(microseconds)) return false;
  output.bytes.writeBigInt64LE(microseconds + epochDifference, output.length);
  output.length += 8;
  return true;
}
