import type { ComparisonOperator } from '../ast.ts';
import type { SqlType } from '../catalog.ts';
import type {
  ResolvedCondition,
  ResolvedExpression,
  ResolvedLiteral,
} from '../resolve/resolved.ts';
import { type Compilers, compileExpression, compileOperand } from './compile-expression.ts';
import { comma, join, type Sql, sql, value } from './sql.ts';

type ConditionOf<Kind extends ResolvedCondition['kind']> = Extract<
  ResolvedCondition,
  { kind: Kind }
>;

export function compileCondition(condition: ResolvedCondition, compilers: Compilers): Sql {
  const operand = (expression: ResolvedExpression): Sql => compileOperand(expression, compilers);
  switch (condition.kind) {
    case 'logical':
      return compileLogical(condition, compilers);
    case 'not':
      return sql`NOT (${compileCondition(condition.operand, compilers)})`;
    case 'comparison': {
      const { left, operator, right } = condition;
      return sql`${operand(left)} ${comparisons[operator]} ${operand(right)}`;
    }
    case 'between': {
      const { negated, low, high } = condition;
      const range = sql`BETWEEN ${operand(low)} AND ${operand(high)}`;
      return sql`${operand(condition.operand)} ${not(negated)}${range}`;
    }
    case 'in-list':
      return compileInList(condition, compilers);
    case 'in-subquery': {
      const subquery = compilers.query(condition.subquery.query);
      return sql`${operand(condition.operand)} ${not(condition.negated)}IN (${subquery})`;
    }
    case 'like':
      return compileLike(condition, compilers);
    case 'is-null':
      return sql`${operand(condition.operand)} IS ${not(condition.negated)}NULL`;
    case 'exists':
      return sql`EXISTS (${compilers.query(condition.subquery.query)})`;
  }
}

const comparisons = {
  '=': sql`=`,
  '<>': sql`<>`,
  '<': sql`<`,
  '>': sql`>`,
  '<=': sql`<=`,
  '>=': sql`>=`,
} as const satisfies Record<ComparisonOperator, Sql>;

function not(negated: boolean): Sql {
  return negated ? sql`NOT ` : sql``;
}

function compileLogical({ operator, operands }: ConditionOf<'logical'>, compilers: Compilers): Sql {
  const compiled = operands.map((operand) => {
    const inner = compileCondition(operand, compilers);
    return operand.kind === 'logical' ? sql`(${inner})` : inner;
  });
  return join(compiled, operator === 'AND' ? sql` AND ` : sql` OR `);
}

/** Above this an IN list travels as one array: PostgreSQL allows 65,535 placeholders in all. */
const longestList = 50;

function compileInList(
  { operand, negated, values }: ConditionOf<'in-list'>,
  compilers: Compilers,
): Sql {
  const compiled = compileOperand(operand, compilers);
  const array = values.length > longestList ? arrayOf(values) : null;
  if (array !== null) {
    return negated ? sql`${compiled} <> ALL(${array})` : sql`${compiled} = ANY(${array})`;
  }
  const list = values.map((member) => compileExpression(member, compilers));
  return sql`${compiled} ${not(negated)}IN (${join(list, comma)})`;
}

/** From narrow to wide: the array is of the widest type among its members. */
const arrayTypes: readonly (readonly [SqlType, SqlType])[] = [
  ['integer', 'integer[]'],
  ['bigint', 'bigint[]'],
  ['double precision', 'double precision[]'],
];

/** Literals as one value, in PostgreSQL's text form of arrays; null when they have no array type here. */
function arrayOf(values: readonly ResolvedExpression[]): Sql | null {
  const literals = values.filter(
    (member): member is ResolvedLiteral => member.kind === 'literal' && member.value !== null,
  );
  if (literals.length < values.length) return null;
  if (literals.every(({ sqlType }) => sqlType === 'text')) {
    const quoted = literals.map((member) => quotedMember(member.value ?? ''));
    return value(`{${quoted.join(',')}}`, 'text[]');
  }
  const widest = Math.max(...new Set(literals.map(rankOf)));
  const arrayType = arrayTypes[widest]?.[1];
  const isNumeric = literals.every((member) => rankOf(member) !== -1);
  if (arrayType === undefined || !isNumeric) return null;
  return value(`{${literals.map((member) => member.value).join(',')}}`, arrayType);
}

function rankOf({ sqlType }: ResolvedLiteral): number {
  return arrayTypes.findIndex(([memberType]) => memberType === sqlType);
}

function quotedMember(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

/** ADQL's LIKE has no escape character; PostgreSQL's is the backslash unless told otherwise. */
function compileLike(
  { operand, operator, negated, pattern }: ConditionOf<'like'>,
  compilers: Compilers,
): Sql {
  const compared = sql`${compileOperand(operand, compilers)} ${not(negated)}`;
  const like = operator === 'LIKE' ? sql`LIKE` : sql`ILIKE`;
  if (pattern.kind === 'literal' && pattern.value !== null) {
    // Without an ESCAPE clause the trigram index can be used.
    return sql`${compared}${like} ${value(pattern.value.replaceAll('\\', '\\\\'), 'text')}`;
  }
  return sql`${compared}${like} ${compileOperand(pattern, compilers)} ESCAPE ''`;
}
