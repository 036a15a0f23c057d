import { createHash } from 'node:crypto';
import {
  type Catalog,
  type CatalogColumn,
  type CatalogTable,
  type Datatype,
  isReserved,
  join,
  sql,
  type Sql,
  value,
} from '../../adql/index.ts';
import type { Session } from '../database/database.ts';
import { canCarry, isDatatype, sqlTypeOf } from './column-types.ts';
import { loadIndexes } from './load-indexes.ts';
import { type DeclaredName, readDeclaredName } from './declared-name.ts';

/** Told what TAP_SCHEMA describes but the database does not have: for the operator's log. */
export type Warn = (message: string) => void;

interface ColumnRow {
  readonly column_name: string;
  readonly datatype: string;
  readonly arraysize: string | null;
  readonly xtype: string | null;
  readonly description: string | null;
  readonly utype: string | null;
  readonly unit: string | null;
  readonly ucd: string | null;
  readonly indexed: 0 | 1;
  readonly principal: 0 | 1;
  readonly std: 0 | 1;
}

interface TableRow {
  readonly schema_name: string;
  readonly table_name: string;
  readonly table_type: string;
  readonly utype: string | null;
  readonly description: string | null;
  readonly columns: readonly ColumnRow[];
}

/** A declared table and its name in PostgreSQL, before it is compared with the database. */
interface NamedTable {
  readonly row: TableRow;
  readonly schema: DeclaredName;
  readonly table: DeclaredName;
}

/** PostgreSQL's types of one table's columns, by column name. */
type StoredColumns = Readonly<Record<string, string>>;

/**
 * Reads TAP_SCHEMA and compares it with the tables that are really there. What is described but does
 * not exist, or has a type that no FIELD can carry, is left out and told to `warn`: one wrong row of
 * an operator must not keep the whole service from starting.
 */
export async function loadCatalog(owner: Session, warn: Warn = () => undefined): Promise<Catalog> {
  const declared = await owner.query<TableRow>(declaredTables);
  const named = declared.flatMap((row) => nameTable(row, warn));
  const stored = await storedColumns(owner, named);
  const indexes = await loadIndexes(owner);
  const tables = named.flatMap((table) => {
    const columns = stored.get(storedName(table));
    if (columns !== undefined) {
      return [{ ...describeTable(table, columns, warn), ...indexes.get(storedName(table)) }];
    }
    warn(`TAP_SCHEMA describes ${table.row.table_name}, but the database has no such table.`);
    return [];
  });
  return { version: versionOf(tables), tables };
}

const declaredTables = sql`SELECT t.schema_name, t.table_name, t.table_type, t.utype, t.description,
    COALESCE((
      SELECT json_agg(c ORDER BY c.column_index NULLS LAST, c.column_name)
      FROM tap_schema.columns c WHERE c.table_name = t.table_name), '[]') AS columns
  FROM tap_schema.tables t JOIN tap_schema.schemas s ON s.schema_name = t.schema_name
  ORDER BY s.schema_index NULLS LAST, t.schema_name, t.table_index NULLS LAST, t.table_name`;

function nameTable(row: TableRow, warn: Warn): NamedTable[] {
  const [first, second, ...rest] = readDeclaredName(row.table_name) ?? [];
  const [schema, table] = second === undefined ? [schemaName(row), first] : [first, second];
  if (schema === undefined || table === undefined || rest.length > 0) {
    warn(`TAP_SCHEMA.tables: ${row.table_name} is no ADQL table name (write schema.table).`);
    return [];
  }
  return [{ row, schema, table }];
}

function schemaName(row: TableRow): DeclaredName | undefined {
  return readDeclaredName(row.schema_name)?.[0];
}

function storedName({ schema, table }: NamedTable): string {
  return `${schema.sqlName}.${table.sqlName}`;
}

function describeTable(named: NamedTable, stored: StoredColumns, warn: Warn): CatalogTable {
  const { row, schema, table } = named;
  const columns = row.columns.flatMap((column) => {
    const described = describeColumn(column, stored);
    if (typeof described !== 'string') return [described];
    warn(`TAP_SCHEMA.columns: ${row.table_name}, ${column.column_name} left out: ${described}.`);
    return [];
  });
  return {
    schema: schema.name,
    name: table.name,
    sqlSchema: schema.sqlName,
    sqlName: table.sqlName,
    type: row.table_type === 'view' ? 'view' : 'table',
    description: row.description,
    utype: row.utype,
    columns,
  };
}

/** The column, or the reason why it cannot be published. */
function describeColumn(row: ColumnRow, stored: StoredColumns): CatalogColumn | string {
  const [name, ...rest] = readDeclaredName(row.column_name) ?? [];
  if (name === undefined || rest.length > 0) return 'this is no ADQL column name';
  if (!name.delimited && isReserved(name.name.toUpperCase()))
    return 'a reserved word stands in double quotes';
  const storedType = stored[name.sqlName];
  if (storedType === undefined) return 'the table has no such column';
  const sqlType = sqlTypeOf(storedType);
  if (sqlType === undefined) return `no FIELD can carry its type ${storedType}`;
  if (!isDatatype(row.datatype)) return `${row.datatype} is no VOTable datatype`;
  if (!canCarry(row.datatype, sqlType)) return `${row.datatype} cannot carry ${storedType}`;
  return { ...name, ...metadataOf(row, row.datatype), sqlType };
}

function metadataOf(row: ColumnRow, datatype: Datatype): Omit<CatalogColumn, NameOrType> {
  return {
    datatype,
    arraysize: row.arraysize,
    xtype: row.xtype,
    unit: row.unit,
    ucd: row.ucd,
    utype: row.utype,
    description: row.description,
    indexed: row.indexed === 1,
    principal: row.principal === 1,
    std: row.std === 1,
  };
}

type NameOrType = keyof DeclaredName | 'sqlType';

async function storedColumns(
  owner: Session,
  tables: readonly NamedTable[],
): Promise<ReadonlyMap<string, StoredColumns>> {
  if (tables.length === 0) return new Map();
  const rows = await owner.query<{ name: string; columns: StoredColumns }>(storedColumnsOf(tables));
  return new Map(rows.map(({ name, columns }) => [name, columns]));
}

/** A domain counts as the type below it. */
function storedColumnsOf(tables: readonly NamedTable[]): Sql {
  const names = tables.map(
    ({ schema, table }) => sql`(${value(schema.sqlName, 'text')}, ${value(table.sqlName, 'text')})`,
  );
  return sql`SELECT n.nspname || '.' || c.relname AS name,
      json_object_agg(a.attname, format_type(COALESCE(NULLIF(t.typbasetype, 0), t.oid), NULL)) AS columns
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    WHERE (n.nspname::text, c.relname::text) IN (${join(names, sql`, `)})
    GROUP BY 1`;
}

function versionOf(tables: readonly CatalogTable[]): string {
  return createHash('sha256').update(JSON.stringify(tables)).digest('hex').slice(0, 16);
}
