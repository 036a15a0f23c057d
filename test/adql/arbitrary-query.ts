import fc, { type Arbitrary } from 'fast-check';
import type {
  JoinCondition,
  Query,
  QueryExpression,
  QueryTerm,
  Select,
  SelectItem,
  TableReference,
} from '../../adql/ast.ts';
import {
  alias,
  condition,
  flag,
  identifier,
  nameOf,
  point,
  rows,
  scalar,
  span,
  type Productions,
  type Tie,
} from './arbitrary-expression.ts';

function joinCondition(tie: Tie): Arbitrary<JoinCondition> {
  return fc.oneof(
    fc.constant({ kind: 'natural' as const }),
    fc.constant({ kind: 'none' as const }),
    tie('condition').map((on) => ({ kind: 'on' as const, condition: on })),
    nameOf(3).map((columns) => ({ kind: 'using' as const, columns })),
  );
}

function table(tie: Tie): Arbitrary<TableReference> {
  return fc.oneof(
    { maxDepth: 4, depthIdentifier: 'query' },
    fc.record({
      kind: fc.constant('named-table' as const),
      name: nameOf(3),
      alias,
      span: fc.constant(span),
    }),
    fc.record({
      kind: fc.constant('derived-table' as const),
      query: tie('queryExpression'),
      alias: identifier,
      span: fc.constant(span),
    }),
    fc.record({
      kind: fc.constant('join' as const),
      type: fc.constantFrom('INNER', 'LEFT', 'RIGHT', 'FULL'),
      left: tie('table'),
      right: tie('table'),
      condition: joinCondition(tie),
      span: fc.constant(span),
    }),
  );
}

function item(tie: Tie): Arbitrary<SelectItem> {
  return fc.oneof(
    fc.option(nameOf(3)).map((qualifier) => ({ kind: 'all-columns' as const, qualifier, span })),
    fc.record({
      kind: fc.constant('derived-column' as const),
      expression: tie('value'),
      alias,
      span: fc.constant(span),
    }),
  );
}

function select(tie: Tie): Arbitrary<Select> {
  return fc.record({
    kind: fc.constant('select' as const),
    distinct: flag,
    top: rows,
    items: fc.array(item(tie), { minLength: 1, maxLength: 3 }),
    from: fc.array(tie('table'), { minLength: 1, maxLength: 2 }),
    where: fc.option(tie('condition')),
    groupBy: fc.array(tie('value'), { maxLength: 2 }),
    having: fc.option(tie('condition')),
    span: fc.constant(span),
  });
}

function setOperation(
  operators: readonly ('UNION' | 'EXCEPT' | 'INTERSECT')[],
  left: Arbitrary<QueryTerm>,
  right: Arbitrary<QueryTerm>,
): Arbitrary<QueryTerm> {
  return fc.record({
    kind: fc.constant('set-operation' as const),
    operator: fc.constantFrom(...operators),
    all: flag,
    left,
    right,
    span: fc.constant(span),
  });
}

function tightTerm(tie: Tie): Arbitrary<QueryTerm> {
  const primary = fc.oneof(tie('select'), tie('queryExpression'));
  return fc.oneof(
    { maxDepth: 3, depthIdentifier: 'query' },
    tie('select'),
    tie('queryExpression'),
    setOperation(['INTERSECT'], tie('tightTerm'), primary),
  );
}

function queryExpression(tie: Tie): Arbitrary<QueryExpression> {
  const orderItem = fc.record({
    expression: tie('value'),
    direction: fc.constantFrom('ASC', 'DESC'),
    span: fc.constant(span),
  });
  return fc
    .record({
      kind: fc.constant('query-expression' as const),
      body: tie('term'),
      orderBy: fc.array(orderItem, { maxLength: 2 }),
      offset: rows,
      span: fc.constant(span),
    })
    .map((query) => (isRedundant(query) ? query.body : query));
}

/** A query in parentheses that has no order and offset of its own is the query without them. */
function isRedundant(
  query: QueryExpression,
): query is QueryExpression & { readonly body: QueryExpression } {
  const { body, orderBy, offset } = query;
  return body.kind === 'query-expression' && orderBy.length === 0 && offset === null;
}

const tied = fc.letrec<Productions>((tie) => ({
  scalar: scalar(tie),
  point: point(tie),
  value: fc.oneof({ arbitrary: tie('scalar'), weight: 5 }, { arbitrary: tie('point'), weight: 1 }),
  condition: condition(tie),
  table: table(tie),
  select: select(tie),
  term: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'query' },
    tie('select'),
    tie('tightTerm'),
    setOperation(['UNION', 'EXCEPT'], tie('term'), tie('tightTerm')),
  ),
  tightTerm: tightTerm(tie),
  queryExpression: queryExpression(tie),
}));

/** Any tree that the grammar and its extensions can give; names and types make no sense. */
export const arbitraryQuery: Arbitrary<Query> = fc.record({
  with: fc.array(
    fc.record({ name: identifier, query: tied.queryExpression, span: fc.constant(span) }),
    { maxLength: 2 },
  ),
  expression: tied.queryExpression,
});
