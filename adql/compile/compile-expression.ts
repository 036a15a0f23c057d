import type { SqlType } from '../catalog.ts';
import type {
  ChainLink,
  ResolvedAggregate,
  ResolvedCase,
  ResolvedCast,
  ResolvedColumn,
  ResolvedCondition,
  ResolvedExpression,
  ResolvedLiteral,
  ResolvedQuery,
  ResolvedSkyCondition,
  ResolvedSkyPredicate,
} from '../resolve/resolved.ts';
import { memberOf } from './long-list.ts';
import { call, callOfMany, columnOf, join, type Sql, sql, value } from './sql.ts';

/**
 * Expressions hold conditions (CASE) and queries, which hold expressions: the compilers reach
 * each other through this table, so that no files import each other in a circle.
 */
export interface Compilers {
  readonly condition: (condition: ResolvedCondition) => Sql;
  readonly query: (query: ResolvedQuery) => Sql;
  readonly skyPredicate: (predicate: ResolvedSkyPredicate) => Sql;
  /** `CONTAINS(...) = 1`, or that it is 0. */
  readonly skyCondition: (condition: ResolvedSkyCondition) => Sql;
  /** What MIN and MAX are asked of. */
  readonly extremum: (argument: ResolvedExpression) => Sql;
}

export function compileExpression(expression: ResolvedExpression, compilers: Compilers): Sql {
  if (isLeaf(expression)) return compileLeaf(expression);
  switch (expression.kind) {
    case 'negation':
      return sql`- ${compileOperand(expression.operand, compilers)}`;
    case 'chain':
      return compileChain(expression, compilers);
    case 'call': {
      const { sqlFunction, arguments: operands } = expression;
      const member = memberOf(operands.length);
      const compiled = operands.map((operand) => member(compileExpression(operand, compilers)));
      return callOfMany(sqlFunction, compiled);
    }
    case 'aggregate':
      return compileAggregate(expression, compilers);
    case 'cast':
      return compileCast(expression, compilers);
    case 'case':
      return compileCase(expression, compilers);
    case 'scalar-subquery':
      return sql`(${compilers.query(expression.subquery.query)})`;
    case 'sky-predicate':
      return castTo(compilers.skyPredicate(expression), 'integer');
  }
}

type Leaf = ResolvedColumn | ResolvedLiteral;

function isLeaf(expression: ResolvedExpression): expression is Leaf {
  return expression.kind === 'column' || expression.kind === 'literal';
}

function compileLeaf(leaf: Leaf): Sql {
  return leaf.kind === 'column'
    ? columnOf(leaf.relation.number, leaf.column.sqlName)
    : value(leaf.value, leaf.sqlType);
}

/** An expression beside an operator: in parentheses unless it holds together without. */
export function compileOperand(expression: ResolvedExpression, compilers: Compilers): Sql {
  const compiled = compileExpression(expression, compilers);
  return needsParentheses[expression.kind] ? sql`(${compiled})` : compiled;
}

const needsParentheses: Readonly<Record<ResolvedExpression['kind'], boolean>> = {
  column: false,
  literal: false,
  negation: true,
  chain: true,
  call: false,
  aggregate: false,
  cast: false,
  case: true,
  'scalar-subquery': false,
  'sky-predicate': false,
};

const operators = {
  '+': sql` + `,
  '-': sql` - `,
  '*': sql` * `,
  '/': sql` / `,
  '||': sql` || `,
} as const satisfies Record<ChainLink['operator'], Sql>;

function compileChain(
  { first, rest }: Extract<ResolvedExpression, { kind: 'chain' }>,
  compilers: Compilers,
): Sql {
  const links = rest.flatMap(({ operator, operand }) => [
    operators[operator],
    operator === '/' ? compileDivisor(operand, compilers) : compileOperand(operand, compilers),
  ]);
  return join([compileOperand(first, compilers), ...links], sql``);
}

/** Division by zero gives NULL, as everything does that has no value. */
function compileDivisor(divisor: ResolvedExpression, compilers: Compilers): Sql {
  const canBeZero = divisor.kind !== 'literal' || Number(divisor.value) === 0;
  return canBeZero
    ? call('nullif', compileExpression(divisor, compilers), sql`0`)
    : compileOperand(divisor, compilers);
}

function compileAggregate(
  { sqlFunction, distinct, arguments: operands, sqlType }: ResolvedAggregate,
  compilers: Compilers,
): Sql {
  const isExtremum = sqlFunction === 'min' || sqlFunction === 'max';
  const compiled = operands.map((operand) =>
    isExtremum ? compilers.extremum(operand) : compileExpression(operand, compilers),
  );
  const [first, ...rest] = compiled;
  if (first === undefined) return call(sqlFunction, sql`*`);
  // The gate's parser knows DISTINCT in sum() and avg() only before a parenthesis.
  const counted = sqlFunction === 'count' ? sql`DISTINCT ${first}` : sql`DISTINCT (${first})`;
  const result = call(sqlFunction, distinct ? counted : first, ...rest);
  // PostgreSQL sums bigint, and averages integers, in numeric.
  const isNumeric = sqlFunction === 'sum' || sqlFunction === 'avg';
  return isNumeric ? castTo(result, sqlType) : result;
}

function compileCast({ operand, fit, sqlType }: ResolvedCast, compilers: Compilers): Sql {
  const compiled = compileExpression(operand, compilers);
  if (fit !== null) {
    const length = value(String(fit.characters), 'integer');
    return fit.padded ? call('rpad', compiled, length) : call('substr', compiled, sql`1`, length);
  }
  if (operand.type === 'TIMESTAMP' && sqlType === 'text') {
    const local = operand.sqlType === 'timestamp with time zone';
    return call('adql.timestamp_text', local ? castTo(compiled, timestamp) : compiled);
  }
  return castTo(compiled, sqlType);
}

const timestamp = 'timestamp without time zone';

/** Types that the translator casts to. */
const typeNames = {
  boolean: sql`boolean`,
  smallint: sql`smallint`,
  integer: sql`integer`,
  bigint: sql`bigint`,
  real: sql`real`,
  'double precision': sql`double precision`,
  numeric: sql`numeric`,
  text: sql`text`,
  'timestamp without time zone': sql`timestamp without time zone`,
  'timestamp with time zone': sql`timestamp with time zone`,
  jsonb: sql`jsonb`,
  bytea: sql`bytea`,
  'smallint[]': sql`smallint[]`,
  'integer[]': sql`integer[]`,
  'bigint[]': sql`bigint[]`,
  'real[]': sql`real[]`,
  'double precision[]': sql`double precision[]`,
  'text[]': sql`text[]`,
} as const satisfies Record<SqlType, Sql>;

function castTo(compiled: Sql, sqlType: SqlType): Sql {
  return sql`CAST(${compiled} AS ${typeNames[sqlType]})`;
}

function compileCase({ branches, otherwise }: ResolvedCase, compilers: Compilers): Sql {
  const member = memberOf(branches.length);
  const whens = branches.map(({ when, then }) => {
    const result = member(compileExpression(then, compilers));
    return sql`WHEN ${member(compilers.condition(when))} THEN ${result} `;
  });
  const last = otherwise === null ? sql`` : sql`ELSE ${compileExpression(otherwise, compilers)} `;
  return sql`CASE ${join(whens, sql``)}${last}END`;
}
