import type {
  Expression,
  FunctionCall,
  NullLiteral,
  NumberLiteral,
  Operation,
  ScalarSubquery,
  Sign,
  StringLiteral,
} from '../ast.ts';
import { AdqlError } from '../error.ts';
import { geometryFunctionCalled } from '../functions/geometry-functions.ts';
import {
  columnTypeOf,
  metadataOf,
  type NumericType,
  sqlTypeOf,
  widerNumeric,
} from '../functions/value-type.ts';
import { numberFor, operandOf, textFor } from './coerce.ts';
import { resolveGeometry } from './geometry/resolve-geometry.ts';
import { literal, numberLiteral } from './literal.ts';
import { checkBelongsHere, insideAggregate, resolveAggregate } from './resolve-aggregate.ts';
import { resolveInUnit } from './resolve-in-unit.ts';
import { resolveCast } from './resolve-cast.ts';
import { resolveColumn } from './resolve-column.ts';
import { resolveCase, resolveCoalesce } from './resolve-choice.ts';
import { resolveCall, signaturesOf } from './resolve-call.ts';
import type { ChainLink, ResolvedChain, ResolvedExpression } from './resolved.ts';
import type { Enclosing, Scope } from './scope.ts';

/** Looks up every name in an expression and gives it, and each of its parts, a type. */
export function resolveExpression(expression: Expression, scope: Scope): ResolvedExpression {
  if (isLiteral(expression)) return resolveLiteral(expression);
  switch (expression.kind) {
    case 'column-reference':
      return resolveColumn(expression, scope);
    case 'sign':
      return resolveSign(expression, scope);
    case 'operation':
      return resolveChain(expression, scope);
    case 'function-call':
      return resolveFunctionCall(expression, scope);
    case 'aggregate':
      return resolveAggregate(expression, scope);
    case 'cast':
      return resolveCast(expression, resolveOperand(expression.operand, scope), scope.statement);
    case 'case':
      return resolveCase(expression, scope);
    case 'scalar-subquery':
      return resolveScalarSubquery(expression, scope);
  }
}

type Literal = NumberLiteral | StringLiteral | NullLiteral;

function isLiteral(expression: Expression): expression is Literal {
  const { kind } = expression;
  return kind === 'number' || kind === 'string' || kind === 'null';
}

function resolveLiteral(expression: Literal): ResolvedExpression {
  switch (expression.kind) {
    case 'number':
      return numberLiteral(expression.text, false, expression.span);
    case 'string':
      return literal(expression.value, 'VARCHAR', expression.span);
    case 'null':
      return literal(null, 'NULL', expression.span);
  }
}

function resolveOperand(expression: Expression, scope: Scope): ResolvedExpression {
  return operandOf(resolveExpression(expression, scope));
}

function resolveSign(sign: Sign, scope: Scope): ResolvedExpression {
  const { operator, operand, span } = sign;
  // -9223372036854775808 fits a long only together with its sign.
  if (operand.kind === 'number') return signedLiteral(operator, operand, span);
  const number = numberFor(operator, resolveOperand(operand, scope), scope.statement);
  if (operator === '+') return { ...number, span };
  const { type, sqlType } = number;
  const metadata = { ...metadataOf(type), unit: number.metadata.unit };
  return { kind: 'negation', operand: number, type, sqlType, metadata, span };
}

function signedLiteral(
  operator: Sign['operator'],
  { text }: NumberLiteral,
  span: Sign['span'],
): ResolvedExpression {
  return numberLiteral(text, operator === '-', span);
}

const precedences = { '||': 0, '+': 1, '-': 1, '*': 2, '/': 2 } as const;

/** Operators of one precedence, `a - b + c`, become one flat node: see `ResolvedChain`. */
function resolveChain(operation: Operation, scope: Scope): ResolvedChain {
  const links: Operation[] = [];
  let leftmost: Expression = operation;
  while (
    leftmost.kind === 'operation' &&
    precedences[leftmost.operator] === precedences[operation.operator]
  ) {
    links.push(leftmost);
    leftmost = leftmost.left;
  }
  links.reverse();
  return operation.operator === '||'
    ? resolveConcatenation(leftmost, links, scope)
    : resolveArithmetic(leftmost, links, scope);
}

