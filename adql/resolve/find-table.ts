import type { QualifiedName, Span } from '../ast.ts';
import type { CatalogTable } from '../catalog.ts';
import { AdqlError } from '../error.ts';
import { didYouMean } from './nearest-names.ts';
import type { RelationColumn, RelationSource } from './resolved.ts';
import { type CommonTable, matching, shortened, type Statement } from './scope.ts';

/** What a table's name in FROM means. */
export interface FoundTable {
  readonly name: string;
  readonly source: RelationSource;
  readonly columns: readonly RelationColumn[];
}

/**
 * A table of WITH or of the catalogue. The schema may be left out when only one schema has the table;
 * a catalogue's name before it is not looked at, there is only one catalogue.
 */
export function findTable(name: QualifiedName, span: Span, statement: Statement): FoundTable {
  const common = findCommonTable(name, statement);
  if (common !== null) {
    const { number, query } = common;
    const source: RelationSource = { kind: 'common-table', number, query };
    return { name: common.name, source, columns: common.columns };
  }
  const found = findCatalogTables(name, statement);
  const [table, ...others] = found;
  if (table === undefined) throw unknownTable(name, span, statement);
  if (others.length > 0) {
    const names = found.map(fullName).join(' or ');
    const message = `"${writtenName(name)}" can mean ${names}: write which one.`;
    throw new AdqlError('ambiguous-table', message, span);
  }
  return { name: table.name, source: { kind: 'table', table }, columns: columnsOfTable(table) };
}

function findCommonTable(name: QualifiedName, { commonTables }: Statement): CommonTable | null {
  const [identifier, ...rest] = name;
  if (identifier === undefined || rest.length > 0) return null;
  return matching(identifier, commonTables)[0] ?? null;
}

function findCatalogTables(name: QualifiedName, { catalog }: Statement): readonly CatalogTable[] {
  const [table, schema] = [...name].reverse();
  if (table === undefined) return [];
  const inSchema =
    schema === undefined
      ? catalog.tables
      : catalog.tables.filter(
          (candidate) =>
            matching(schema, [{ name: candidate.schema, delimited: false }]).length > 0,
        );
  const candidates = inSchema.map((candidate) => ({
    name: candidate.name,
    delimited: false,
    table: candidate,
  }));
  return matching(table, candidates).map((candidate) => candidate.table);
}

function columnsOfTable({ columns }: CatalogTable): readonly RelationColumn[] {
  return columns.map((column) => ({
    name: column.name,
    delimited: column.delimited,
    sqlName: column.sqlName,
    sqlType: column.sqlType,
    metadata: column,
  }));
}

function unknownTable(name: QualifiedName, span: Span, statement: Statement): AdqlError {
  const written = writtenName(name);
  const tables = statement.catalog.tables.map(fullName);
  const nearest =
    name.length === 1 ? didYouMean(written, shortNames(statement)) : didYouMean(written, tables);
  const hint = nearest === '' ? ' TAP_SCHEMA.tables lists all tables.' : nearest;
  return new AdqlError('unknown-table', `No table "${written}".${hint}`, span);
}

function shortNames({ catalog, commonTables }: Statement): readonly string[] {
  return [...commonTables, ...catalog.tables].map(({ name }) => name);
}

function fullName({ schema, name }: CatalogTable): string {
  return `${schema}.${name}`;
}

function writtenName(name: QualifiedName): string {
  return shortened(name.map((part) => part.name).join('.'));
}
