import type { Catalog, CatalogColumn } from '../../../adql/index.ts';
import { columnTypeOf, type ValueType } from '../../../adql/functions/value-type.ts';
import type { Draw } from './draw.ts';

/** What a random value is: which values can stand in its place. */
export type Kind =
  'integer' | 'number' | 'text' | 'time' | 'boolean' | 'point' | 'circle' | 'polygon' | 'region';

/** Kinds that can be compared, ordered and grouped. */
export const comparable = ['integer', 'number', 'text', 'time'] as const;

export type Comparable = (typeof comparable)[number];

export function isComparable(kind: Kind | null): kind is Comparable {
  return comparable.some((known) => known === kind);
}

export interface Column {
  /** As it stands in a query: `t1.s_ra`, `COUNT(*)`. */
  readonly text: string;
  /** Null where nothing can be done with it but to select it. */
  readonly kind: Kind | null;
  readonly unit: string | null;
}

export interface Table {
  /** As it stands in FROM. */
  readonly text: string;
  readonly columns: readonly Column[];
}

/** Where a value stands. */
export interface Scope {
  readonly draw: Draw;
  /** How many levels may follow. */
  readonly depth: number;
  /** What the value may use. */
  readonly columns: readonly Column[];
  /** Of these, what subqueries may use. */
  readonly outer: readonly Column[];
  /** From which subqueries select. */
  readonly tables: readonly Table[];
  /** How to write a subquery. */
  readonly subquery: Subquery;
}

export type Subquery = (scope: Scope, selected: Selected) => string;

/** A subquery's one column, and whether it has one row at most. */
export interface Selected {
  readonly kind: Kind;
  readonly isValue: boolean;
}

export function deeper(scope: Scope): Scope {
  return { ...scope, depth: scope.depth - 1 };
}

/** Every table and column that the catalogue tells of. */
export function tablesOf({ tables }: Catalog): readonly Table[] {
  return tables.map(({ schema, name, columns }) => ({
    text: `${schema}.${name}`,
    columns: columns.map((column) => ({
      text: column.delimited ? `"${column.name}"` : column.name,
      kind: kindOf(column),
      unit: column.unit,
    })),
  }));
}

function kindOf(column: CatalogColumn): Kind | null {
  return /region/i.test(column.xtype ?? '') ? 'region' : kinds[columnTypeOf(column)];
}

const kinds: Readonly<Record<ValueType, Kind | null>> = {
  NULL: null,
  BOOLEAN: 'boolean',
  SMALLINT: 'integer',
  INTEGER: 'integer',
  BIGINT: 'integer',
  REAL: 'number',
  'DOUBLE PRECISION': 'number',
  VARCHAR: 'text',
  TIMESTAMP: 'time',
  ARRAY: null,
  BLOB: null,
  POINT: 'point',
  CIRCLE: 'circle',
  POLYGON: 'polygon',
  REGION: 'region',
};
