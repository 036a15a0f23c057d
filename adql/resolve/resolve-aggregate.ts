import type { Aggregate, Expression, Span } from '../ast.ts';
import { AdqlError } from '../error.ts';
import {
  type ComputedType,
  describeType,
  isInteger,
  isShape,
  metadataOf,
  sqlTypeOf,
} from '../functions/value-type.ts';
import { cast, numberFor, operandOf } from './coerce.ts';
import type { ResolvedAggregate, ResolvedExpression } from './resolved.ts';
import { type Scope, textOf } from './scope.ts';
import { columnsIn } from './walk.ts';

/** ADQL 2.1, "Set functions". COUNT and integer SUM give BIGINT, AVG and other SUM DOUBLE PRECISION. */
export function resolveAggregate(aggregate: Aggregate, scope: Scope): ResolvedExpression {
  const { name, argument, span } = aggregate;
  const inside = insideAggregate(name, span, scope);
  if (argument === '*') return aggregateOf({ name, type: 'BIGINT', argument: null, span });
  const value = resolveArgument(argument, inside);
  checkBelongsHere(name, [value], scope);
  const distinct = aggregate.distinct;
  switch (name) {
    case 'COUNT':
      return aggregateOf({ name, type: 'BIGINT', argument: value, distinct, span });
    case 'AVG': {
      const number = numberFor(name, operandOf(value), scope.statement);
      return keepUnit(
        aggregateOf({ name, type: 'DOUBLE PRECISION', argument: number, distinct, span }),
        value,
      );
    }
    case 'SUM':
      return resolveSum(aggregate, value, scope);
    case 'MIN':
    case 'MAX':
      return resolveExtreme(aggregate, operandOf(value), scope);
  }
}

/** The scope of an aggregate's arguments; an error where no aggregate may stand. */
export function insideAggregate(name: string, span: Span, scope: Scope): Scope {
  if (scope.noAggregatesIn !== null) {
    throw new AdqlError(
      'wrong-arguments',
      `${name} cannot stand in ${scope.noAggregatesIn}.` +
        (scope.noAggregatesIn === 'WHERE' ? ' Conditions on aggregates go into HAVING.' : ''),
      span,
    );
  }
  return { ...scope, noAggregatesIn: 'another aggregate' };
}

/** In SQL an aggregate of an outer query's columns alone would belong to that outer query. */
export function checkBelongsHere(
  name: string,
  values: readonly ResolvedExpression[],
  scope: Scope,
): void {
  const columns = values.flatMap(columnsIn);
  const [first] = columns;
  if (first === undefined) return;
  if (columns.some(({ relation }) => scope.relations.includes(relation))) return;
  throw new AdqlError(
    'unsupported',
    `${name} needs a column of the query that it stands in; ` +
      `${textOf(first.span, scope.statement)} is of the query around it.`,
    first.span,
  );
}

interface AggregateParts {
  readonly name: Aggregate['name'];
  readonly type: ComputedType;
  readonly argument: ResolvedExpression | null;
  readonly distinct?: boolean;
  readonly span: Span;
}

const sqlFunctions = { COUNT: 'count', AVG: 'avg', MAX: 'max', MIN: 'min', SUM: 'sum' } as const;

function aggregateOf({ name, type, argument, distinct, span }: AggregateParts): ResolvedAggregate {
  return {
    kind: 'aggregate',
    sqlFunction: sqlFunctions[name],
    distinct: distinct ?? false,
    arguments: argument === null ? [] : [argument],
    type,
    sqlType: sqlTypeOf(type),
    metadata: name === 'COUNT' ? { ...metadataOf(type), ucd: 'meta.number' } : metadataOf(type),
    span,
  };
}

function resolveArgument(argument: Expression, inside: Scope): ResolvedExpression {
  return inside.statement.resolvers.expression(argument, inside);
}

function resolveSum(
  { name, distinct, span }: Aggregate,
  value: ResolvedExpression,
  { statement }: Scope,
): ResolvedExpression {
  const number = numberFor(name, operandOf(value), statement);
  const type = isInteger(number.type) ? 'BIGINT' : 'DOUBLE PRECISION';
  // PostgreSQL would add up REALs in single precision.
  const argument = isInteger(number.type) ? number : cast(number, 'double precision');
  return keepUnit(aggregateOf({ name, type, argument, distinct, span }), value);
}

function resolveExtreme(
  { name, span }: Aggregate,
  value: ResolvedExpression,
  { statement }: Scope,
): ResolvedExpression {
  const argument =
    value.type === 'BOOLEAN'
      ? cast(value, 'integer')
      : value.type === 'NULL'
        ? cast(value, 'text')
        : value;
  if (argument.type === 'ARRAY' || argument.type === 'BLOB' || isShape(argument.type)) {
    const written = textOf(argument.span, statement);
    const problem = `${written} is ${describeType(argument.type)}.`;
    throw new AdqlError('wrong-type', `${name} needs values that have an order: ${problem}`, span);
  }
  const { type, sqlType } = argument;
  const { datatype, arraysize, xtype, unit, ucd } = argument.metadata;
  return {
    kind: 'aggregate',
    sqlFunction: sqlFunctions[name],
    // The smallest of all values is the smallest of the different ones.
    distinct: false,
    arguments: [argument],
    type,
    sqlType,
    metadata: { datatype, arraysize, xtype, unit, ucd, utype: null, description: null },
    span,
  };
}

function keepUnit(
  aggregate: ResolvedAggregate,
  { metadata }: ResolvedExpression,
): ResolvedAggregate {
  return { ...aggregate, metadata: { ...aggregate.metadata, unit: metadata.unit } };
}
