import type { ComparisonOperator } from '../ast.ts';
import type { SqlType } from '../catalog.ts';
import type {
  ResolvedCondition,
  ResolvedExpression,
  ResolvedLiteral,
} from '../resolve/resolved.ts';
import { type Compilers, compileExpression, compileOperand } from './compile-expression.ts';
import { compileRegionSearch } from './compile-region-search.ts';
import { withReach } from './compile-sky.ts';
import { memberOf } from './long-list.ts';
import { call, comma, join, type Sql, sql, value } from './sql.ts';
import { storedColumn } from './stored-column.ts';
import { wordKeysOf } from './word-keys.ts';

type ConditionOf<Kind extends ResolvedCondition['kind']> = Extract<
  ResolvedCondition,
  { kind: Kind }
>;

export function compileCondition(condition: ResolvedCondition, compilers: Compilers): Sql {
  if (isOnSubquery(condition)) return compileOnSubquery(condition, compilers);
  const operand = (expression: ResolvedExpression): Sql => compileOperand(expression, compilers);
  switch (condition.kind) {
    case 'logical':
      return compileLogical(condition, (part) => compileCondition(part, compilers));
    case 'sky-condition':
      return compilers.skyCondition(condition);
    case 'not':
      return sql`NOT (${compileCondition(condition.operand, compilers)})`;
    case 'comparison': {
      const { left, operator, right } = condition;
      const compared = sql`${operand(left)} ${comparisons[operator]} ${operand(right)}`;
      return withReach(condition, compared, compilers);
    }
    case 'between': {
      const { negated, low, high } = condition;
      const range = sql`BETWEEN ${operand(low)} AND ${operand(high)}`;
      const compared = sql`${operand(condition.operand)} ${not(negated)}${range}`;
      return withReach(condition, compared, compilers);
    }
    case 'in-list':
      return compileInList(condition, compilers);
    case 'like':
      return compileLike(condition, compilers);
    case 'is-null':
      return sql`${operand(condition.operand)} IS ${not(condition.negated)}NULL`;
  }
}

type SubqueryCondition = ConditionOf<'in-subquery' | 'exists'>;

function isOnSubquery(condition: ResolvedCondition): condition is SubqueryCondition {
  return condition.kind === 'in-subquery' || condition.kind === 'exists';
}

