import type { SchemaElement } from 'hyparquet-writer';
import type { OutputColumn, SqlType } from '../../../adql/index.ts';
import type { WireFormat } from '../../row-batch.ts';
import { visitElements } from '../array-elements.ts';
import type { Cell } from '../cell-writer.ts';

/** What the Parquet writer takes for one value. */
export type ParquetValue = boolean | number | bigint | string | Uint8Array | null;

/** A column of a Parquet file. */
export interface ParquetColumn {
  readonly name: string;
  /** The column in the file's schema; a list is three elements deep. */
  readonly schema: readonly SchemaElement[];
  /** Where it is not left to the writer. */
  readonly encoding: { readonly encoding?: 'PLAIN' };
  readonly wireFormat: WireFormat;
  readonly read: (cell: Readonly<Cell>) => ParquetValue | readonly ParquetValue[];
}

/** A type of Parquet, and how its values are read from what PostgreSQL sends. */
interface ValueType {
  readonly element: Omit<SchemaElement, 'name'>;
  readonly wireFormat: WireFormat;
  readonly read: (cell: Readonly<Cell>) => ParquetValue;
}

const smallint = binary({ type: 'INT32', converted_type: 'INT_16' }, ({ source, start }) =>
  source.readInt16BE(start),
);
const integer = binary({ type: 'INT32' }, ({ source, start }) => source.readInt32BE(start));
const bigint = binary({ type: 'INT64' }, ({ source, start }) => source.readBigInt64BE(start));
const real = binary({ type: 'FLOAT' }, ({ source, start }) => source.readFloatBE(start));
const double = binary({ type: 'DOUBLE' }, ({ source, start }) => source.readDoubleBE(start));
// UTF-8 as it came: the writer would make bytes of strings again, an eighth of the time of all columns.
const string = binary({ type: 'BYTE_ARRAY', converted_type: 'UTF8' }, bytesOf);
// As text, as in VOTable: a TIMESTAMP of Parquet would be an instant, which astronomical times are not.
const timestamp: ValueType = { ...string, wireFormat: 'text', read: timestampOf };

/** By the type in PostgreSQL: where TAP_SCHEMA says otherwise, Parquet's word counts (VOParquet 1.0). */
const types: Readonly<Record<SqlType, ValueType | { readonly listOf: ValueType }>> = {
  boolean: binary({ type: 'BOOLEAN' }, ({ source, start }) => source[start] === 1),
  smallint,
  integer,
  bigint,
  real,
  'double precision': double,
  numeric: { ...double, wireFormat: 'text', read: (cell) => Number(textOf(cell)) },
  text: string,
  'timestamp without time zone': timestamp,
  'timestamp with time zone': timestamp,
  // Called JSON by its converted type too, the writer would take the text for a value and quote it.
  jsonb: {
    element: { type: 'BYTE_ARRAY', logical_type: { type: 'JSON' } },
    wireFormat: 'text',
    read: bytesOf,
  },
  bytea: binary({ type: 'BYTE_ARRAY' }, bytesOf),
  'smallint[]': { listOf: smallint },
  'integer[]': { listOf: integer },
  'bigint[]': { listOf: bigint },
  'real[]': { listOf: real },
  'double precision[]': { listOf: double },
  'text[]': { listOf: string },
};

/** The column under a name of its own. NULL is Parquet's null, and nothing else is. */
export function parquetColumn({ sqlType }: OutputColumn, name: string): ParquetColumn {
  const type = types[sqlType];
  if ('listOf' in type) return listColumn(name, type.listOf);
  const { element, wireFormat, read } = type;
  const schema = [{ ...element, name, repetition_type: 'OPTIONAL' }] as const;
  return { name, schema, encoding: encodingOf(element), wireFormat, read };
}

/** The writer's dictionaries of values take -0 for 0. */
function encodingOf({ type }: ValueType['element']): ParquetColumn['encoding'] {
  return type === 'FLOAT' || type === 'DOUBLE' ? { encoding: 'PLAIN' } : {};
}

/** Parquet format, "Lists". */
function listColumn(name: string, { element, read }: ValueType): ParquetColumn {
  const list = { converted_type: 'LIST', logical_type: { type: 'LIST' } } as const;
  return {
    name,
    schema: [
      { ...list, name, repetition_type: 'OPTIONAL', num_children: 1 },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { ...element, name: 'element', repetition_type: 'OPTIONAL' },
    ],
    encoding: encodingOf(element),
    wireFormat: 'binary',
    read: (cell) => elementsOf(cell, read),
  };
}

function binary(element: ValueType['element'], read: ValueType['read']): ValueType {
  return { element, wireFormat: 'binary', read };
}

function textOf({ source, start, end }: Readonly<Cell>): string {
  return source.toString('utf8', start, end);
}

/** In the row group's own memory, which is not used again before the group is written. */
function bytesOf({ source, start, end }: Readonly<Cell>): Uint8Array {
  return new Uint8Array(source.buffer, source.byteOffset + start, end - start);
}

/** `2020-01-02 03:04:05+00` (the session's zone is UTC) as `2020-01-02T03:04:05`. */
function timestampOf(cell: Readonly<Cell>): string {
  return textOf(cell).replace(' ', 'T').replace('+00', '');
}

function elementsOf(cell: Readonly<Cell>, read: ValueType['read']): readonly ParquetValue[] {
  const elements: ParquetValue[] = [];
  visitElements(cell, (element) => elements.push(element === null ? null : read(element)));
  return elements;
}
