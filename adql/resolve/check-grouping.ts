import { AdqlError } from '../error.ts';
import { computedOfGroups, isBeginning, type OrderedSelect } from './group-values.ts';
import type { ResolvedColumn, ResolvedExpression } from './resolved.ts';
import { type Scope, textOf } from './scope.ts';
import { areSame, hasAggregate, partsOf, type ResolvedNode, subqueryOf } from './walk.ts';

/**
 * In a grouped query every column outside an aggregate must be in GROUP BY, alone or as part of the
 * very expression that stands there (SQL-92 7.9); otherwise it has no single value in a group.
 */
export function checkGrouping(ordered: OrderedSelect, scope: Scope): void {
  const { having, groupBy } = ordered.select;
  const computed = computedOfGroups(ordered);
  const isGrouped = groupBy.length > 0 || having !== null || computed.some(hasAggregate);
  if (!isGrouped) return;
  for (const node of computed) {
    const column = ungroupedColumn(node, groupBy, scope);
    if (column !== null) throw notGrouped(column, groupBy.length > 0, scope);
  }
}

function ungroupedColumn(
  node: ResolvedNode,
  groupBy: readonly ResolvedExpression[],
  scope: Scope,
): ResolvedColumn | null {
  if (node.kind === 'aggregate' || isAmong(groupBy, node)) return null;
  if (node.kind === 'column') return scope.relations.includes(node.relation) ? node : null;
  const parts = [...ungroupedParts(node, groupBy), ...(subqueryOf(node)?.outerColumns ?? [])];
  for (const part of parts) {
    const column = ungroupedColumn(part, groupBy, scope);
    if (column !== null) return column;
  }
  return null;
}

/** An alias in GROUP BY is the very expression; it is found at once. */
function isAmong(groupBy: readonly unknown[], node: ResolvedNode): boolean {
  return groupBy.includes(node) || groupBy.some((grouped) => areSame(grouped, node));
}

/** `a + 1 + 2` is `(a + 1) + 2` to PostgreSQL: grouped by `a + 1`, only the 2 is left to look at. */
function ungroupedParts(
  node: ResolvedNode,
  groupBy: readonly ResolvedExpression[],
): readonly ResolvedNode[] {
  const grouped = groupBy.filter((expression) => isBeginning(expression, node));
  const longest = Math.max(0, ...grouped.map((beginning) => partsOf(beginning).length));
  return partsOf(node).slice(longest);
}

function notGrouped(column: ResolvedColumn, hasGroupBy: boolean, scope: Scope): AdqlError {
  const { start, end } = column.span;
  const written = end > start ? textOf(column.span, scope.statement) : column.column.name;
  const name = written.endsWith('*') ? column.column.name : written;
  const problem = hasGroupBy
    ? `${name} is neither in GROUP BY nor inside an aggregate.`
    : `${name} stands beside an aggregate or HAVING, without a GROUP BY.`;
  const advice = ` Add it to GROUP BY, or select MIN(${name}), MAX(${name})...`;
  return new AdqlError('not-grouped', problem + advice, column.span);
}
