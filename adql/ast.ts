/**
 * The tree of an ADQL 2.1 query as written: names are not yet looked up, types not yet known.
 * Every node says where it stands in the text, so that every later error can point at it.
 */

/** Where in the query text something stands: [start, end) in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A name as written. A delimited one ("...") is case-sensitive and may be a reserved word. */
export interface Identifier {
  readonly name: string;
  readonly delimited: boolean;
  readonly span: Span;
}

/** Names joined by dots: [[catalog.]schema.]table, or with a column behind it. At least one part. */
export type QualifiedName = readonly Identifier[];

// ---------------------------------------------------------------- value expressions

export interface NumberLiteral {
  readonly kind: 'number';
  /** As written, unsigned: `12`, `12.`, `.5`, `1e-7`. Kept as text: a long must not lose digits. */
  readonly text: string;
  readonly span: Span;
}

export interface StringLiteral {
  readonly kind: 'string';
  /** The characters between the quotes, doubled quotes undone. */
  readonly value: string;
  readonly span: Span;
}

export interface NullLiteral {
  readonly kind: 'null';
  readonly span: Span;
}

export interface ColumnReference {
  readonly kind: 'column-reference';
  readonly name: QualifiedName;
  readonly span: Span;
}

export interface Sign {
  readonly kind: 'sign';
  readonly operator: '+' | '-';
  readonly operand: Expression;
  readonly span: Span;
}

