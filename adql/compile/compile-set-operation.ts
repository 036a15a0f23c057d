import type { ResolvedSetOperation, ResolvedTerm } from '../resolve/resolved.ts';
import { call, comma, generated, join, type Sql, sql } from './sql.ts';

/** How one operand, which is no set operation itself, is compiled. */
type CompileTerm = (term: Exclude<ResolvedTerm, ResolvedSetOperation>) => Sql;

const operators = {
  UNION: sql` UNION `,
  EXCEPT: sql` EXCEPT `,
  INTERSECT: sql` INTERSECT `,
} as const satisfies Record<ResolvedSetOperation['operator'], Sql>;

/**
 * Every operand becomes a derived table: so it keeps its own ORDER BY and LIMIT, and the gate's
 * parser can read it. `a UNION b EXCEPT c` stays flat, however long.
 */
export function compileSetOperation(
  operation: ResolvedSetOperation,
  compileTerm: CompileTerm,
): Sql {
  const operations: ResolvedSetOperation[] = [operation];
  let leftmost = operation.left;
  while (leftmost.kind === 'set-operation' && isFlat(operations.at(-1), leftmost)) {
    operations.push(leftmost);
    leftmost = leftmost.left;
  }
  const operand = (term: ResolvedTerm): Sql => {
    const inner =
      term.kind === 'set-operation' ? compileSetOperation(term, compileTerm) : compileTerm(term);
    return sql`SELECT * FROM (${inner}) AS s1`;
  };
  const [last] = operations;
  if (last !== undefined && countsDuplicates(last)) {
    return compileMultiset(last, [operand(last.left), operand(last.right)]);
  }
  const rest = operations.reverse().map(({ operator, all, right }) => {
    return sql`${operators[operator]}${all ? sql`ALL ` : sql``}${operand(right)}`;
  });
  return join([operand(leftmost), ...rest], sql``);
}

/** Left operands stay flat while SQL, too, reads them from left to right. */
function isFlat(outer: ResolvedSetOperation | undefined, inner: ResolvedSetOperation): boolean {
  if (outer === undefined || countsDuplicates(outer) || countsDuplicates(inner)) return false;
  // INTERSECT binds tighter.
  return outer.operator !== 'INTERSECT' || inner.operator === 'INTERSECT';
}

function countsDuplicates({ operator, all }: ResolvedSetOperation): boolean {
  return all && operator !== 'UNION';
}

/**
 * EXCEPT ALL and INTERSECT ALL, which the gate's parser does not know: with duplicates numbered on
 * both sides, the plain operators pair them off one by one.
 */
function compileMultiset(
  { operator, columns }: ResolvedSetOperation,
  operands: readonly [Sql, Sql],
): Sql {
  const names = join(
    columns.map((_, index) => generated('c', index + 1)),
    comma,
  );
  const number = generated('c', columns.length + 1);
  const [left, right] = operands.map((operand) => {
    const counted = sql`${call('row_number')} OVER (PARTITION BY ${names}) AS ${number}`;
    return sql`SELECT ${names}, ${counted} FROM (${operand}) AS s1`;
  });
  const pairs = sql`${left ?? sql``}${operators[operator]}${right ?? sql``}`;
  return sql`SELECT ${names} FROM (${pairs}) AS s1`;
}
