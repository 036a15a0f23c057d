import type { SqlType } from '../../adql/index.ts';

/** Numbers of PostgreSQL's types (`pg_type.oid`, the same in every server), as Parse takes them. */
export const typeOids: Readonly<Record<SqlType, number>> = {
  boolean: 16,
  bytea: 17,
  bigint: 20,
  smallint: 21,
  integer: 23,
  text: 25,
  real: 700,
  'double precision': 701,
  'timestamp without time zone': 1114,
  'timestamp with time zone': 1184,
  numeric: 1700,
  jsonb: 3802,
  'smallint[]': 1005,
  'integer[]': 1007,
  'text[]': 1009,
  'bigint[]': 1016,
  'real[]': 1021,
  'double precision[]': 1022,
};
