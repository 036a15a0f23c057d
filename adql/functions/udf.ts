import type { ParameterType, Signature } from './signature.ts';

/** A user defined function that PostgreSQL has in schema adql under the same name. */
export function udf(
  name: string,
  parameters: Readonly<Record<string, ParameterType>>,
  rest: Pick<Signature, 'result' | 'description' | 'unit' | 'ucd'>,
): Signature {
  return {
    name,
    group: 'udf',
    parameters: Object.entries(parameters).map(([parameter, type]) => ({ name: parameter, type })),
    aggregate: false,
    sqlFunction: `adql.${name}`,
    ...rest,
  };
}
