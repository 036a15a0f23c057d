/**
 * The tree of a query whose names are looked up and whose types are known: everything in it exists,
 * fits together, and has exactly one meaning in SQL.
 */
import type { ComparisonOperator, Join, Logical, SetOperation, Span } from '../ast.ts';
import type { CatalogTable, ColumnMetadata, SqlType } from '../catalog.ts';
import type { ValueType } from '../functions/value-type.ts';
import type { OutputColumn } from '../translation.ts';

// ---------------------------------------------------------------- tables

/** A column of a table in FROM, whatever kind of table it is. */
export interface RelationColumn {
  readonly name: string;
  readonly delimited: boolean;
  /** In SQL: the catalogue's for a table, `c1`... for a query. */
  readonly sqlName: string;
  readonly sqlType: SqlType;
  readonly metadata: ColumnMetadata;
}

export type RelationSource =
  | { readonly kind: 'table'; readonly table: CatalogTable }
  | { readonly kind: 'query'; readonly query: ResolvedQuery }
  | { readonly kind: 'common-table'; readonly number: number; readonly query: ResolvedQuery }
  /** Computed from the tables before it in the same FROM, once for each of their rows. */
  | { readonly kind: 'values'; readonly values: readonly ResolvedExpression[] };

/** One use of a table in one FROM; called `t<number>` in SQL. */
export interface Relation {
  readonly kind: 'relation';
  readonly number: number;
  readonly source: RelationSource;
  /** By which columns name it: the alias, or [schema, table] of a table without one. */
  readonly exposedName: readonly string[];
  readonly delimited: boolean;
  readonly columns: readonly RelationColumn[];
}

export interface ResolvedJoin {
  readonly kind: 'join';
  readonly type: Join['type'];
  readonly left: ResolvedFrom;
  readonly right: ResolvedFrom;
  /** null = every row with every row. */
  readonly on: ResolvedCondition | null;
}

export type ResolvedFrom = Relation | ResolvedJoin;

// ---------------------------------------------------------------- value expressions

interface Typed {
  readonly type: ValueType;
  /** Exactly what PostgreSQL computes. */
  readonly sqlType: SqlType;
  readonly metadata: ColumnMetadata;
  readonly span: Span;
}

export interface ResolvedColumn extends Typed {
  readonly kind: 'column';
  readonly relation: Relation;
  readonly column: RelationColumn;
}

export interface ResolvedLiteral extends Typed {
  readonly kind: 'literal';
  /** In PostgreSQL's text form of `sqlType`. */
  readonly value: string | null;
}

export interface ResolvedNegation extends Typed {
  readonly kind: 'negation';
  readonly operand: ResolvedExpression;
}

/**
 * `a - b + c` as one flat node, computed from left to right: operators of one precedence.
 * Chains of thousands need no recursion anywhere.
 */
export interface ResolvedChain extends Typed {
  readonly kind: 'chain';
  readonly first: ResolvedExpression;
  readonly rest: readonly ChainLink[];
}

export interface ChainLink {
  readonly operator: '+' | '-' | '*' | '/' | '||';
  readonly operand: ResolvedExpression;
}

export interface ResolvedCall extends Typed {
  readonly kind: 'call';
  /** PostgreSQL's name of it: `adql.log`, `coalesce`. */
  readonly sqlFunction: string;
  readonly arguments: readonly ResolvedExpression[];
}

export interface ResolvedAggregate extends Typed {
  readonly kind: 'aggregate';
  readonly sqlFunction: string;
  readonly distinct: boolean;
  /** None for COUNT(*). */
  readonly arguments: readonly ResolvedExpression[];
}

export interface ResolvedCast extends Typed {
  readonly kind: 'cast';
  readonly operand: ResolvedExpression;
  /** Characters, of CHAR(n) (padded) and VARCHAR(n) (cut off). */
  readonly fit: { readonly characters: number; readonly padded: boolean } | null;
}

export interface ResolvedCase extends Typed {
  readonly kind: 'case';
  readonly branches: readonly ResolvedBranch[];
  readonly otherwise: ResolvedExpression | null;
}

export interface ResolvedBranch {
  readonly when: ResolvedCondition;
  readonly then: ResolvedExpression;
}

export interface ResolvedScalarSubquery extends Typed {
  readonly kind: 'scalar-subquery';
  readonly subquery: ResolvedSubquery;
}