export interface Operation {
  readonly kind: 'operation';
  readonly operator: '+' | '-' | '*' | '/' | '||';
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

/** Any call by name: mathematics, geometry, LOWER, UPPER, COALESCE, IN_UNIT, user defined functions. */
export interface FunctionCall {
  readonly kind: 'function-call';
  readonly name: Identifier;
  readonly arguments: readonly Expression[];
  readonly span: Span;
}

export interface Aggregate {
  readonly kind: 'aggregate';
  readonly name: 'COUNT' | 'AVG' | 'MAX' | 'MIN' | 'SUM';
  readonly distinct: boolean;
  /** '*' only in COUNT(*). */
  readonly argument: Expression | '*';
  readonly span: Span;
}

/** ADQL 2.1, "CAST". The targets of the grammar; geometry targets are optional there. */
export interface CastTarget {
  readonly name:
    | 'SMALLINT'
    | 'INTEGER'
    | 'BIGINT'
    | 'REAL'
    | 'DOUBLE PRECISION'
    | 'CHAR'
    | 'VARCHAR'
    | 'TIMESTAMP'
    | 'POINT'
    | 'CIRCLE'
    | 'POLYGON';
  /** Characters, only of CHAR and VARCHAR, null when not given. */
  readonly length: number | null;
}

export interface Cast {
  readonly kind: 'cast';
  readonly operand: Expression;
  readonly target: CastTarget;
  readonly span: Span;
}

/** Not ADQL: CASE WHEN condition THEN value ... [ELSE value] END, accepted as an extension. */
export interface Case {
  readonly kind: 'case';
  readonly branches: readonly { readonly when: Condition; readonly then: Expression }[];
  readonly otherwise: Expression | null;
  readonly span: Span;
}

/** Not ADQL: (SELECT ...) used as a value, accepted as an extension. */
export interface ScalarSubquery {
  readonly kind: 'scalar-subquery';
  readonly query: QueryExpression;
  readonly span: Span;
}

export type Expression =
  | NumberLiteral
  | StringLiteral
  | NullLiteral
  | ColumnReference
  | Sign
  | Operation
  | FunctionCall
  | Aggregate
  | Cast
  | Case
  | ScalarSubquery;

// ---------------------------------------------------------------- conditions

export interface Logical {
  readonly kind: 'logical';
  readonly operator: 'AND' | 'OR';
  /** Two or more, flat: a AND b AND c is one node, so that 100,000 of them need no stack. */
  readonly operands: readonly Condition[];
  readonly span: Span;
}

export interface Not {
  readonly kind: 'not';
  readonly operand: Condition;
  readonly span: Span;
}

export type ComparisonOperator = '=' | '<>' | '<' | '>' | '<=' | '>=';

export interface Comparison {
  readonly kind: 'comparison';
  readonly operator: ComparisonOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

export interface Between {
  readonly kind: 'between';
  readonly negated: boolean;
  readonly operand: Expression;
  readonly low: Expression;
  readonly high: Expression;
  readonly span: Span;
}

export interface InList {
  readonly kind: 'in-list';
  readonly negated: boolean;
  readonly operand: Expression;
  /** One or more. */
  readonly values: readonly Expression[];
  readonly span: Span;
}

export interface InSubquery {
  readonly kind: 'in-subquery';
  readonly negated: boolean;
  readonly operand: Expression;
  readonly query: QueryExpression;
  readonly span: Span;
}

export interface Like {
  readonly kind: 'like';
  readonly operator: 'LIKE' | 'ILIKE';
  readonly negated: boolean;
  readonly operand: Expression;
  readonly pattern: Expression;
  readonly span: Span;
}

export interface IsNull {
  readonly kind: 'is-null';
  readonly negated: boolean;
  readonly operand: Expression;
  readonly span: Span;
}

export interface Exists {
  readonly kind: 'exists';
  readonly query: QueryExpression;
  readonly span: Span;
}

export type Condition =
  Logical | Not | Comparison | Between | InList | InSubquery | Like | IsNull | Exists;

// ---------------------------------------------------------------- tables

export interface NamedTable {
  readonly kind: 'named-table';
  readonly name: QualifiedName;
  readonly alias: Identifier | null;
  readonly span: Span;
}

export interface DerivedTable {
  readonly kind: 'derived-table';
  readonly query: QueryExpression;
  readonly alias: Identifier;
  readonly span: Span;
}

export type JoinCondition =
  | { readonly kind: 'natural' }
  | { readonly kind: 'on'; readonly condition: Condition }
  | { readonly kind: 'using'; readonly columns: readonly Identifier[] }
  /** JOIN without a condition: every row with every row. */
  | { readonly kind: 'none' };

export interface Join {
  readonly kind: 'join';
  readonly type: 'INNER' | 'LEFT' | 'RIGHT' | 'FULL';
  readonly left: TableReference;
  readonly right: TableReference;
  readonly condition: JoinCondition;
  readonly span: Span;
}

export type TableReference = NamedTable | DerivedTable | Join;

// ---------------------------------------------------------------- queries

/** `*` or `table.*`. */
export interface AllColumns {
  readonly kind: 'all-columns';
  readonly qualifier: QualifiedName | null;
  readonly span: Span;
}

/** An expression with its alias (AS). */
export interface DerivedColumn {
  readonly kind: 'derived-column';
  readonly expression: Expression;
  readonly alias: Identifier | null;
  readonly span: Span;
}

export type SelectItem = AllColumns | DerivedColumn;

export interface Select {
  readonly kind: 'select';
  readonly distinct: boolean;
  /** TOP n (or the LIMIT n of other dialects, read as TOP): rows, null when not given. */
  readonly top: number | null;
  readonly items: readonly SelectItem[];
  /** One or more, comma = every row with every row. */
  readonly from: readonly TableReference[];
  readonly where: Condition | null;
  readonly groupBy: readonly Expression[];
  readonly having: Condition | null;
  readonly span: Span;
}

export interface SetOperation {
  readonly kind: 'set-operation';
  readonly operator: 'UNION' | 'EXCEPT' | 'INTERSECT';
  readonly all: boolean;
  readonly left: QueryTerm;
  readonly right: QueryTerm;
  readonly span: Span;
}

/** What set operators combine; a `query-expression` here stood in parentheses. */
export type QueryTerm = Select | SetOperation | QueryExpression;

export interface OrderItem {
  /** A plain unsigned integer literal here is a column index, counted from 1. */
  readonly expression: Expression;
  readonly direction: 'ASC' | 'DESC';
  readonly span: Span;
}

/** A query with its order and offset; the form of every subquery. */
export interface QueryExpression {
  readonly kind: 'query-expression';
  readonly body: QueryTerm;
  readonly orderBy: readonly OrderItem[];
  /** Rows, null when not given. */
  readonly offset: number | null;
  readonly span: Span;
}

export interface CommonTableExpression {
  readonly name: Identifier;
  readonly query: QueryExpression;
  readonly span: Span;
}

export interface Query {
  readonly with: readonly CommonTableExpression[];
  readonly expression: QueryExpression;
}
