import type {
  Between,
  ColumnReference,
  Comparison,
  Condition,
  Expression,
  InSubquery,
  Like,
  QueryExpression,
} from '../ast.ts';
import { AdqlError } from '../error.ts';
import { columnTypeOf, describeType } from '../functions/value-type.ts';
import { areComparable, cast, operandOf, unify } from './coerce.ts';
import { skyCondition } from './geometry/sky-condition.ts';
import { literal } from './literal.ts';
import { warnOfComparison, warnOfPattern } from './odd-conditions.ts';
import { recastColumns } from './recast-columns.ts';
import { findColumn, unknownColumn } from './resolve-column.ts';
import type { ResolvedCondition, ResolvedExpression, ResolvedSubquery } from './resolved.ts';
import { bareName, type Enclosing, type Scope, shortened, textOf } from './scope.ts';

/** Looks up every name in a condition and checks that what is compared can be. */
export function resolveCondition(condition: Condition, scope: Scope): ResolvedCondition {
  const { kind } = condition;
  switch (kind) {
    case 'logical': {
      const operands = condition.operands.map((operand) => resolveCondition(operand, scope));
      return { kind, operator: condition.operator, operands };
    }
    case 'not':
      return { kind, operand: resolveCondition(condition.operand, scope) };
    case 'comparison':
      return resolveComparison(condition, scope);
    case 'between':
      return resolveBetween(condition, scope);
    case 'in-list': {
      const [operand, values] = resolveMany(condition.operand, condition.values, scope);
      return { kind, negated: condition.negated, operand, values };
    }
    case 'in-subquery':
      return resolveInSubquery(condition, scope);
    case 'like':
      return resolveLike(condition, scope);
    case 'is-null': {
      const operand = scope.statement.resolvers.expression(condition.operand, scope);
      return { kind, negated: condition.negated, operand };
    }
    case 'exists':
      return { kind, subquery: resolveSubquery(condition.query, scope) };
  }
}

function resolveComparison(comparison: Comparison, scope: Scope): ResolvedCondition {
  const { kind, operator } = comparison;
  const [left, right] = resolvePair(comparison.left, comparison.right, scope);
  const resolved = skyCondition(operator, left, right) ?? { kind, operator, left, right };
  warnOfComparison(comparison, resolved, scope.statement);
  return resolved;
}

/** Values that are compared with each other, the first one with all others. */
function resolveMany(
  first: Expression,
  others: readonly Expression[],
  scope: Scope,
): readonly [ResolvedExpression, readonly ResolvedExpression[]] {
  const operands = resolveOperands([first, ...others], scope);
  const unified = unify(operands, scope.statement);
  const [operand] = unified;
  if (operand === undefined) throw new RangeError('nothing to compare');
  return [operand, unified.slice(1)];
}

function resolvePair(
  left: Expression,
  right: Expression,
  scope: Scope,
): readonly [ResolvedExpression, ResolvedExpression] {
  const [operand, [value]] = resolveMany(left, [right], scope);
  if (value === undefined) throw new RangeError('nothing to compare with');
  return [operand, value];
}

function resolveBetween(
  { kind, negated, operand, low, high }: Between,
  scope: Scope,
): ResolvedCondition {
  const [value, [lowest, highest]] = resolveMany(operand, [low, high], scope);
  if (lowest === undefined || highest === undefined) throw new RangeError('BETWEEN needs two');
  return { kind, negated, operand: value, low: lowest, high: highest };
}

function resolveLike(like: Like, scope: Scope): ResolvedCondition {
  const { kind, operator, negated } = like;
  const operands = resolveOperands([like.operand, like.pattern], scope);
  const wrong = operands.find(({ type }) => type !== 'VARCHAR' && type !== 'NULL');
  if (wrong !== undefined) {
    const written = textOf(wrong.span, scope.statement);
    throw new AdqlError(
      'wrong-type',
      `${operator} compares text, but ${written} is ${describeType(wrong.type)}. ` +
        `Compare it with = or BETWEEN, or write CAST(${written} AS VARCHAR).`,
      wrong.span,
    );
  }
  const [operand, pattern] = operands;
  if (operand === undefined || pattern === undefined) throw new RangeError('LIKE needs two');
  warnOfPattern(pattern, scope.statement);
  return { kind, operator, negated, operand, pattern };
}

/**
 * The operands of a comparison. One in double quotes that names no column is taken for a string when
 * it stands beside text: services have long accepted `dataproduct_type = "image"`, and people write it.
 */
function resolveOperands(
  expressions: readonly Expression[],
  scope: Scope,
): readonly ResolvedExpression[] {
  const found = expressions.map((expression) =>
    isUnknownWord(expression, scope)
      ? expression
      : operandOf(scope.statement.resolvers.expression(expression, scope)),
  );
  const hasText = found.some((operand) => isResolved(operand) && operand.type === 'VARCHAR');
  return found.map((operand) => {
    if (isResolved(operand)) return operand;
    if (hasText && bareName(operand)?.delimited === true) return readAsString(operand, scope);
    throw unknownColumn(operand, scope, hasText);
  });
}

function isUnknownWord(expression: Expression, scope: Scope): expression is ColumnReference {
  if (expression.kind !== 'column-reference' || bareName(expression) === null) return false;
  return findColumn(expression, scope) === null;
}

function isResolved(operand: ColumnReference | ResolvedExpression): operand is ResolvedExpression {
  return operand.kind !== 'column-reference';
}

function readAsString({ name, span }: ColumnReference, { statement }: Scope): ResolvedExpression {
  const word = name[0]?.name ?? '';
  const quoted = `'${shortened(word).replaceAll("'", "''")}'`;
  statement.warnings.push({
    message:
      `${textOf(span, statement)} names no column: it was read as the string ${quoted}. ` +
      'Strings stand in single quotes in ADQL.',
    span,
  });
  return literal(word, 'VARCHAR', span);
}

function resolveSubquery(query: QueryExpression, scope: Scope): ResolvedSubquery {
  const enclosing: Enclosing = { scope, outerColumns: [] };
  const resolved = scope.statement.resolvers.query(query, scope.statement, enclosing);
  return { query: resolved, outerColumns: enclosing.outerColumns };
}

function resolveInSubquery(condition: InSubquery, scope: Scope): ResolvedCondition {
  const { kind, negated, query, span } = condition;
  const { statement } = scope;
  const operand = operandOf(statement.resolvers.expression(condition.operand, scope));
  const subquery = resolveSubquery(query, scope);
  const [column, ...others] = subquery.query.columns;
  if (column === undefined || others.length > 0) {
    const count = String(subquery.query.columns.length);
    throw new AdqlError(
      'wrong-arguments',
      `The query behind IN must select one column; this one selects ${count}.`,
      query.span,
    );
  }
  const type = columnTypeOf(column);
  if (operand.type !== 'NULL' && !areComparable(operand.type, type)) {
    const problem =
      `${textOf(operand.span, statement)} is ${describeType(operand.type)}, ` +
      `but the query behind IN selects ${describeType(type)}.`;
    throw new AdqlError('wrong-type', problem, span);
  }
  // JSON is compared as text.
  const sqlType = column.sqlType === 'jsonb' ? 'text' : column.sqlType;
  const comparable = recastColumns(subquery.query, [sqlType], statement);
  return {
    kind,
    negated,
    operand: operand.type === 'NULL' ? cast(operand, sqlType) : operand,
    subquery: { ...subquery, query: comparable },
  };
}
