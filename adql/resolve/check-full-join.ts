import type { Span } from '../ast.ts';
import { AdqlError } from '../error.ts';
import type { Relation, ResolvedCondition, ResolvedExpression } from './resolved.ts';
import { columnsIn } from './walk.ts';

type Side = 'left' | 'right';

/**
 * PostgreSQL can do a FULL JOIN only on equalities between the two sides (merge or hash join); the
 * rare other ones are refused here, in words.
 */
export function checkFullJoin(
  on: ResolvedCondition | null,
  sides: Readonly<Record<Side, readonly Relation[]>>,
  span: Span,
): void {
  if (on === null) return;
  const operands = on.kind === 'logical' && on.operator === 'AND' ? on.operands : [on];
  if (operands.every((operand) => isEqualityBetween(operand, sides))) return;
  throw new AdqlError(
    'unsupported',
    'FULL JOIN takes only conditions of the form left.column = right.column, joined by AND. ' +
      'Put other conditions into WHERE, or into a subquery in FROM.',
    span,
  );
}

function isEqualityBetween(
  condition: ResolvedCondition,
  sides: Readonly<Record<Side, readonly Relation[]>>,
): boolean {
  if (condition.kind !== 'comparison' || condition.operator !== '=') return false;
  const isOf = (expression: ResolvedExpression, side: Side): boolean => {
    const columns = columnsIn(expression);
    return columns.length > 0 && columns.every(({ relation }) => sides[side].includes(relation));
  };
  const { left, right } = condition;
  return (
    (isOf(left, 'left') && isOf(right, 'right')) || (isOf(left, 'right') && isOf(right, 'left'))
  );
}
