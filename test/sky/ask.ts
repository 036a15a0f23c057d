import { type Sql, sql, value } from '../../adql/index.ts';
import type { Session } from '../../src/database/database.ts';

/**
 * Evaluates one expression for many cases in one statement.
 * @param expression over `c`, a jsonb array of the numbers and arrays of a case
 */
export async function ask<Answer>(
  session: Session,
  expression: Sql,
  cases: readonly unknown[],
): Promise<readonly Answer[]> {
  const rows = await session.query<{ readonly answer: Answer }>(sql`
    SELECT ${expression} AS answer
    FROM jsonb_array_elements(${value(JSON.stringify(cases), 'jsonb')}) WITH ORDINALITY AS t(c, place)
    ORDER BY place`);
  return rows.map(({ answer }) => answer);
}

/** Number `place` (from 0) of the case. */
export function number(place: number): Sql {
  return sql`CAST(c->>${value(String(place), 'integer')} AS double precision)`;
}

/** Array `place` (from 0) of the case, as a shape. */
export function shape(place: number): Sql {
  return sql`ARRAY(SELECT CAST(x AS double precision)
    FROM jsonb_array_elements_text(c->${value(String(place), 'integer')}) WITH ORDINALITY AS a(x, i) ORDER BY i)`;
}
