import pg from 'pg';
import type { SqlStatement } from '../../adql/index.ts';
import { typeOids } from './type-oids.ts';

/**
 * A statement for pg's own way of asking. The values carry their declared types: pg hands an array of
 * type numbers through to Parse, and asks the same property for the parsers of the result.
 */
export function queryConfig({ text, values, types }: SqlStatement): pg.QueryConfig {
  const oids = types.map((type) => typeOids[type]);
  return { text, values: [...values], types: Object.assign(oids, { getTypeParser }) };
}

/** Dates and times stay text (UTC): as Date objects they would depend on the machine's time zone. */
const resultTypes = new pg.TypeOverrides();
for (const oid of [1082, 1114, 1184]) resultTypes.setTypeParser(oid, (text: string) => text);

const getTypeParser = resultTypes.getTypeParser.bind(resultTypes);
