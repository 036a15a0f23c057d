import type { Catalog, CatalogColumn } from '../../../adql/index.ts';
import { columnTypeOf, type ValueType } from '../../../adql/functions/value-type.ts';
import type { Draw } from './draw.ts';

/** What a random value is: which values can stand in its place. */
export type Kind =
  | 'integer'
  | 'number'
  | 'text'
  | 'time'
  | 'boolean'
  | 'point'
  | 'circle'
  | 'polygon'
  | 'region'
  /** Arrays and binary data, which can only be passed on, counted and tested for NULL. */
  | 'opaque';

/** Kinds that can be compared, ordered and grouped. */
export const comparable = ['integer', 'number', 'text', 'time'] as const;

export type Comparable = (typeof comparable)[number];

export function isComparable(kind: Kind): kind is Comparable {
  return comparable.some((known) => known === kind);
}

export interface Column {
  /** As it stands in a query: `t1.s_ra`, `COUNT(*)`. */
  readonly text: string;
  readonly kind: Kind;
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
  readonly write: Writers;
}

/** Values hold conditions and queries, which hold values: the writers reach each other through this table. */
export interface Writers {
  readonly value: (kind: Kind, scope: Scope) => string;
  readonly condition: (scope: Scope) => string;
  readonly subquery: (scope: Scope, selected: Selected) => string;
  /** A query with columns of these kinds, called x0, x1... */
  readonly expression: (scope: Scope, kinds: readonly Kind[]) => Written;
}

export interface Written {
  readonly text: string;
  /** By their aliases. */
  readonly columns: readonly Column[];
}

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
    columns: columns.flatMap((column) =>
      kindsOf(column).map((kind) => ({
        text: column.delimited ? `"${column.name}"` : column.name,
        kind,
        unit: column.unit,
      })),
    ),
  }));
}

/** Regions are texts too. */
function kindsOf(column: CatalogColumn): readonly Kind[] {
  return /region/i.test(column.xtype ?? '') ? ['region', 'text'] : [kinds[columnTypeOf(column)]];
}

const kinds: Readonly<Record<ValueType, Kind>> = {
  NULL: 'opaque',
  BOOLEAN: 'boolean',
  SMALLINT: 'integer',
  INTEGER: 'integer',
  BIGINT: 'integer',
  REAL: 'number',
  'DOUBLE PRECISION': 'number',
  VARCHAR: 'text',
  TIMESTAMP: 'time',
  ARRAY: 'opaque',
  BLOB: 'opaque',
  POINT: 'point',
  CIRCLE: 'circle',
  POLYGON: 'polygon',
  REGION: 'region',
};
