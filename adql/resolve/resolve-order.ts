import type { Expression, Identifier, OrderItem } from '../ast.ts';
import { AdqlError } from '../error.ts';
import type { OutputColumn } from '../translation.ts';
import type { ResolvedOrderItem, ResolvedSelect } from './resolved.ts';
import { bareName, matching, type Scope } from './scope.ts';
import { areSame } from './walk.ts';

/** ORDER BY of one SELECT: a column's number, its name or alias, or any expression. */
export function resolveOrder(
  item: OrderItem,
  select: ResolvedSelect,
  scope: Scope,
): ResolvedOrderItem {
  const { direction, expression } = item;
  const selected = selectedColumn(expression, select.columns, (index, other) =>
    areSame(select.items[index], select.items[other]),
  );
  if (selected !== null) return { by: selected, direction };
  const resolved = scope.statement.resolvers.expression(expression, { ...scope, selected: select });
  const index = select.items.findIndex((selectItem) => areSame(selectItem, resolved));
  if (index !== -1) return { by: index + 1, direction };
  if (select.distinct) {
    const message =
      'With SELECT DISTINCT, ORDER BY can only use what is selected: add it to the select list.';
    throw new AdqlError('unsupported', message, item.span);
  }
  return { by: resolved, direction };
}

/** ORDER BY behind UNION, EXCEPT, INTERSECT or parentheses: a column's number or name. */
export function resolveOrderOfColumns(
  { expression, direction, span }: OrderItem,
  columns: readonly OutputColumn[],
): ResolvedOrderItem {
  const selected = selectedColumn(expression, columns, () => false);
  if (selected !== null) return { by: selected, direction };
  const names = columns.map(({ name }) => name).join(', ');
  throw new AdqlError(
    'unknown-column',
    `Here ORDER BY takes only the columns of the answer, by name or number: ${names}.`,
    span,
  );
}

/** The column of the answer that is meant, counted from 1; null when the expression means none. */
function selectedColumn(
  expression: Expression,
  columns: readonly OutputColumn[],
  areEqual: (index: number, other: number) => boolean,
): number | null {
  if (expression.kind === 'number' && /^\d+$/.test(expression.text)) {
    const index = Number(expression.text);
    if (index >= 1 && index <= columns.length) return index;
    const message =
      `There is no column ${expression.text} to order by: ` +
      `the columns of the answer are 1 to ${String(columns.length)}.`;
    throw new AdqlError('wrong-value', message, expression.span);
  }
  const name = bareName(expression);
  if (name === null) return null;
  const found = indexesOf(name, columns);
  const [first] = found;
  if (first === undefined) return null;
  if (found.every((index) => index === first || areEqual(first, index))) return first + 1;
  const message = `Several columns of the answer are called "${name.name}": give them aliases.`;
  throw new AdqlError('ambiguous-column', message, name.span);
}

function indexesOf(name: Identifier, columns: readonly OutputColumn[]): readonly number[] {
  const named = columns.map((column, index) => ({ name: column.name, delimited: false, index }));
  return matching(name, named).map(({ index }) => index);
}
