import { type Sql, sql } from './sql.ts';

/** Above this a list is called long. */
const longestPlain = 20;

/**
 * How a member of a chain, list or CASE of so many is written. Those of a long one stand in
 * parentheses each, where nothing but an expression can stand: so the gate reads all that are alike once.
 */
export function memberOf(length: number): (member: Sql) => Sql {
  return length > longestPlain ? (member) => sql`(${member})` : (member) => member;
}
