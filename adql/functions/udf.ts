import type { ParameterType, Signature } from './signature.ts';

/** A user defined function, written as `udf('ivo_x', 'a VARCHAR, b VARCHAR', 'INTEGER', '...')`. */
export function udf(
  name: string,
  parameters: Readonly<Record<string, ParameterType>>,
  rest: Pick<Signature, 'result' | 'description'>,
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
