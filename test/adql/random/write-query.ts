import { signatures } from '../../../adql/functions/signatures.ts';
import { type Draw, several } from './draw.ts';
import {
  type Column,
  comparable,
  deeper,
  isComparable,
  type Kind,
  type Scope,
  type Selected,
  type Table,
} from './scope.ts';
import { writeCondition } from './write-condition.ts';
import { writeFrom } from './write-from.ts';
import { writeCall, writeValue } from './write-value.ts';

/** A whole query over the tables, right in all its types: WITH, sets, subqueries and groups included. */
export function writeQuery(draw: Draw, tables: readonly Table[]): string {
  const scope: Scope = { draw, depth: 3, columns: [], outer: [], tables, subquery: writeSubquery };
  if (draw.chance(5)) return writeAllColumns(scope);
  if (draw.chance(80)) return writeExpression(scope, anyKinds(draw)).text;
  const common = several(draw, 2, (index) => {
    const { text, columns } = writeExpression(deeper(scope), anyKinds(draw));
    return { name: `w${String(index)}`, text, columns };
  });
  const known = common.map(({ name, columns }): Table => ({ text: name, columns }));
  const list = common.map(({ name, text }) => `${name} AS (${text})`).join(', ');
  const { text } = writeExpression(
    { ...scope, tables: [...known, ...known, ...tables] },
    anyKinds(draw),
  );
  return `WITH ${list} ${text}`;
}

/** `*` of tables that are joined by their common columns, which are left out of `*` once. */
function writeAllColumns({ draw, tables }: Scope): string {
  const [left, right] = [draw.pick(tables), draw.pick(tables)];
  const shared = left.columns.filter(({ text, kind }) =>
    right.columns.some((other) => other.text === text && other.kind === kind && isComparable(kind)),
  );
  const join = draw.pick(['JOIN', 'LEFT JOIN', 'RIGHT OUTER JOIN', 'FULL JOIN']);
  const using = shared.length === 0 ? 'ON 1 = 1' : `USING (${draw.pick(shared).text})`;
  const joined = draw.pick([
    `${left.text} AS l`,
    `${left.text} AS l NATURAL INNER JOIN lab.keys AS r`,
    `${left.text} AS l ${shared.length === 0 ? 'JOIN' : join} ${right.text} AS r ${using}`,
  ]);
  return `SELECT ${draw.pick(['*', 'l.*', '*, l.*'])} FROM ${joined} LIMIT ${String(draw.nat(9))}`;
}

export interface Written {
  readonly text: string;
  /** By their aliases. */
  readonly columns: readonly Column[];
}

const kinds: readonly Kind[] = [
  ...comparable,
  ...comparable,
  'point',
  'circle',
  'polygon',
  'region',
];

function anyKinds(draw: Draw): readonly Kind[] {
  return several(draw, 4, () => draw.pick(kinds));
}

/** A query with columns of these kinds, at times a combination of two. */
export function writeExpression(scope: Scope, wanted: readonly Kind[]): Written {
  const { draw } = scope;
  if (!draw.chance(15) || wanted.some((kind) => !isComparable(kind))) {
    return writeSelect(scope, wanted);
  }
  const left = writeSelect(deeper(scope), wanted, { isOperand: true });
  const right = writeSelect(deeper(scope), wanted, { isOperand: true });
  const operator = draw.pick(['UNION', 'EXCEPT', 'INTERSECT']) + draw.pick(['', ' ALL']);
  const order = draw.chance(40) ? ` ORDER BY ${String(1 + draw.nat(wanted.length - 1))} DESC` : '';
  return { text: `${left.text} ${operator} ${right.text}${order}`, columns: left.columns };
}

function writeSelect(scope: Scope, wanted: readonly Kind[], { isOperand = false } = {}): Written {
  const { draw } = scope;
  const from = writeFrom(scope);
  const where = draw.chance(50) ? ` WHERE ${writeCondition(rowsOf(from.columns, scope))}` : '';
  const groups = draw.chance(20)
    ? writeGroups(from.columns, scope)
    : { text: '', scope: rowsOf(from.columns, scope) };
  const list = wanted.map(
    (kind, index) => `${writeValue(kind, deeper(groups.scope))} AS x${String(index)}`,
  );
  const isDistinct = draw.chance(10);
  const top = draw.chance(20) ? `TOP ${String(draw.nat(5))} ` : '';
  const rest = isOperand ? '' : writeEnd(groups.scope, { wanted, isDistinct });
  const select = `SELECT ${isDistinct ? 'DISTINCT ' : ''}${top}${list.join(', ')}`;
  const text = `${select} FROM ${from.text}${where}${groups.text}${rest}`;
  const columns = wanted.map((kind, index) => ({ text: `x${String(index)}`, kind, unit: null }));
  return { text, columns };
}

