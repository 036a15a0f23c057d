import { metadataOf } from '../functions/value-type.ts';
import { addRelation, columnsOfQuery } from './recast-columns.ts';
import { replaceBelow, type Replacement } from './replace-below.ts';
import type {
  Relation,
  ResolvedColumn,
  ResolvedCondition,
  ResolvedExpression,
  ResolvedOrderItem,
  ResolvedSelect,
} from './resolved.ts';
import type { Scope, Statement } from './scope.ts';
import { areSame, columnsIn, partsOf, type ResolvedNode, subqueryOf } from './walk.ts';

/** A SELECT with the ORDER BY that stands behind it. */
export interface OrderedSelect {
  readonly select: ResolvedSelect;
  readonly orderBy: readonly ResolvedOrderItem[];
}

/** Everything that is computed once for each group, if the query has groups. */
export function computedOfGroups({ select, orderBy }: OrderedSelect): readonly ResolvedNode[] {
  const ordered = orderBy.flatMap(({ by }) => (typeof by === 'number' ? [] : [by]));
  return [...select.items, ...(select.having === null ? [] : [select.having]), ...ordered];
}

/**
 * In a subquery PostgreSQL finds a grouped column again, but no grouped expression (`GROUP BY a + 1
 * HAVING EXISTS (... WHERE b = a + 1)`). There the expressions become columns: `FROM t INNER JOIN
 * LATERAL (SELECT a + 1 AS c1) AS t2 ON TRUE GROUP BY t2.c1`. All other queries stay as they are.
 */
export function nameGroupValues(ordered: OrderedSelect, scope: Scope): OrderedSelect {
  const { select } = ordered;
  const values = select.groupBy.filter((value) => value.kind !== 'column' && hasColumn(value));
  const isInside = (column: ResolvedColumn): boolean =>
    scope.relations.includes(column.relation) &&
    !select.groupBy.some((value) => areSame(value, column));
  const isNeeded =
    values.length > 0 && computedOfGroups(ordered).some((node) => hasOuter(node, isInside));
  if (!isNeeded) return ordered;
  const named = relationOf(values, scope.statement);
  const replacement = replacementOf(named.columns, values);
  const { items, groupBy, having, orderBy } = replaceBelow(
    { ...select, orderBy: ordered.orderBy },
    replacement,
  );
  const from = [...select.from, named.relation];
  return { select: { ...select, items, from, groupBy, having }, orderBy };
}

function hasColumn(value: ResolvedExpression): boolean {
  return columnsIn(value).length > 0;
}

/** Whether one of its subqueries mentions such a column. */
function hasOuter(node: ResolvedNode, test: (column: ResolvedColumn) => boolean): boolean {
  const outerColumns = subqueryOf(node)?.outerColumns ?? [];
  return outerColumns.some(test) || partsOf(node).some((part) => hasOuter(part, test));
}

/** The values as a table of one row, beside each row of the others. */
function relationOf(
  values: readonly ResolvedExpression[],
  statement: Statement,
): { readonly relation: Relation; readonly columns: readonly ResolvedColumn[] } {
  const fields = values.map(({ sqlType, metadata }, index) => ({
    ...metadata,
    name: `c${String(index + 1)}`,
    sqlType,
  }));
  const relation = addRelation(statement, {
    source: { kind: 'values', values },
    exposedName: ['the groups'],
    delimited: true,
    columns: columnsOfQuery(fields),
  });
  const columns = relation.columns.flatMap((column, index): readonly ResolvedColumn[] => {
    const value = values[index];
    if (value === undefined) return [];
    const { type, sqlType, metadata, span } = value;
    return [{ kind: 'column', relation, column, type, sqlType, metadata, span }];
  });
  return { relation, columns };
}

function replacementOf(
  columns: readonly ResolvedColumn[],
  values: readonly ResolvedExpression[],
): Replacement {
  const columnOf = (node: unknown): ResolvedColumn | null =>
    columns[values.findIndex((value) => areSame(value, node))] ?? null;
  return (node) => {
    if (node.kind === 'sky-condition') {
      const column = columnOf(node.operand);
      return column === null ? null : comparisonOf(column, node.holds);
    }
    const column = columnOf(node);
    if (column !== null && 'type' in node) {
      return { ...column, metadata: node.metadata, span: node.span };
    }
    return node.kind === 'chain' ? shortenedChain(node, columns, values) : null;
  };
}

/** `CONTAINS(...) = 1` once its value has a name. */
function comparisonOf(column: ResolvedColumn, holds: boolean): ResolvedCondition {
  const { type, sqlType, span } = column;
  const metadata = metadataOf('INTEGER');
  const value = holds ? '1' : '0';
  const right: ResolvedExpression = { kind: 'literal', value, type, sqlType, metadata, span };
  return { kind: 'comparison', operator: '=', left: column, right };
}

type Chain = Extract<ResolvedExpression, { kind: 'chain' }>;

/** `a + 1 + 2` is `(a + 1) + 2`: grouped by `a + 1`, it goes on from there. */
function shortenedChain(
  chain: Chain,
  columns: readonly ResolvedColumn[],
  values: readonly ResolvedExpression[],
): Chain | null {
  const beginnings = values.flatMap((value, index) => {
    const column = columns[index];
    return column !== undefined && isBeginning(value, chain) ? [{ column, value }] : [];
  });
  const [longest] = beginnings.sort((one, other) => lengthOf(other.value) - lengthOf(one.value));
  if (longest === undefined) return null;
  return { ...chain, first: longest.column, rest: chain.rest.slice(lengthOf(longest.value)) };
}

function lengthOf(value: ResolvedExpression): number {
  return value.kind === 'chain' ? value.rest.length : 0;
}

/** The beginning of `a + 1 + COUNT(*)` is an integer though the whole is none: types are not compared. */
export function isBeginning(grouped: ResolvedExpression, node: ResolvedNode): boolean {
  if (grouped.kind !== 'chain' || node.kind !== 'chain') return false;
  const rest = node.rest.slice(0, grouped.rest.length);
  return areSame(grouped.first, node.first) && areSame(grouped.rest, rest);
}
