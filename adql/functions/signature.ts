import type { ResultType } from './value-type.ts';

/** JSON is a text of ADQL (VARCHAR) that PostgreSQL holds as jsonb: it reaches the function as such. */
export type ParameterType =
  | 'INTEGER'
  | 'BIGINT'
  | 'DOUBLE PRECISION'
  | 'VARCHAR'
  | 'TIMESTAMP'
  | 'JSON'
  | 'POINT'
  | 'CIRCLE'
  | 'POLYGON'
  /** A shape, or text that is known to describe one: s_region. */
  | 'REGION';

export interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
}

/** One way to call a function. Several of one name are tried in order. */
export interface Signature {
  /** As declared to clients; calls match it in any case. */
  readonly name: string;
  /** Where ADQL 2.1 has it: of the language's core, or an optional feature that a service declares. */
  readonly group: 'mathematics' | 'string' | 'udf';
  readonly parameters: readonly Parameter[];
  readonly result: ResultType;
  /** The unit of the result (VOUnits); 'same' is that of the first argument. Left out where none follows. */
  readonly unit?: 'same' | 'deg' | 'rad' | 'd';
  /** The UCD of the result; 'same' is that of the first argument. Left out where none follows. */
  readonly ucd?: 'same' | 'pos.healpix' | 'meta.ref.uri';
  /** Many rows in, one value out. */
  readonly aggregate: boolean;
  /** The PostgreSQL function that computes it, with the same parameters. */
  readonly sqlFunction: string;
  /** One or two sentences for the service's capabilities. */
  readonly description: string;
}

/** `ivo_to_mjd(d TIMESTAMP) -> DOUBLE PRECISION` (TAPRegExt 1.0, "form" of a user defined function). */
export function formOf({ name, parameters, result }: Signature): string {
  const list = parameters.map((parameter) => `${parameter.name} ${nameOf(parameter.type)}`);
  return `${name}(${list.join(', ')}) -> ${result}`;
}

function nameOf(type: ParameterType): string {
  return type === 'JSON' ? 'VARCHAR' : type;
}
