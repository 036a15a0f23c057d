import type { Condition, Expression, Identifier, QueryExpression, Span } from '../ast.ts';
import type { Catalog } from '../catalog.ts';
import type { AdqlWarning } from '../error.ts';
import type {
  Relation,
  RelationColumn,
  ResolvedColumn,
  ResolvedCondition,
  ResolvedExpression,
  ResolvedQuery,
} from './resolved.ts';

/** A table of WITH, known to the queries behind it. */
export interface CommonTable {
  readonly name: string;
  readonly delimited: boolean;
  readonly number: number;
  readonly query: ResolvedQuery;
  readonly columns: readonly RelationColumn[];
}

/**
 * Expressions hold conditions (CASE) and queries, which hold expressions: the three resolvers reach
 * each other through this table, so that no files import each other in a circle.
 */
export interface Resolvers {
  readonly expression: (expression: Expression, scope: Scope) => ResolvedExpression;
  readonly condition: (condition: Condition, scope: Scope) => ResolvedCondition;
  readonly query: (
    query: QueryExpression,
    statement: Statement,
    enclosing: Enclosing | null,
  ) => ResolvedQuery;
}

/** What all parts of one statement share. */
export interface Statement {
  readonly adql: string;
  readonly catalog: Catalog;
  readonly resolvers: Resolvers;
  readonly commonTables: readonly CommonTable[];
  readonly warnings: AdqlWarning[];
  /** All uses of tables so far; the next one gets the next number. */
  readonly relations: Relation[];
}

/** A column that a name without a table can mean. */
export interface VisibleColumn {
  readonly name: string;
  readonly delimited: boolean;
  readonly relation: Relation;
  readonly column: RelationColumn;
  /** The right side of FULL JOIN ... USING: the value is that of either side. */
  readonly otherSide: VisibleColumn | null;
}

/** A select list: its values, and what the columns of the answer are called. */
export interface SelectedValues {
  readonly items: readonly ResolvedExpression[];
  readonly columns: readonly { readonly name: string }[];
}

/** What names can mean at one place of the query. */
export interface Scope {
  readonly statement: Statement;
  /** In the order of `*`; columns joined by USING or NATURAL stand here once. */
  readonly columns: readonly VisibleColumn[];
  readonly relations: readonly Relation[];
  readonly enclosing: Enclosing | null;
  /** In words, the place where no aggregate may stand; null where one may. */
  readonly noAggregatesIn: string | null;
  /** The aliases of the select list, which have no meaning here yet: for messages. */
  readonly aliases?: readonly Identifier[];
  /** In ORDER BY: the select list, whose names mean something where no column is called so. */
  readonly selected?: SelectedValues;
}

/** The query around a subquery, and which of its columns the subquery has used so far. */
export interface Enclosing {
  readonly scope: Scope;
  readonly outerColumns: ResolvedColumn[];
}

/** The query's own words, for messages; long ones are cut. */
export function textOf(span: Span, { adql }: Statement): string {
  return shortened(adql.slice(span.start, span.end).replaceAll(/\s+/g, ' '));
}

/** For messages: a name can be a million letters long. */
export function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** A column's name without a table before it: such a name can also be an alias. */
export function bareName(expression: Expression): Identifier | null {
  if (expression.kind !== 'column-reference' || expression.name.length > 1) return null;
  return expression.name[0] ?? null;
}

interface Named {
  readonly name: string;
  readonly delimited: boolean;
}

/**
 * The candidates that an identifier can mean (ADQL 2.1, "Identifiers"). Without quotes case does not
 * count; a name declared in quotes is meant only when no regular one is. In quotes case counts, but
 * the lower-case form of a regular name will do.
 */
export function matching<T extends Named>(
  { name, delimited }: Pick<Identifier, 'name' | 'delimited'>,
  candidates: readonly T[],
): readonly T[] {
  const lower = name.toLowerCase();
  const alike = candidates.filter(
    (candidate) =>
      candidate.name.length === name.length &&
      (candidate.name === name || candidate.name.toLowerCase() === lower),
  );
  if (delimited) {
    const exact = alike.filter((candidate) => candidate.name === name);
    return exact.length > 0 || name !== lower ? exact : alike.filter(isRegular);
  }
  const regular = alike.filter(isRegular);
  return regular.length > 0 ? regular : alike;
}

function isRegular(candidate: Named): boolean {
  return !candidate.delimited;
}