function resolveConcatenation(
  leftmost: Expression,
  links: readonly Operation[],
  scope: Scope,
): ResolvedChain {
  const operand = (expression: Expression): ResolvedExpression =>
    textFor('||', resolveOperand(expression, scope), scope.statement);
  return {
    kind: 'chain',
    first: operand(leftmost),
    rest: links.map(({ operator, right }) => ({ operator, operand: operand(right) })),
    type: 'VARCHAR',
    sqlType: 'text',
    metadata: metadataOf('VARCHAR'),
    span: spanOf(leftmost, links),
  };
}

function resolveArithmetic(
  leftmost: Expression,
  links: readonly Operation[],
  scope: Scope,
): ResolvedChain {
  const operand = (expression: Expression, user: string): ReturnType<typeof numberFor> =>
    numberFor(user, resolveOperand(expression, scope), scope.statement);
  const first = operand(leftmost, links[0]?.operator ?? '');
  let type: NumericType = first.type;
  const rest = links.map(({ operator, right }): ChainLink => {
    const number = operand(right, operator);
    type = widerNumeric(type, number.type);
    return { operator, operand: number };
  });
  const span = spanOf(leftmost, links);
  return {
    kind: 'chain',
    first,
    rest,
    type,
    sqlType: sqlTypeOf(type),
    metadata: { ...metadataOf(type), unit: commonUnit(first, rest) },
    span,
  };
}

/** Sums and differences of values in one unit are in that unit; of the rest nothing is known. */
function commonUnit(first: ResolvedExpression, rest: readonly ChainLink[]): string | null {
  const { unit } = first.metadata;
  const isSum = rest.every(
    ({ operator, operand }) =>
      (operator === '+' || operator === '-') && operand.metadata.unit === unit,
  );
  return isSum ? unit : null;
}

function spanOf(leftmost: Expression, links: readonly Operation[]): Expression['span'] {
  return links.at(-1)?.span ?? leftmost.span;
}

function resolveFunctionCall(call: FunctionCall, scope: Scope): ResolvedExpression {
  const { name, span } = call;
  const resolveArguments = (inside: Scope): readonly ResolvedExpression[] =>
    call.arguments.map((argument) => resolveExpression(argument, inside));
  const upperCase = name.name.toUpperCase();
  if (upperCase === 'COALESCE') {
    return resolveCoalesce(call, resolveArguments(scope).map(operandOf), scope.statement);
  }
  if (upperCase === 'IN_UNIT') return resolveInUnit(call, resolveArguments(scope), scope.statement);
  const geometry = geometryFunctionCalled(name.name);
  if (geometry !== null) {
    const values = resolveArguments(scope);
    return resolveGeometry(call, geometry, { values, statement: scope.statement });
  }
  if (!signaturesOf(call).some(({ aggregate }) => aggregate)) {
    return resolveCall(call, resolveArguments(scope), scope.statement);
  }
  const values = resolveArguments(insideAggregate(name.name, span, scope));
  checkBelongsHere(name.name, values, scope);
  return resolveCall(call, values, scope.statement);
}

function resolveScalarSubquery({ query, span }: ScalarSubquery, scope: Scope): ResolvedExpression {
  const enclosing: Enclosing = { scope, outerColumns: [] };
  const resolved = scope.statement.resolvers.query(query, scope.statement, enclosing);
  const [column, ...others] = resolved.columns;
  if (column === undefined || others.length > 0) {
    throw new AdqlError(
      'wrong-arguments',
      `A query used as a value must select one column; this one selects ${String(resolved.columns.length)}.`,
      span,
    );
  }
  const subquery = { query: resolved, outerColumns: enclosing.outerColumns };
  const { sqlType } = column;
  return {
    kind: 'scalar-subquery',
    subquery,
    type: columnTypeOf(column),
    sqlType,
    metadata: column,
    span,
  };
}
