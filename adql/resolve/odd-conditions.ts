import type { Comparison } from '../ast.ts';
import { warnOnce } from '../warn-once.ts';
import type { ResolvedCondition, ResolvedExpression } from './resolved.ts';
import { type Statement, textOf } from './scope.ts';

/** Tells of a comparison that is right as ADQL and can hold for no row. */
export function warnOfComparison(
  comparison: Comparison,
  resolved: ResolvedCondition,
  statement: Statement,
): void {
  const { left, right, span } = comparison;
  if (left.kind === 'null' || right.kind === 'null') {
    const message = 'A comparison with NULL holds for no row: write IS NULL or IS NOT NULL.';
    warnOnce(statement.warnings, message, span);
  }
  if (resolved.kind === 'sky-condition') warnOfShapeInPoint(resolved, statement);
}

/** `CONTAINS(CIRCLE(...), POINT(...))`: the point has to be the first of the two. */
function warnOfShapeInPoint(
  { operand }: Extract<ResolvedCondition, { kind: 'sky-condition' }>,
  statement: Statement,
): void {
  const [shape, point] = operand.arguments;
  const isWide = shape.type === 'CIRCLE' || shape.type === 'POLYGON';
  if (operand.relation !== 'contains' || !isWide || point.type !== 'POINT') return;
  const [inner, outer] = [shape, point].map(({ span }) => textOf(span, statement));
  const message =
    'CONTAINS asks whether the first shape lies in the second, and nothing wide lies in a point: ' +
    `the other way round it is CONTAINS(${outer ?? ''}, ${inner ?? ''}).`;
  warnOnce(statement.warnings, message, operand.span);
}

/** Tells of signs in the pattern of a LIKE that mean something elsewhere and nothing here. */
export function warnOfPattern(pattern: ResolvedExpression, statement: Statement): void {
  if (pattern.kind !== 'literal' || pattern.value === null) return;
  const message = oddityOf(pattern.value);
  if (message !== null) warnOnce(statement.warnings, message, pattern.span);
}

function oddityOf(pattern: string): string | null {
  if (/\\[%_]/.test(pattern)) {
    return (
      'LIKE has no escape character in ADQL: the backslash stands for itself, _ for any one ' +
      'character and % for any text.'
    );
  }
  if (pattern.includes('*') && !/[%_]/.test(pattern)) {
    return 'The wildcards of LIKE are % for any text and _ for one character; * stands for itself.';
  }
  return null;
}
