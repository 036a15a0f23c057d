import { type Catalog, type CatalogTable, sql } from '../../adql/index.ts';
import type { Session } from '../database/database.ts';
import { readDeclaredName } from './declared-name.ts';

/** What `/tables` tells (VODataService 1.2, "tableset"): the catalogue with its schemas and keys. */
export interface TableSet {
  readonly schemas: readonly DescribedSchema[];
}

export interface DescribedSchema {
  /** As declared in TAP_SCHEMA, with quotes where needed. */
  readonly name: string;
  readonly description: string | null;
  readonly utype: string | null;
  readonly tables: readonly DescribedTable[];
}

export interface DescribedTable {
  /** As declared and as it stands in FROM: `ivoa.obscore`. */
  readonly name: string;
  readonly table: CatalogTable;
  readonly foreignKeys: readonly ForeignKey[];
}

export interface ForeignKey {
  readonly targetTable: string;
  readonly description: string | null;
  readonly utype: string | null;
  readonly columns: readonly { readonly from: string; readonly target: string }[];
}

interface SchemaRow {
  readonly schema_name: string;
  readonly description: string | null;
  readonly utype: string | null;
  readonly tables: readonly string[];
}

interface KeyRow extends ForeignKey {
  readonly from: string;
}

/** The catalogue as `/tables` shows it: only what queries can use, in the order of TAP_SCHEMA. */
export async function loadTableSet(owner: Session, catalog: Catalog): Promise<TableSet> {
  const schemas = await owner.query<SchemaRow>(declaredSchemas);
  const keys = await owner.query<KeyRow>(declaredKeys);
  const published = new Map(catalog.tables.map((table) => [sqlNameOf(table), table]));
  return {
    schemas: schemas.map(({ schema_name: name, tables, ...described }) => ({
      ...described,
      name,
      tables: tables.flatMap((declared) => {
        const table = published.get(declaredSqlName(name, declared));
        return table === undefined
          ? []
          : [{ name: declared, table, foreignKeys: keysOf(declared, keys) }];
      }),
    })),
  };
}

const declaredSchemas = sql`SELECT s.schema_name, s.description, s.utype,
    COALESCE((
      SELECT json_agg(t.table_name ORDER BY t.table_index NULLS LAST, t.table_name)
      FROM tap_schema.tables t WHERE t.schema_name = s.schema_name), '[]') AS tables
  FROM tap_schema.schemas s
  ORDER BY s.schema_index NULLS LAST, s.schema_name`;

const declaredKeys = sql`SELECT k.from_table AS "from", k.target_table AS "targetTable",
    k.description, k.utype,
    json_agg(json_build_object('from', c.from_column, 'target', c.target_column)
      ORDER BY c.from_column) AS columns
  FROM tap_schema.keys k JOIN tap_schema.key_columns c ON c.key_id = k.key_id
  GROUP BY k.key_id ORDER BY k.key_id`;

function keysOf(table: string, keys: readonly KeyRow[]): ForeignKey[] {
  return keys
    .filter((key) => key.from === table)
    .map(({ targetTable, description, utype, columns }) => ({
      targetTable,
      description,
      utype,
      columns,
    }));
}

function sqlNameOf(table: CatalogTable): string {
  return `${table.sqlSchema}.${table.sqlName}`;
}

function declaredSqlName(schema: string, table: string): string {
  const parts = readDeclaredName(table) ?? [];
  const qualified = parts.length > 1 ? parts : [...(readDeclaredName(schema) ?? []), ...parts];
  return qualified.map(({ sqlName }) => sqlName).join('.');
}