/** CONTAINS and INTERSECTS: 1 or 0 as a value, which conditions take apart again. */
export interface ResolvedSkyPredicate extends Typed {
  readonly kind: 'sky-predicate';
  /** Is the first shape wholly in the second? Or have they a point in common? */
  readonly relation: 'contains' | 'intersects';
  readonly arguments: readonly [ResolvedExpression, ResolvedExpression];
}

export type ResolvedExpression =
  | ResolvedColumn
  | ResolvedLiteral
  | ResolvedNegation
  | ResolvedChain
  | ResolvedCall
  | ResolvedAggregate
  | ResolvedCast
  | ResolvedCase
  | ResolvedScalarSubquery
  | ResolvedSkyPredicate;

// ---------------------------------------------------------------- conditions

/** `CONTAINS(...) = 1`, or that it is 0. */
export interface ResolvedSkyCondition {
  readonly kind: 'sky-condition';
  readonly operand: ResolvedSkyPredicate;
  readonly holds: boolean;
}

export type ResolvedCondition =
  | ResolvedSkyCondition
  | {
      readonly kind: 'logical';
      readonly operator: Logical['operator'];
      readonly operands: readonly ResolvedCondition[];
    }
  | { readonly kind: 'not'; readonly operand: ResolvedCondition }
  | {
      readonly kind: 'comparison';
      readonly operator: ComparisonOperator;
      readonly left: ResolvedExpression;
      readonly right: ResolvedExpression;
    }
  | {
      readonly kind: 'between';
      readonly negated: boolean;
      readonly operand: ResolvedExpression;
      readonly low: ResolvedExpression;
      readonly high: ResolvedExpression;
    }
  | {
      readonly kind: 'in-list';
      readonly negated: boolean;
      readonly operand: ResolvedExpression;
      readonly values: readonly ResolvedExpression[];
    }
  | {
      readonly kind: 'in-subquery';
      readonly negated: boolean;
      readonly operand: ResolvedExpression;
      readonly subquery: ResolvedSubquery;
    }
  | {
      readonly kind: 'like';
      readonly operator: 'LIKE' | 'ILIKE';
      readonly negated: boolean;
      readonly operand: ResolvedExpression;
      readonly pattern: ResolvedExpression;
    }
  | { readonly kind: 'is-null'; readonly negated: boolean; readonly operand: ResolvedExpression }
  | { readonly kind: 'exists'; readonly subquery: ResolvedSubquery };

// ---------------------------------------------------------------- queries

export interface ResolvedSelect {
  readonly kind: 'select';
  readonly distinct: boolean;
  /** Rows, null without TOP. */
  readonly top: number | null;
  /** One per output column. */
  readonly items: readonly ResolvedExpression[];
  readonly columns: readonly OutputColumn[];
  readonly from: readonly ResolvedFrom[];
  readonly where: ResolvedCondition | null;
  readonly groupBy: readonly ResolvedExpression[];
  readonly having: ResolvedCondition | null;
}

export interface ResolvedSetOperation {
  readonly kind: 'set-operation';
  readonly operator: SetOperation['operator'];
  readonly all: boolean;
  readonly left: ResolvedTerm;
  readonly right: ResolvedTerm;
  /** Common to both sides; the names and descriptions are the left side's. */
  readonly columns: readonly OutputColumn[];
}

export type ResolvedTerm = ResolvedSelect | ResolvedSetOperation | ResolvedQuery;

export interface ResolvedOrderItem {
  /** A number is a column of the answer, counted from 1. */
  readonly by: number | ResolvedExpression;
  readonly direction: 'ASC' | 'DESC';
}

export interface ResolvedQuery {
  readonly kind: 'query';
  readonly body: ResolvedTerm;
  readonly orderBy: readonly ResolvedOrderItem[];
  /** Rows, null without OFFSET. */
  readonly offset: number | null;
  readonly columns: readonly OutputColumn[];
}

/** A query inside an expression or condition, and which columns it takes from the queries around it. */
export interface ResolvedSubquery {
  readonly query: ResolvedQuery;
  readonly outerColumns: readonly ResolvedColumn[];
}

/** The whole statement: `WITH q1 AS (...), q2 AS (...) query`. */
export interface ResolvedStatement {
  readonly with: readonly ResolvedQuery[];
  readonly query: ResolvedQuery;
}
