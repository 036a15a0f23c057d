import type { DerivedColumn, Expression, NumberLiteral, Select, SelectItem, Span } from '../ast.ts';
import { AdqlError } from '../error.ts';
import type { OutputColumn } from '../translation.ts';
import { cast } from './coerce.ts';
import {
  expressionOf,
  findColumnHere,
  findRelation,
  relationColumns,
  unknownQualifier,
} from './resolve-column.ts';
import { resolveFrom } from './resolve-from.ts';
import type { ResolvedExpression, ResolvedSelect } from './resolved.ts';
import { bareName, type Enclosing, matching, type Scope, type Statement } from './scope.ts';
import { hasAggregate } from './walk.ts';

/** PostgreSQL's limit is 1664, with ORDER BY and GROUP BY expressions counted in. */
const maximumColumns = 1600;

/** A SELECT and the scope in which its ORDER BY finds names. */
export interface ResolvedSelectInScope {
  readonly select: ResolvedSelect;
  readonly scope: Scope;
}

export function resolveSelect(
  select: Select,
  statement: Statement,
  enclosing: Enclosing | null,
): ResolvedSelectInScope {
  const { from, scope } = resolveFrom(select.from, { statement, enclosing });
  const { condition } = statement.resolvers;
  checkColumnCount(select.items.length + select.groupBy.length, select.span);
  const aliases = select.items.flatMap((item) =>
    item.kind === 'derived-column' && item.alias !== null ? [item.alias] : [],
  );
  const where =
    select.where === null
      ? null
      : condition(select.where, { ...scope, aliases, noAggregatesIn: 'WHERE' });
  const items = select.items.flatMap((item) => resolveItem(item, scope));
  const groupBy = select.groupBy.map((item) =>
    storedForm(resolveGroupItem(item, { items, scope })),
  );
  checkColumnCount(items.length + groupBy.length, select.span);
  const having = select.having === null ? null : condition(select.having, { ...scope, aliases });
  const resolved: ResolvedSelect = {
    kind: 'select',
    distinct: select.distinct,
    top: select.top,
    items: items.map(({ expression }) => expression),
    columns: outputColumns(items),
    from,
    where,
    groupBy,
    having,
  };
  return { select: resolved, scope };
}

/** Columns selected, grouped by and ordered by, all told. */
export function checkColumnCount(count: number, span: Span): void {
  if (count <= maximumColumns) return;
  const limit = `A query may have ${String(maximumColumns)} columns.`;
  throw new AdqlError('too-complex', limit, span);
}

interface Item {
  readonly expression: ResolvedExpression;
  /** As written, or declared; null when a name must be made. */
  readonly name: string | null;
  readonly delimited: boolean;
  /** From which a name is made. */
  readonly nameStem: string | null;
}

function resolveItem(item: SelectItem, scope: Scope): readonly Item[] {
  if (item.kind === 'derived-column') return [resolveDerivedColumn(item, scope)];
  const { qualifier, span } = item;
  const relation = qualifier === null ? null : findRelation(qualifier, scope, span);
  if (qualifier !== null && relation === null) {
    const missing = { name: '*', delimited: false, span };
    throw unknownQualifier(
      { kind: 'column-reference', name: [...qualifier, missing], span },
      scope,
    );
  }
  const columns = relation === null ? scope.columns : relationColumns(relation);
  return columns.map((column) => ({
    expression: expressionOf(column, span),
    name: column.name,
    delimited: column.delimited,
    nameStem: null,
  }));
}

function resolveDerivedColumn({ expression, alias }: DerivedColumn, scope: Scope): Item {
  const name = alias ?? (expression.kind === 'column-reference' ? expression.name.at(-1) : null);
  const resolved = scope.statement.resolvers.expression(expression, scope);
  return {
    // A bare NULL has no type of its own.
    expression: resolved.type === 'NULL' ? cast(resolved, 'text') : resolved,
    name: name?.name ?? null,
    delimited: name?.delimited ?? false,
    nameStem: nameStemOf(expression),
  };
}

function nameStemOf(expression: Expression): string | null {
  if (expression.kind === 'function-call') return expression.name.name.toLowerCase();
  return expression.kind === 'aggregate' ? expression.name.toLowerCase() : null;
}

/** TAP 1.1: a column without a name gets one that no other column has: `count`, `col3`. */
function outputColumns(items: readonly Item[]): readonly OutputColumn[] {
  const taken = new Set(items.flatMap(({ name }) => (name === null ? [] : [name.toLowerCase()])));
  return items.map(({ expression, name, nameStem }, index) => {
    const { datatype, arraysize, xtype, unit, ucd, utype, description } = expression.metadata;
    const { sqlType } = expression;
    const metadata = { datatype, arraysize, xtype, unit, ucd, utype, description };
    return { name: name ?? freeName(nameStem, index + 1, taken), sqlType, ...metadata };
  });
}

function freeName(stem: string | null, index: number, taken: Set<string>): string {
  let name = stem ?? `col${String(index)}`;
  while (taken.has(name)) name = `${stem ?? 'col'}_${String(index + taken.size)}`;
  taken.add(name);
  return name;
}

interface SelectList {
  readonly items: readonly Item[];
  readonly scope: Scope;
}

/**
 * PostgreSQL finds a grouped column again in a subquery, but no expression: so a column that is read
 * as a double (`numeric`) is grouped by as it is stored.
 */
function storedForm(grouped: ResolvedExpression): ResolvedExpression {
  const isReadAsDouble = grouped.kind === 'cast' && grouped.operand.sqlType === 'numeric';
  return isReadAsDouble && grouped.operand.kind === 'column' ? grouped.operand : grouped;
}

/**
 * GROUP BY takes expressions; beyond ADQL 2.1 also an alias of the select list where no column has
 * that name, and the number of a column of the select list, as other services do.
 */
function resolveGroupItem(expression: Expression, list: SelectList): ResolvedExpression {
  const grouped = selectedExpression(expression, list);
  if (grouped === null) {
    const scope = { ...list.scope, noAggregatesIn: 'GROUP BY' };
    return list.scope.statement.resolvers.expression(expression, scope);
  }
  if (!hasAggregate(grouped)) return grouped;
  const message = 'GROUP BY cannot group by an aggregate.';
  throw new AdqlError('wrong-arguments', message, expression.span);
}

function selectedExpression(
  expression: Expression,
  { items, scope }: SelectList,
): ResolvedExpression | null {
  if (expression.kind === 'number' && /^\d+$/.test(expression.text)) {
    return columnOf(expression, items).expression;
  }
  const name = bareName(expression);
  if (name === null || expression.kind !== 'column-reference') return null;
  if (findColumnHere(expression, scope) !== null) return null;
  return matching(name, items.filter(isNamed))[0]?.expression ?? null;
}

function isNamed(item: Item): item is Item & { readonly name: string } {
  return item.name !== null;
}

function columnOf({ text, span }: NumberLiteral, items: readonly Item[]): Item {
  const item = items[Number(text) - 1];
  if (item !== undefined) return item;
  const message =
    `There is no column ${text} to group by: ` +
    `the columns of the answer are 1 to ${String(items.length)}.`;
  throw new AdqlError('wrong-value', message, span);
}
