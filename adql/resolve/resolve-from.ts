import type {
  DerivedTable,
  Identifier,
  Join,
  JoinCondition,
  NamedTable,
  Span,
  TableReference,
} from '../ast.ts';
import { AdqlError } from '../error.ts';
import { operandOf, unify } from './coerce.ts';
import { findTable } from './find-table.ts';
import { resolveFullJoin } from './full-join.ts';
import { addRelation, columnsOfQuery } from './recast-columns.ts';
import { expressionOf, nameOf, relationColumns } from './resolve-column.ts';
import type { Relation, ResolvedCondition, ResolvedFrom } from './resolved.ts';
import {
  type Enclosing,
  matching,
  type Scope,
  type Statement,
  type VisibleColumn,
} from './scope.ts';

/** A part of FROM, and what names can mean because of it. */
interface FromPart {
  readonly tree: ResolvedFrom;
  readonly columns: readonly VisibleColumn[];
  readonly relations: readonly Relation[];
}

interface Surroundings {
  readonly statement: Statement;
  readonly enclosing: Enclosing | null;
}

const maximumTables = 200;

/** The tables of FROM, and the scope in which the rest of the SELECT finds its names. */
export function resolveFrom(
  references: readonly TableReference[],
  surroundings: Surroundings,
): { readonly from: readonly ResolvedFrom[]; readonly scope: Scope } {
  const parts = references.map((reference) => resolveReference(reference, surroundings));
  const relations = parts.flatMap((part) => part.relations);
  checkNamesDiffer(relations, references);
  const scope: Scope = {
    ...surroundings,
    columns: parts.flatMap((part) => part.columns),
    relations,
    noAggregatesIn: null,
  };
  return { from: parts.map(({ tree }) => tree), scope };
}

function resolveReference(reference: TableReference, surroundings: Surroundings): FromPart {
  // a JOIN b JOIN c JOIN ... leans to the left as far as it is long: no recursion on that side.
  const joins: Join[] = [];
  let leftmost = reference;
  while (leftmost.kind === 'join') {
    joins.push(leftmost);
    leftmost = leftmost.left;
  }
  let part = resolveTable(leftmost, surroundings);
  for (const join of joins.reverse()) {
    const right = resolveReference(join.right, surroundings);
    part = joinParts(join, [part, right], surroundings);
  }
  return part;
}

function resolveTable(table: NamedTable | DerivedTable, surroundings: Surroundings): FromPart {
  const { statement } = surroundings;
  if (statement.relations.length >= maximumTables) {
    const limit = `A query may name ${String(maximumTables)} tables.`;
    throw new AdqlError('too-complex', limit, table.span);
  }
  const relation =
    table.kind === 'named-table'
      ? namedRelation(table, statement)
      : derivedRelation(table, surroundings);
  return { tree: relation, columns: relationColumns(relation), relations: [relation] };
}

function namedRelation({ name, alias, span }: NamedTable, statement: Statement): Relation {
  const found = findTable(name, span, statement);
  const own =
    found.source.kind === 'table'
      ? [found.source.table.schema, found.source.table.name]
      : [found.name];
  return addRelation(statement, {
    source: found.source,
    exposedName: alias === null ? own : [alias.name],
    delimited: alias?.delimited ?? false,
    columns: found.columns,
  });
}

function derivedRelation(
  { query, alias }: DerivedTable,
  { statement, enclosing }: Surroundings,
): Relation {
  const resolved = statement.resolvers.query(query, statement, enclosing);
  return addRelation(statement, {
    source: { kind: 'query', query: resolved },
    exposedName: [alias.name],
    delimited: alias.delimited,
    columns: columnsOfQuery(resolved.columns),
  });
}

function checkNamesDiffer(
  relations: readonly Relation[],
  references: readonly TableReference[],
): void {
  const seen = new Set<string>();
  for (const relation of relations) {
    const name = nameOf(relation);
    const key = relation.delimited ? `"${name}"` : name.toLowerCase();
    if (seen.has(key)) throw sameName(name, references);
    seen.add(key);
  }
}

