import {
  type Column,
  comparable,
  deeper,
  isComparable,
  type Scope,
  type Table,
  type Written,
} from './scope.ts';
import { type Draw, several } from './draw.ts';

/** One to five tables: named, derived, joined in every way. */
export function writeFrom(scope: Scope): Written {
  const { draw } = scope;
  if (draw.chance(20)) return bareTable(scope);
  if (draw.chance(15)) return mergedTables(scope);
  const trees = draw.chance(20)
    ? several(draw, 2, () => joinTree(scope))
    : [draw.chance(45) ? joinTree(scope) : table(scope)];
  return {
    text: trees.map(({ text }) => text).join(', '),
    columns: trees.flatMap(({ columns }) => columns),
  };
}

/** Its columns stand without the table's alias: alone, or behind all or the last part of its name. */
function bareTable({ draw, tables }: Scope): Written {
  const { text, columns } = draw.pick(tables);
  const qualifier = draw.pick(['', '', `${text}.`, `${text.split('.').at(-1) ?? ''}.`]);
  return {
    text,
    columns: columns.map((column): Column => ({ ...column, text: `${qualifier}${column.text}` })),
  };
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
  if (draw.chance(25)) {
    const { text, columns } = draw.pick(scope.tables);
    return { text: `(SELECT * FROM ${text})`, columns };
  }
  const kinds = [
    draw.pick(comparable),
    draw.pick(['number', 'point', 'polygon', 'opaque'] as const),
  ];
  const inner = { ...deeper(scope), columns: [] };
  const { text, columns } = scope.write.expression(inner, kinds);
  return { text: `(${text})`, columns };
}

/** Two or three tables; the parentheses say what is joined first. */
function joinTree(scope: Scope): Written {
  const { draw } = scope;
  const pair = joined(table(scope), table(scope), scope);
  if (draw.chance(60)) return pair;
  const third = table(scope);
  return draw.pick([
    () => joined(pair, third, scope),
    () => joined(inParentheses(pair), third, scope),
    () => joined(third, inParentheses(pair), scope),
  ])();
}

function inParentheses({ text, columns }: Written): Written {
  return { text: `(${text})`, columns };
}

const joins = ['JOIN', 'INNER JOIN', 'LEFT JOIN', 'LEFT OUTER JOIN', 'RIGHT JOIN', 'FULL JOIN'];

function joined(left: Written, right: Written, scope: Scope): Written {
  const { draw } = scope;
  const columns = [...left.columns, ...right.columns];
  if (draw.chance(8)) {
    return { text: `${left.text} ${draw.pick(['JOIN', 'CROSS JOIN'])} ${right.text}`, columns };
  }
  const kind = draw.pick(joins);
  if (draw.chance(50)) {
    const pairs = equalPairs(left, right);
    if (pairs.length > 0) {
      const on = several(draw, 2, () => draw.pick(pairs)).join(' AND ');
      return { text: `${left.text} ${kind} ${right.text} ON ${on}`, columns };
    }
  }
  const around = [...withAlias(columns), ...scope.outer];
  const on = scope.write.condition({ ...scope, columns, outer: around, depth: 1 });
  return { text: `${left.text} ${kind} ${right.text} ON ${on}`, columns };
}

function equalPairs(left: Written, right: Written): readonly string[] {
  return left.columns.flatMap((a) =>
    right.columns.flatMap((b) =>
      a.kind === b.kind && isComparable(a.kind) ? [`${a.text} = ${b.text}`] : [],
    ),
  );
}

/** NATURAL and USING: what both tables have stands once, without a table. */
function mergedTables(scope: Scope): Written {
  const { draw } = scope;
  const [left, right] = [table(scope), table(scope)];
  const shared = sharedColumns(left, right);
  const kind = draw.pick(joins);
  const all = [...left.columns, ...right.columns];
  const isMergeable = shared.every(({ mayMerge }) => mayMerge);
  if (isMergeable && draw.chance(50)) {
    const text = `${left.text} NATURAL ${kind} ${right.text}`;
    return { text, columns: [...shared.map(({ column }) => column), ...all] };
  }
  const usable = shared.filter(({ mayMerge }) => mayMerge).map(({ column }) => column);
  if (usable.length === 0) return joined(left, right, scope);
  const used = usable.filter((_, index) => index === 0 || draw.chance(30));
  const names = used.map(({ text }) => text).join(', ');
  return {
    text: `${left.text} ${kind} ${right.text} USING (${names})`,
    columns: [...used, ...all],
  };
}

interface Shared {
  /** By its bare name. */
  readonly column: Column;
  readonly mayMerge: boolean;
}

function sharedColumns(left: Written, right: Written): readonly Shared[] {
  return byName(left).flatMap((column): readonly Shared[] => {
    const same = byName(right).filter(({ text }) => text === column.text);
    const [other] = same;
    if (other === undefined) return [];
    return [{ column, mayMerge: other.kind === column.kind && isComparable(column.kind) }];
  });
}

/** Each column once, a region as a region. */
function byName({ columns }: Written): readonly Column[] {
  const named = columns.map((column) => ({
    ...column,
    text: column.text.slice(column.text.indexOf('.') + 1),
  }));
  return named.filter(
    (column, index) => named.findIndex(({ text }) => text === column.text) === index,
  );
}

/** What subqueries may use of the tables: by an alias, which no other table has. */
export function withAlias(columns: readonly Column[]): readonly Column[] {
  return columns.filter(({ text }) => /^t\d+\./.test(text));
}

/** The choice of what `*` stands for. */
export function writeAllColumns({ draw, tables }: Scope): string {
  const [left, right] = [draw.pick(tables), draw.pick(tables)];
  const shared = left.columns.filter(({ text, kind }) =>
    right.columns.some((other) => other.text === text && other.kind === kind && isComparable(kind)),
  );
  const join = draw.pick(['JOIN', 'LEFT JOIN', 'RIGHT OUTER JOIN', 'FULL JOIN']);
  const using = shared.length === 0 ? 'ON 1 = 1' : `USING (${draw.pick(shared).text})`;
  const from = draw.pick([
    `${left.text} AS l`,
    `${left.text} AS l NATURAL INNER JOIN lab.keys AS r`,
    `${left.text} AS l ${shared.length === 0 ? 'JOIN' : join} ${right.text} AS r ${using}`,
  ]);
  return `SELECT ${selected(draw)} FROM ${from} LIMIT ${String(draw.nat(9))}`;
}

function selected(draw: Draw): string {
  return draw.pick(['*', 'l.*', '*, l.*', 'DISTINCT l.*', "TOP 3 l.*, 'x', 1 + 1 AS two"]);
}
