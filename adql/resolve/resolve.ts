import type { CommonTableExpression, Query } from '../ast.ts';
import type { Catalog } from '../catalog.ts';
import { AdqlError, type AdqlWarning } from '../error.ts';
import { columnsOfQuery } from './recast-columns.ts';
import { resolveCondition } from './resolve-condition.ts';
import { resolveExpression } from './resolve-expression.ts';
import { resolveQuery } from './resolve-query.ts';
import type { ResolvedQuery, ResolvedStatement } from './resolved.ts';
import { type CommonTable, matching, type Resolvers, type Statement } from './scope.ts';

export interface Resolved {
  readonly statement: ResolvedStatement;
  readonly warnings: readonly AdqlWarning[];
}

/**
 * Tree as written -> tree whose names are looked up in the catalogue and whose types are known.
 * Everything that PostgreSQL could refuse about names, types and grouping is refused here, in the
 * words of ADQL. `adql` is the text of the query, quoted in messages.
 */
export function resolve(query: Query, adql: string, catalog: Catalog): Resolved {
  const common: CommonTable[] = [];
  const statement: Statement = {
    adql,
    catalog,
    resolvers,
    commonTables: common,
    warnings: [],
    relations: [],
  };
  const queries = query.with.map((table) => {
    const resolved = resolveCommonTable(table, statement);
    const { name, delimited } = table.name;
    const columns = columnsOfQuery(resolved.columns);
    common.push({ name, delimited, number: common.length + 1, query: resolved, columns });
    return resolved;
  });
  const main = resolveQuery(query.expression, statement, null);
  return { statement: { with: queries, query: main }, warnings: statement.warnings };
}

const resolvers: Resolvers = {
  expression: resolveExpression,
  condition: resolveCondition,
  query: resolveQuery,
};

function resolveCommonTable(
  { name, query }: CommonTableExpression,
  statement: Statement,
): ResolvedQuery {
  if (matching(name, statement.commonTables).length > 0) {
    const message = `WITH has two tables called "${name.name}".`;
    throw new AdqlError('duplicate-name', message, name.span);
  }
  return resolveQuery(query, statement, null);
}