interface Answer {
  readonly wanted: readonly Kind[];
  readonly isDistinct: boolean;
}

/** ORDER BY and OFFSET. */
function writeEnd(scope: Scope, { wanted, isDistinct }: Answer): string {
  const { draw } = scope;
  const names = wanted.flatMap((kind, index) =>
    isComparable(kind) ? [`x${String(index)}`, String(index + 1)] : [],
  );
  const item = (): string =>
    names.length > 0 && (isDistinct || draw.chance(60))
      ? draw.pick(names)
      : // A number alone would be that of a column.
        `COALESCE(${writeValue(draw.pick(comparable), { ...scope, depth: Math.min(scope.depth, 1) })})`;
  const isOrdered = draw.chance(30) && !(isDistinct && names.length === 0);
  const items = isOrdered
    ? several(draw, 2, () => `${item()}${draw.pick(['', ' ASC', ' DESC'])}`)
    : [];
  const order = items.length === 0 ? '' : ` ORDER BY ${items.join(', ')}`;
  return order + (draw.chance(10) ? ` OFFSET ${String(draw.nat(3))}` : '');
}

/** What a row has; a bare name would mean another column in a subquery. */
function rowsOf(columns: readonly Column[], scope: Scope): Scope {
  const qualified = columns.filter(({ text }) => text.includes('.'));
  return {
    ...scope,
    columns: [...columns, ...scope.outer],
    outer: [...qualified, ...scope.outer],
  };
}

interface Groups {
  /** GROUP BY, without which all rows are one group, and HAVING. */
  readonly text: string;
  /** What a group has: what is grouped by, and aggregates. */
  readonly scope: Scope;
}

function writeGroups(columns: readonly Column[], scope: Scope): Groups {
  const { draw } = scope;
  const grouped = columns
    .filter(({ kind }) => isComparable(kind))
    .filter(() => draw.chance(15))
    .slice(0, 2);
  // In SQL an aggregate of outer columns alone belongs to the outer query.
  const own = rowsOf(columns, { ...scope, outer: [], depth: Math.min(scope.depth, 2) });
  const aggregates = several(draw, 3, () => writeAggregate(own));
  const text = grouped.length === 0 ? '' : ` GROUP BY ${grouped.map((c) => c.text).join(', ')}`;
  const rows = rowsOf(grouped, scope);
  // A numeric column is grouped by as a double, which PostgreSQL does not see in subqueries.
  const { outer } = scope;
  const groups = { ...rows, outer, columns: [...rows.columns, ...aggregates] };
  const having = draw.chance(40) ? ` HAVING ${writeCondition(deeper(groups))}` : '';
  return { text: text + having, scope: groups };
}

const collecting = signatures.filter(({ aggregate, result }) => aggregate && result === 'VARCHAR');

function writeAggregate(scope: Scope): Column {
  const { draw } = scope;
  const distinct = draw.pick(['', '', 'DISTINCT ']);
  const of = (kind: Kind): string => distinct + writeValue(kind, deeper(scope));
  const column = (kind: Kind, text: string): Column => ({ kind, text, unit: null });
  const [collect] = collecting;
  return draw.pick([
    () => column('integer', 'COUNT(*)'),
    () => column('integer', `COUNT(${of(draw.pick(kinds))})`),
    () => column('number', `AVG(${of('number')})`),
    () => column('number', `SUM(${of(draw.pick(['integer', 'number']))})`),
    () => {
      const kind = draw.pick(comparable);
      return column(kind, `${draw.pick(['MIN', 'MAX'])}(${of(kind)})`);
    },
    () => column('text', collect === undefined ? 'MIN(NULL)' : writeCall(collect, deeper(scope))),
  ])();
}

/** One column; one row where it is to be a value. */
function writeSubquery(scope: Scope, { kind, isValue }: Selected): string {
  const inner = { ...scope, depth: Math.min(scope.depth, 1) };
  const { text } = writeExpression(inner, [kind]);
  return isValue ? `SELECT TOP 1 x0 FROM (${text}) AS one` : text;
}
