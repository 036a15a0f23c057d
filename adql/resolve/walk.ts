import type {
  ResolvedCase,
  ResolvedColumn,
  ResolvedCondition,
  ResolvedExpression,
  ResolvedSubquery,
} from './resolved.ts';

export type ResolvedNode = ResolvedExpression | ResolvedCondition;

/** The expressions and conditions directly inside one; a subquery's inside is not looked into. */
export function partsOf(node: ResolvedNode): readonly ResolvedNode[] {
  return 'type' in node ? partsOfExpression(node) : partsOfCondition(node);
}

function partsOfExpression(node: ResolvedExpression): readonly ResolvedNode[] {
  if ('arguments' in node) return node.arguments;
  switch (node.kind) {
    case 'column':
    case 'literal':
    case 'scalar-subquery':
      return [];
    case 'negation':
    case 'cast':
      return [node.operand];
    case 'chain':
      return [node.first, ...node.rest.map(({ operand }) => operand)];
    case 'case':
      return [...node.branches.flatMap(({ when, then }) => [when, then]), ...elseOf(node)];
  }
}

function elseOf({ otherwise }: ResolvedCase): readonly ResolvedExpression[] {
  return otherwise === null ? [] : [otherwise];
}

function partsOfCondition(node: ResolvedCondition): readonly ResolvedNode[] {
  if ('operand' in node) return [node.operand, ...furtherParts(node)];
  switch (node.kind) {
    case 'exists':
      return [];
    case 'logical':
      return node.operands;
    case 'comparison':
      return [node.left, node.right];
  }
}

type ConditionOnOperand = Extract<ResolvedCondition, { operand: unknown }>;

function furtherParts(node: ConditionOnOperand): readonly ResolvedNode[] {
  switch (node.kind) {
    case 'not':
    case 'is-null':
    case 'in-subquery':
    case 'sky-condition':
      return [];
    case 'between':
      return [node.low, node.high];
    case 'in-list':
      return node.values;
    case 'like':
      return [node.pattern];
  }
}

export function subqueryOf(node: ResolvedNode): ResolvedSubquery | null {
  return 'subquery' in node ? node.subquery : null;
}

/** Whether a query stands anywhere inside. */
export function hasSubquery(node: ResolvedNode): boolean {
  return subqueryOf(node) !== null || partsOf(node).some(hasSubquery);
}

/** Every column that the node mentions, also those of outer queries mentioned by its subqueries. */
export function columnsIn(node: ResolvedNode): readonly ResolvedColumn[] {
  if (node.kind === 'column') return [node];
  const outerColumns = subqueryOf(node)?.outerColumns ?? [];
  return [...outerColumns, ...partsOf(node).flatMap(columnsIn)];
}

/** Of this query: aggregates inside a subquery are the subquery's. */
export function hasAggregate(node: ResolvedNode): boolean {
  return node.kind === 'aggregate' || partsOf(node).some(hasAggregate);
}

/**
 * Whether two nodes are the same expression, wherever they stand: then their SQL is the same, and
 * PostgreSQL takes them for one. Tables are the same only as the same use of a table.
 */
export function areSame(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (!isObject(left) || !isObject(right) || left['kind'] === 'relation') return false;
  if (left['kind'] !== right['kind']) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => isAside(key) || areSame(left[key], right[key]))
  );
}

/** Where it stands and how clients are told of it do not change what it is. */
function isAside(key: string): boolean {
  return key === 'span' || key === 'metadata';
}

function isObject(node: unknown): node is Readonly<Record<string, unknown>> {
  return typeof node === 'object' && node !== null;
}
