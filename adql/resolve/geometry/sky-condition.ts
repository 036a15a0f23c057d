import type { ComparisonOperator } from '../../ast.ts';
import type { ResolvedCondition, ResolvedExpression } from '../resolved.ts';

/**
 * `CONTAINS(...) = 1` in any spelling (1 = , <> 0, > 0, >= 1, and = 0, < 1...) as what it says; null when
 * the comparison is none of these. NULL stays NULL either way.
 */
export function skyCondition(
  operator: ComparisonOperator,
  left: ResolvedExpression,
  right: ResolvedExpression,
): ResolvedCondition | null {
  if (right.kind === 'sky-predicate' && left.kind !== 'sky-predicate') {
    return skyCondition(mirrored[operator], right, left);
  }
  const isNumber = right.kind === 'literal' && right.value !== null;
  if (left.kind !== 'sky-predicate' || !isNumber) return null;
  const compares = comparisons[operator];
  const holdsWhenTrue = compares(1, Number(right.value));
  const holdsWhenFalse = compares(0, Number(right.value));
  if (holdsWhenTrue === holdsWhenFalse) return null;
  return { kind: 'sky-condition', operand: left, holds: holdsWhenTrue };
}

const mirrored = {
  '=': '=',
  '<>': '<>',
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
} as const satisfies Record<ComparisonOperator, ComparisonOperator>;

const comparisons: Readonly<Record<ComparisonOperator, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '<>': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};
