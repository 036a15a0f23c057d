import type { OrderItem, QueryExpression, QueryTerm, SetOperation } from '../ast.ts';
import { AdqlError } from '../error.ts';
import { checkGrouping } from './check-grouping.ts';
import { commonColumns } from './common-columns.ts';
import { nameGroupValues } from './group-values.ts';
import { recastColumns, selectAround } from './recast-columns.ts';
import { relationColumns } from './resolve-column.ts';
import { resolveOrder, resolveOrderOfColumns } from './resolve-order.ts';
import { checkColumnCount, resolveSelect } from './resolve-select.ts';
import type { ResolvedQuery, ResolvedSetOperation, ResolvedTerm } from './resolved.ts';
import type { Enclosing, Scope, Statement } from './scope.ts';

/** A query with its ORDER BY and OFFSET; `enclosing` is the query around a subquery. */
export function resolveQuery(
  query: QueryExpression,
  statement: Statement,
  enclosing: Enclosing | null,
): ResolvedQuery {
  const { body, offset, span } = query;
  checkColumnCount(query.orderBy.length, span);
  if (body.kind === 'select') {
    const { select, scope } = resolveSelect(body, statement, enclosing);
    const orderBy = query.orderBy.map((item) => resolveOrder(item, select, scope));
    checkColumnCount(select.items.length + select.groupBy.length + orderBy.length, span);
    const grouped = nameGroupValues({ select, orderBy }, scope);
    checkGrouping(grouped, scope);
    const { columns } = select;
    return { kind: 'query', body: grouped.select, orderBy: grouped.orderBy, offset, columns };
  }
  const term = resolveTerm(body, statement, enclosing);
  const { columns } = term;
  if (query.orderBy.some(isComputed)) return orderByComputed(query, term, { statement, enclosing });
  const orderBy = query.orderBy.map((item) => resolveOrderOfColumns(item, columns));
  return { kind: 'query', body: term, orderBy, offset, columns };
}

function isComputed({ expression }: OrderItem): boolean {
  return expression.kind !== 'number' && expression.kind !== 'column-reference';
}

/** PostgreSQL orders a UNION by its columns only: what is computed from them needs a SELECT around. */
function orderByComputed(
  { orderBy, offset }: QueryExpression,
  term: ResolvedTerm,
  { statement, enclosing }: Pick<Scope, 'statement' | 'enclosing'>,
): ResolvedQuery {
  const { select, relation } = selectAround(term, statement);
  const scope: Scope = {
    statement,
    enclosing,
    columns: relationColumns(relation),
    relations: [relation],
    noAggregatesIn: 'ORDER BY of several queries',
  };
  return {
    kind: 'query',
    body: select,
    orderBy: orderBy.map((item) => resolveOrder(item, select, scope)),
    offset,
    columns: select.columns,
  };
}

function resolveTerm(
  term: QueryTerm,
  statement: Statement,
  enclosing: Enclosing | null,
): ResolvedTerm {
  // a UNION b UNION c ... leans to the left as far as it is long: no recursion on that side.
  const operations: SetOperation[] = [];
  let leftmost = term;
  while (leftmost.kind === 'set-operation') {
    operations.push(leftmost);
    leftmost = leftmost.left;
  }
  let resolved = resolveOperand(leftmost, statement, enclosing);
  for (const operation of operations.reverse()) {
    const right = resolveTerm(operation.right, statement, enclosing);
    resolved = combine(operation, [resolved, right], statement);
  }
  return resolved;
}

function resolveOperand(
  term: Exclude<QueryTerm, SetOperation>,
  statement: Statement,
  enclosing: Enclosing | null,
): ResolvedTerm {
  if (term.kind === 'query-expression') return resolveQuery(term, statement, enclosing);
  const { select, scope } = resolveSelect(term, statement, enclosing);
  const grouped = nameGroupValues({ select, orderBy: [] }, scope);
  checkGrouping(grouped, scope);
  return grouped.select;
}

function combine(
  { operator, all, span }: SetOperation,
  [left, right]: readonly [ResolvedTerm, ResolvedTerm],
  statement: Statement,
): ResolvedSetOperation {
  if (left.columns.length !== right.columns.length) {
    const [before, behind] = [left, right].map(({ columns }) => String(columns.length));
    throw new AdqlError(
      'wrong-arguments',
      `Both sides of ${operator} must have the same number of columns: ` +
        `here ${before ?? ''} and ${behind ?? ''}.`,
      span,
    );
  }
  const columns = commonColumns(left, right, { operator, span });
  const sqlTypes = columns.map(({ sqlType }) => sqlType);
  return {
    kind: 'set-operation',
    operator,
    all,
    left: recastColumns(left, sqlTypes, statement),
    right: recastColumns(right, sqlTypes, statement),
    columns,
  };
}
