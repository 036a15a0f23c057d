import type { SqlType } from '../catalog.ts';
import type { OutputColumn } from '../translation.ts';
import { cast } from './coerce.ts';
import { expressionOf, relationColumns } from './resolve-column.ts';
import type {
  Relation,
  RelationColumn,
  ResolvedQuery,
  ResolvedSelect,
  ResolvedTerm,
} from './resolved.ts';
import type { Statement } from './scope.ts';

/** The columns of a query as those of a table in FROM: called c1, c2... in SQL. */
export function columnsOfQuery(columns: readonly OutputColumn[]): readonly RelationColumn[] {
  const names = new Set(columns.map(({ name }) => name));
  // Beside a column `mixed`, one called "Mixed" can only have got its name in quotes.
  const isDelimited = (name: string): boolean =>
    !/^[A-Za-z]\w*$/.test(name) || (name !== name.toLowerCase() && names.has(name.toLowerCase()));
  return columns.map((column, index) => ({
    name: column.name,
    delimited: isDelimited(column.name),
    sqlName: `c${String(index + 1)}`,
    sqlType: column.sqlType,
    metadata: column,
  }));
}

/** A new use of a table: it gets the next number. */
export function addRelation(
  statement: Statement,
  relation: Omit<Relation, 'kind' | 'number'>,
): Relation {
  const added: Relation = { kind: 'relation', number: statement.relations.length + 1, ...relation };
  statement.relations.push(added);
  return added;
}

/** The query with its columns cast to the given types; itself when they are of these already. */
export function recastColumns<Term extends ResolvedTerm>(
  term: Term,
  sqlTypes: readonly SqlType[],
  statement: Statement,
): Term | ResolvedQuery {
  const { columns } = term;
  if (columns.every(({ sqlType }, index) => sqlType === sqlTypes[index])) return term;
  const { select } = selectAround(term, statement);
  return asQuery({
    ...select,
    items: select.items.map((item, index) => cast(item, sqlTypes[index] ?? item.sqlType)),
    columns: columns.map((column, index) => ({
      ...column,
      sqlType: sqlTypes[index] ?? column.sqlType,
    })),
  });
}

/** `SELECT * FROM (term)`, and the table that the term is in it. */
export function selectAround(
  term: ResolvedTerm,
  statement: Statement,
): { readonly select: ResolvedSelect; readonly relation: Relation } {
  const { columns } = term;
  const relation = addRelation(statement, {
    source: { kind: 'query', query: asQuery(term) },
    exposedName: ['the answer'],
    delimited: true,
    columns: columnsOfQuery(columns),
  });
  const items = relationColumns(relation).map((column) =>
    expressionOf(column, { start: 0, end: 0 }),
  );
  const select: ResolvedSelect = {
    kind: 'select',
    distinct: false,
    top: null,
    items,
    columns,
    from: [relation],
    where: null,
    groupBy: [],
    having: null,
  };
  return { select, relation };
}

function asQuery(term: ResolvedTerm): ResolvedQuery {
  if (term.kind === 'query') return term;
  return { kind: 'query', body: term, orderBy: [], offset: null, columns: term.columns };
}
