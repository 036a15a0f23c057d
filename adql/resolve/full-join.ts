import type { Span } from '../ast.ts';
import { metadataOf } from '../functions/value-type.ts';
import { addRelation } from './recast-columns.ts';
import { replaceBelow } from './replace-below.ts';
import type {
  Relation,
  RelationColumn,
  ResolvedColumn,
  ResolvedCondition,
  ResolvedExpression,
  ResolvedFrom,
  ResolvedJoin,
} from './resolved.ts';
import type { Statement } from './scope.ts';

interface FullJoin {
  readonly left: ResolvedFrom;
  readonly right: ResolvedFrom;
  readonly on: ResolvedCondition | null;
  readonly span: Span;
}

/**
 * PostgreSQL does a FULL JOIN only where an equality between its two sides stands in the condition.
 * Where there is none, the sides are first joined by LEFT JOIN, which can use the index of a table
 * (`joinTwice`); without such a table every pair of rows is tested (`withEquality`).
 */
export function resolveFullJoin({ span, ...join }: FullJoin, statement: Statement): ResolvedJoin {
  const { left, right, on } = join;
  const full = { kind: 'join', type: 'FULL', ...join } as const;
  if (on === null || hasEquality(on, [relationsIn(left), relationsIn(right)])) return full;
  if (isSearchable(right)) return joinTwice({ left, right, on, span }, statement);
  if (isSearchable(left)) return joinTwice({ left: right, right: left, on, span }, statement);
  return { ...full, on: withEquality({ left, right, on, span }) };
}

/** Joins lean to the left as far as the query is long: no recursion on that side. */
function relationsIn(from: ResolvedFrom): readonly Relation[] {
  const others: Relation[] = [];
  let leftmost = from;
  while (leftmost.kind === 'join') {
    others.push(...relationsIn(leftmost.right));
    leftmost = leftmost.left;
  }
  return [leftmost, ...others];
}

type Sides = readonly [left: readonly Relation[], right: readonly Relation[]];

function hasEquality(on: ResolvedCondition, [one, other]: Sides): boolean {
  return conjunctsOf(on).some((condition) => {
    if (condition.kind !== 'comparison' || condition.operator !== '=') return false;
    const { left, right } = condition;
    return (isOf(left, one) && isOf(right, other)) || (isOf(left, other) && isOf(right, one));
  });
}

function conjunctsOf(on: ResolvedCondition): readonly ResolvedCondition[] {
  return on.kind === 'logical' && on.operator === 'AND' ? on.operands : [on];
}

/** A column. Of other expressions the planner may find that they are constant: COALESCE(1, a.id). */
function isOf(expression: ResolvedExpression, relations: readonly Relation[]): boolean {
  if (expression.kind === 'cast') return isOf(expression.operand, relations);
  // COALESCE of the two columns that an inner FULL JOIN ... USING has made one.
  if (expression.kind === 'call' && expression.sqlFunction === 'coalesce')
    return expression.arguments.every((argument) => isOf(argument, relations));
  return expression.kind === 'column' && relations.includes(expression.relation);
}

/** A table with an index for positions or regions: it has rows of its own, as views have not. */
function isSearchable(from: ResolvedFrom): from is Relation {
  return from.kind === 'relation' && from.source.kind === 'table' && 'sky' in from.source.table;
}

interface Conditional extends FullJoin {
  readonly on: ResolvedCondition;
}

interface Searched extends Conditional {
  readonly right: Relation;
}

/** `a LEFT JOIN b AS b2 ON condition FULL JOIN b ON b2 is the same row as b`. */
function joinTwice({ left, right, on, span }: Searched, statement: Statement): ResolvedJoin {
  const { source, exposedName, delimited, columns } = right;
  const twin = addRelation(statement, { source, exposedName, delimited, columns });
  const onTwin = replaceBelow(on, (node) =>
    node.kind === 'column' && node.relation === right ? { ...node, relation: twin } : null,
  );
  const found: ResolvedJoin = { kind: 'join', type: 'LEFT', left, right: twin, on: onTwin };
  const same = and(
    systemColumns.map((column) =>
      equality(plainColumn(twin, column, span), plainColumn(right, column, span)),
    ),
  );
  return { kind: 'join', type: 'FULL', left: found, right, on: same };
}

/** Together they name a row of a PostgreSQL table while a statement runs, partitions included. */
const systemColumns = ['ctid', 'tableoid'].map((name): RelationColumn => ({
  name,
  delimited: false,
  sqlName: name,
  sqlType: 'text',
  metadata: metadataOf('VARCHAR'),
}));

/** The condition with an equality that always holds before it. */
function withEquality({ left, right, on, span }: Conditional): ResolvedCondition {
  const always = equality(zeroOf(relationsIn(left), span), zeroOf(relationsIn(right), span));
  return and([always, ...conjunctsOf(on)]);
}

/**
 * `CASE WHEN t.x = t.x THEN 0 ELSE 0 END`: 0 in every row, which the planner cannot know. (IS NULL it can know of a
 * column that is NOT NULL; a query's column may be a constant, a table's not.)
 */
function zeroOf(relations: readonly Relation[], span: Span): ResolvedExpression {
  const relation = relations.find(({ source }) => source.kind === 'table') ?? relations[0];
  const first = relation?.columns[0];
  if (relation === undefined || first === undefined) throw new RangeError('a table has columns');
  const value = plainColumn(relation, first, span);
  const integer = {
    type: 'INTEGER',
    sqlType: 'integer',
    metadata: metadataOf('INTEGER'),
    span,
  } as const;
  const zero = { kind: 'literal', value: '0', ...integer } as const;
  const branches = [{ when: equality(value, value), then: zero }];
  return { kind: 'case', branches, otherwise: zero, ...integer };
}

function plainColumn(relation: Relation, column: RelationColumn, span: Span): ResolvedColumn {
  const { sqlType, metadata } = column;
  return { kind: 'column', relation, column, type: 'NULL', sqlType, metadata, span };
}

function equality(left: ResolvedExpression, right: ResolvedExpression): ResolvedCondition {
  return { kind: 'comparison', operator: '=', left, right };
}

function and(operands: readonly ResolvedCondition[]): ResolvedCondition {
  return { kind: 'logical', operator: 'AND', operands };
}
