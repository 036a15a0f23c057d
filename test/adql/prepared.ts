import { Sql, sql, type SqlStatement } from '../../adql/index.ts';

const fixed = (text: string): Sql => new Sql([{ kind: 'text', text }]);

/** A translated statement as PREPARE, which declares the types of its values as the row reader does. */
export function prepare({ text, types }: SqlStatement): Sql {
  const parameters = types.length === 0 ? sql`` : fixed(`(${types.join(', ')})`);
  return sql`PREPARE translated ${parameters} AS ${fixed(text)}`;
}

/** The plan of the prepared statement, with every expression as the planner has simplified it. */
export function explainPrepared({ values }: SqlStatement): Sql {
  const literals = values.map((value) =>
    value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`,
  );
  const parameters = literals.length === 0 ? sql`` : fixed(`(${literals.join(', ')})`);
  return sql`EXPLAIN (VERBOSE, COSTS OFF) EXECUTE translated ${parameters}`;
}
