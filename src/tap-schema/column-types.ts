import type { Datatype, SqlType } from '../../adql/index.ts';

/**
 * PostgreSQL types by the names that `format_type` gives, and what they are to the translator.
 * Types missing here (geometry of extensions, ranges, uuid) cannot be published as they are: a view
 * can cast them.
 */
const sqlTypes: ReadonlyMap<string, SqlType> = new Map<string, SqlType>([
  ['boolean', 'boolean'],
  ['smallint', 'smallint'],
  ['integer', 'integer'],
  ['bigint', 'bigint'],
  ['real', 'real'],
  ['double precision', 'double precision'],
  ['numeric', 'numeric'],
  ['text', 'text'],
  ['character varying', 'text'],
  ['character', 'text'],
  ['timestamp without time zone', 'timestamp without time zone'],
  ['timestamp with time zone', 'timestamp with time zone'],
  ['json', 'jsonb'],
  ['jsonb', 'jsonb'],
  ['bytea', 'bytea'],
  ['smallint[]', 'smallint[]'],
  ['integer[]', 'integer[]'],
  ['bigint[]', 'bigint[]'],
  ['real[]', 'real[]'],
  ['double precision[]', 'double precision[]'],
]);

/** Which PostgreSQL types hold nothing that the VOTable datatype could not carry. */
const carriers: Readonly<Record<Datatype, readonly SqlType[]>> = {
  boolean: ['boolean'],
  bit: ['text'],
  unsignedByte: ['smallint', 'bytea', 'smallint[]'],
  short: ['smallint', 'smallint[]'],
  int: ['smallint', 'integer', 'smallint[]', 'integer[]'],
  long: ['smallint', 'integer', 'bigint', 'smallint[]', 'integer[]', 'bigint[]'],
  float: ['real', 'real[]'],
  double: ['real', 'double precision', 'numeric', 'real[]', 'double precision[]'],
  floatComplex: ['real[]'],
  doubleComplex: ['double precision[]'],
  char: ['text', 'timestamp without time zone', 'timestamp with time zone', 'jsonb'],
  unicodeChar: ['text', 'jsonb'],
};

/** The type of a column, or undefined when it cannot be published. `name` is from `format_type`. */
export function sqlTypeOf(name: string): SqlType | undefined {
  return sqlTypes.get(name);
}

export function isDatatype(name: string): name is Datatype {
  return Object.hasOwn(carriers, name);
}

export function canCarry(datatype: Datatype, sqlType: SqlType): boolean {
  return carriers[datatype].includes(sqlType);
}
