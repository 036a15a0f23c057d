import type { CatalogTable } from '../catalog.ts';
import type { ResolvedExpression, ResolvedTerm } from '../resolve/resolved.ts';

/** A column of a table of the catalogue, by PostgreSQL's name. */
export interface StoredColumn {
  /** The number of the use of the table: two columns with the same are of the same row. */
  readonly relation: number;
  readonly table: CatalogTable;
  readonly name: string;
}

/**
 * The column of the catalogue that an expression is, also when it comes through subqueries in FROM or
 * WITH that only pass it on: PostgreSQL then uses the table's indexes all the same. Null for anything else.
 */
export function storedColumn(expression: ResolvedExpression | undefined): StoredColumn | null {
  if (expression?.kind !== 'column') return null;
  const { relation, column } = expression;
  switch (relation.source.kind) {
    case 'table':
      return { relation: relation.number, table: relation.source.table, name: column.sqlName };
    case 'query':
    case 'common-table':
      return storedColumn(itemOf(relation.source.query, relation.columns.indexOf(column)));
    case 'values':
      return storedColumn(relation.source.values[relation.columns.indexOf(column)]);
  }
}

function itemOf(term: ResolvedTerm, index: number): ResolvedExpression | undefined {
  switch (term.kind) {
    case 'select':
      return term.items[index];
    case 'query':
      return itemOf(term.body, index);
    case 'set-operation':
      return undefined;
  }
}