function sameName(name: string, references: readonly TableReference[]): AdqlError {
  const start = references[0]?.span.start ?? 0;
  const span: Span = { start, end: references.at(-1)?.span.end ?? start };
  const message = `FROM has two tables called ${name}: give one of them an alias.`;
  return new AdqlError('duplicate-name', message, span);
}

type Sides = readonly [left: FromPart, right: FromPart];

function joinParts(join: Join, sides: Sides, surroundings: Surroundings): FromPart {
  const [left, right] = sides;
  const relations = [...left.relations, ...right.relations];
  const pairs = commonColumns(join.condition, sides);
  const on =
    join.condition.kind === 'on'
      ? resolveOn(join.condition, { ...surroundings, sides, relations })
      : equalColumns(pairs, join.span, surroundings.statement);
  const trees = { left: left.tree, right: right.tree, on };
  return {
    tree:
      join.type === 'FULL'
        ? resolveFullJoin({ ...trees, span: join.span }, surroundings.statement)
        : { kind: 'join', type: join.type, ...trees },
    columns: joinedColumns(join.type, pairs, sides),
    relations,
  };
}

function resolveOn(
  { condition }: Extract<JoinCondition, { kind: 'on' }>,
  around: Surroundings & { readonly sides: Sides; readonly relations: readonly Relation[] },
): ResolvedCondition {
  const { statement, enclosing, sides, relations } = around;
  const columns = sides.flatMap((side) => side.columns);
  const scope: Scope = { statement, enclosing, columns, relations, noAggregatesIn: 'ON' };
  return statement.resolvers.condition(condition, scope);
}

type Pair = readonly [left: VisibleColumn, right: VisibleColumn];

/** The columns that USING names, or that NATURAL finds under the same name on both sides. */
function commonColumns(condition: JoinCondition, [left, right]: Sides): readonly Pair[] {
  switch (condition.kind) {
    case 'on':
    case 'none':
      return [];
    case 'using':
      return condition.columns.map((name): Pair => [
        usingColumn(name, left.columns, 'left'),
        usingColumn(name, right.columns, 'right'),
      ]);
    case 'natural':
      return left.columns.flatMap((column): readonly Pair[] => {
        const [other, ...more] = matching(column, right.columns);
        const alike = matching(column, left.columns);
        return other !== undefined && more.length === 0 && alike.length === 1
          ? [[column, other]]
          : [];
      });
  }
}

function usingColumn(
  name: Identifier,
  columns: readonly VisibleColumn[],
  side: 'left' | 'right',
): VisibleColumn {
  const [column, ...others] = matching(name, columns);
  if (column === undefined) {
    const message = `No column "${name.name}" on the ${side} side of the JOIN.`;
    throw new AdqlError('unknown-column', message, name.span);
  }
  if (others.length > 0) {
    const message = `More than one column "${name.name}" on the ${side} side of the JOIN.`;
    throw new AdqlError('ambiguous-column', message, name.span);
  }
  return column;
}

function equalColumns(
  pairs: readonly Pair[],
  span: Span,
  statement: Statement,
): ResolvedCondition | null {
  const operands = pairs.map((pair): ResolvedCondition => {
    const sides = pair.map((column) => expressionOf(column, span));
    const [left, right] = unify(sides.map(operandOf), statement);
    if (left === undefined || right === undefined) throw new RangeError('a pair has two sides');
    return { kind: 'comparison', operator: '=', left, right };
  });
  const [only, ...others] = operands;
  if (only === undefined) return null;
  return others.length === 0 ? only : { kind: 'logical', operator: 'AND', operands };
}

/** SQL-92 7.5: the common columns come first, once; then the rest of the left side and of the right. */
function joinedColumns(
  type: Join['type'],
  pairs: readonly Pair[],
  [left, right]: Sides,
): readonly VisibleColumn[] {
  const merged = pairs.map(([own, other]): VisibleColumn => {
    if (type === 'RIGHT') return { ...other, name: own.name };
    return type === 'FULL' ? { ...own, otherSide: other } : own;
  });
  const common = new Set(pairs.flat());
  const isRest = (column: VisibleColumn): boolean => !common.has(column);
  return [...merged, ...left.columns.filter(isRest), ...right.columns.filter(isRest)];
}
