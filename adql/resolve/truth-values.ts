import { warnOnce } from '../warn-once.ts';
import { isNumeric, type ValueType } from '../functions/value-type.ts';
import { literal } from './literal.ts';
import type { ResolvedExpression, ResolvedLiteral } from './resolved.ts';
import { type Statement, textOf } from './scope.ts';

const numbers: ReadonlyMap<string, string> = new Map([
  ['true', '1'],
  ['t', '1'],
  ['false', '0'],
  ['f', '0'],
]);

const truthTypes: ReadonlySet<ValueType> = new Set(['BOOLEAN', 'NULL']);

function isString(expression: ResolvedExpression): expression is ResolvedLiteral {
  return expression.kind === 'literal' && expression.type === 'VARCHAR';
}

/** Strings beside a boolean, as some archives teach them (`flag = 'True'`), read as 1 and 0. */
export function readTruthValues(
  expressions: readonly ResolvedExpression[],
  statement: Statement,
): readonly ResolvedExpression[] {
  const others = expressions.filter((expression) => !isString(expression));
  const areTruthValues = others.every(({ type }) => truthTypes.has(type) || isNumeric(type));
  if (!areTruthValues || !others.some(({ type }) => type === 'BOOLEAN')) return expressions;
  return expressions.map((expression) => {
    if (!isString(expression)) return expression;
    const number = numbers.get((expression.value ?? '').toLowerCase());
    if (number === undefined) return expression;
    const written = textOf(expression.span, statement);
    const message = `${written} stands beside a boolean: it was read as ${number}.`;
    warnOnce(statement.warnings, message, expression.span);
    return literal(number, 'INTEGER', expression.span);
  });
}