function compileOnSubquery(condition: SubqueryCondition, compilers: Compilers): Sql {
  const subquery = compilers.query(condition.subquery.query);
  if (condition.kind === 'exists') return sql`EXISTS (${subquery})`;
  const operand = compileOperand(condition.operand, compilers);
  return sql`${operand} ${not(condition.negated)}IN (${subquery})`;
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

/**
 * A condition that selects rows (WHERE, ON, HAVING): there an unknown result is as good as a false one,
 * so that below AND and OR, but not below NOT, regions can be searched by their index.
 */
export function compileFilter(condition: ResolvedCondition, compilers: Compilers): Sql {
  if (condition.kind === 'logical') {
    return compileLogical(condition, (part) => compileFilter(part, compilers));
  }
  const search =
    condition.kind === 'sky-condition' && condition.holds
      ? compileRegionSearch(condition.operand, compilers)
      : null;
  return search ?? compileCondition(condition, compilers);
}

function compileLogical(
  { operator, operands }: ConditionOf<'logical'>,
  compile: (condition: ResolvedCondition) => Sql,
): Sql {
  const compiled = operands.map((operand) => {
    const inner = compile(operand);
    return operand.kind === 'logical' ? sql`(${inner})` : inner;
  });
  return join(compiled.map(memberOf(compiled.length)), operator === 'AND' ? sql` AND ` : sql` OR `);
}

/** Literals travel as one array: any number of them is one placeholder in one short statement. */
function compileInList(
  { operand, negated, values }: ConditionOf<'in-list'>,
  compilers: Compilers,
): Sql {
  const compiled = compileOperand(operand, compilers);
  const array = arrayOf(values, operand.sqlType);
  if (array !== null) {
    return negated ? sql`${compiled} <> ALL(${array})` : sql`${compiled} = ANY(${array})`;
  }
  const member = memberOf(values.length);
  const list = values.map((expression) => member(compileExpression(expression, compilers)));
  return sql`${compiled} ${not(negated)}IN (${join(list, comma)})`;
}

/** From narrow to wide. */
const arrayTypes: readonly (readonly [SqlType, SqlType])[] = [
  ['integer', 'integer[]'],
  ['bigint', 'bigint[]'],
  ['double precision', 'double precision[]'],
];

/**
 * Literals as one value, in PostgreSQL's text form of arrays; null when they have no array type here.
 * It is of the widest type among them and what they are compared with: PostgreSQL hashes a list only
 * of the same type as that (150,000 integers against 20,000 rows of bigint: 0.2 s, else 15 s).
 */
function arrayOf(values: readonly ResolvedExpression[], compared: SqlType): Sql | null {
  if (!values.every(isLiteral)) return null;
  const types = new Set(values.map(({ sqlType }) => sqlType));
  if (types.size === 1 && types.has('text')) return arrayValue(values, 'text[]');
  const ranks = [...types].map(rankOf);
  const widest = Math.max(...ranks, rankOf(compared));
  const arrayType = ranks.includes(-1) ? undefined : arrayTypes[widest]?.[1];
  return arrayType === undefined ? null : arrayValue(values, arrayType);
}

function rankOf(sqlType: SqlType): number {
  return arrayTypes.findIndex(([memberType]) => memberType === sqlType);
}

function isLiteral(member: ResolvedExpression): member is ResolvedLiteral {
  return member.kind === 'literal';
}

function arrayValue(literals: readonly ResolvedLiteral[], type: SqlType): Sql {
  const member = type === 'text[]' ? quotedMember : (text: string): string => text;
  const members = literals.map((literal) =>
    literal.value === null ? 'NULL' : member(literal.value),
  );
  return value(`{${members.join(',')}}`, type);
}

function quotedMember(text: string): string {
  // Of 100,000 strings hardly one: the regular expression takes ten times as long.
  if (!text.includes('"') && !text.includes('\\')) return `"${text}"`;
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

/** ADQL's LIKE has no escape character; PostgreSQL's is the backslash unless told otherwise. */
function compileLike(condition: ConditionOf<'like'>, compilers: Compilers): Sql {
  const { operand, operator, negated, pattern } = condition;
  const compared = sql`${compileOperand(operand, compilers)} ${not(negated)}`;
  const like = operator === 'LIKE' ? sql`LIKE` : sql`ILIKE`;
  if (pattern.kind === 'literal' && pattern.value !== null) {
    // Without an ESCAPE clause the trigram index can be used.
    const plain = value(pattern.value.replaceAll('\\', '\\\\'), 'text');
    const found = wordSearch(condition, pattern.value, compilers);
    return found === null
      ? sql`${compared}${like} ${plain}`
      : sql`(${found} AND ${call('textlike', compileExpression(operand, compilers), plain)})`;
  }
  return sql`${compared}${like} ${compileOperand(pattern, compilers)} ESCAPE ''`;
}

/**
 * The rows that hold the whole words of a pattern, by their index; null where there is none. Beside it
 * the pattern is tested by a function: as an operator it would have the trigram index walked as well.
 */
function wordSearch(
  { operand, operator, negated }: ConditionOf<'like'>,
  pattern: string,
  compilers: Compilers,
): Sql | null {
  const column = operator === 'LIKE' && !negated ? storedColumn(operand) : null;
  const keys = column?.table.wordIndexes?.includes(column.name) === true ? wordKeysOf(pattern) : [];
  if (keys.length === 0) return null;
  const words = call('adql.word_keys', compileExpression(operand, compilers));
  return sql`${words} @> ${value(`{${keys.map(quotedMember).join(',')}}`, 'text[]')}`;
}
