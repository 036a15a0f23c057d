import { writeCondition } from './write-condition.ts';
import { type Column, comparable, deeper, isComparable, type Scope, type Table } from './scope.ts';
import { writeExpression, type Written } from './write-query.ts';

/** One to three tables: named, derived, joined in every way. */
export function writeFrom(scope: Scope): Written {
  const { draw } = scope;
  if (draw.chance(25)) return bareTable(scope);
  const first = table(scope);
  if (draw.chance(55)) return first;
  const second = table(scope);
  const columns = [...first.columns, ...second.columns];
  if (draw.chance(25)) return { text: `${first.text}, ${second.text}`, columns };
  return { text: joined(first, second, scope), columns };
}

/** Its columns stand without the table's name. */
function bareTable({ draw, tables }: Scope): Written {
  return draw.pick(tables);
}

function table(scope: Scope): Written {
  const { draw } = scope;
  // No alias of a query may be that of a query around it, or columns of both would have one name.
  const alias = `t${String(draw.count())}`;
  const { text, columns } =
    scope.depth > 0 && draw.chance(15) ? derived(scope) : draw.pick(scope.tables);
  const named = columns.map((column): Column => ({ ...column, text: `${alias}.${column.text}` }));
  return { text: `${text}${draw.pick([' AS ', ' '])}${alias}`, columns: named };
}

function derived(scope: Scope): Table {
  const { draw } = scope;
  const kinds = [draw.pick(comparable), draw.pick(['number', 'point', 'polygon'] as const)];
  const inner = { ...deeper(scope), columns: [], outer: [] };
  const { text, columns } = writeExpression(inner, kinds);
  return { text: `(${text})`, columns };
}

function joined(left: Written, right: Written, scope: Scope): string {
  const { draw } = scope;
  const kind = draw.pick([
    'JOIN',
    'INNER JOIN',
    'LEFT JOIN',
    'LEFT OUTER JOIN',
    'RIGHT JOIN',
    'FULL JOIN',
  ]);
  const both = { ...scope, columns: [...left.columns, ...right.columns], outer: [] };
  if (kind === 'FULL JOIN' || draw.chance(50)) {
    const pair = equalPair(left, right, scope);
    if (pair !== null) return `${left.text} ${kind} ${right.text} ON ${pair}`;
  }
  const safe = kind === 'FULL JOIN' ? 'LEFT JOIN' : kind;
  return `${left.text} ${safe} ${right.text} ON ${writeCondition({ ...both, depth: 1 })}`;
}

function equalPair(left: Written, right: Written, { draw }: Scope): string | null {
  const pairs = left.columns.flatMap((a) =>
    right.columns.flatMap((b) =>
      a.kind === b.kind && isComparable(a.kind) ? [`${a.text} = ${b.text}`] : [],
    ),
  );
  return pairs.length === 0 ? null : draw.pick(pairs);
}
