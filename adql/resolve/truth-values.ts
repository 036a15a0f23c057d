import { warnOnce } from '../warn-once.ts';
import { literal } from './literal.ts';
import type { ResolvedExpression } from './resolved.ts';
import { type Statement, textOf } from './scope.ts';

const numbers: ReadonlyMap<string, string> = new Map([
  ['true', '1'],
  ['t', '1'],
  ['false', '0'],
  ['f', '0'],
]);

/** Strings beside a boolean, as some archives teach them (`flag = 'True'`), read as 1 and 0. */
export function readTruthValues(
  expressions: readonly ResolvedExpression[],
  statement: Statement,
): readonly ResolvedExpression[] {
  if (!expressions.some(({ type }) => type === 'BOOLEAN')) return expressions;
  return expressions.map((expression) => {
    if (expression.kind !== 'literal' || expression.type !== 'VARCHAR') return expression;
    const number = numbers.get((expression.value ?? '').toLowerCase());
    if (number === undefined) return expression;
    const written = textOf(expression.span, statement);
    const message = `${written} stands beside a boolean: it was read as ${number}.`;
    warnOnce(statement.warnings, message, expression.span);
    return literal(number, 'INTEGER', expression.span);
  });
}
