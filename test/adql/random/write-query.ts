import { type Draw, several } from './draw.ts';
import {
  comparable,
  deeper,
  isComparable,
  type Column,
  type Kind,
  type Scope,
  type Selected,
  type Table,
  type Writers,
  type Written,
} from './scope.ts';
import { writeCondition } from './write-condition.ts';
import { withAlias, writeAllColumns, writeFrom } from './write-from.ts';
import { type Grouped, writeGroups } from './write-groups.ts';
import { writeValue } from './write-value.ts';

/** A whole query over the tables, right in all its types: WITH, sets, subqueries and groups included. */
export function writeQuery(draw: Draw, tables: readonly Table[]): string {
  const scope: Scope = { draw, depth: 3, columns: [], outer: [], tables, write: writers };
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

const writers: Writers = {
  value: writeValue,
  condition: writeCondition,
  subquery: writeSubquery,
  expression: writeExpression,
};

const kinds: readonly Kind[] = [
  ...comparable,
  ...comparable,
  'point',
  'circle',
  'polygon',
  'region',
  'opaque',
];

function anyKinds(draw: Draw): readonly Kind[] {
  return several(draw, 4, () => draw.pick(kinds));
}

/** A query with columns of these kinds, at times a combination of several. */
function writeExpression(scope: Scope, wanted: readonly Kind[]): Written {
  const isCombinable = wanted.every((kind) => kind !== 'opaque' && kind !== 'region');
  return isCombinable && scope.draw.chance(15)
    ? writeSetOperation(scope, wanted)
    : writeSelect(scope, wanted);
}

function writeSetOperation(scope: Scope, wanted: readonly Kind[]): Written {
  const { draw } = scope;
  const first = writeOperand(deeper(scope), wanted);
  const others = several(draw, 2, () => {
    // Where numbers of two kinds meet, the column holds the wider one.
    const narrower = wanted.map((kind) =>
      kind === 'number' && draw.chance(30) ? 'integer' : kind,
    );
    const operator = draw.pick(['UNION', 'EXCEPT', 'INTERSECT']) + draw.pick(['', ' ALL']);
    return `${operator} ${writeOperand(deeper(scope), narrower).text}`;
  });
  const answer = { ...scope, columns: [...first.columns, ...scope.outer] };
  const end = writeEnd(answer, { columns: first.columns, mayOrderByAll: true });
  return { text: `${first.text} ${others.join(' ')}${end}`, columns: first.columns };
}

function writeOperand(scope: Scope, wanted: readonly Kind[]): Written {
  if (scope.depth <= 0 || scope.draw.chance(70)) {
    return writeSelect(scope, wanted, { isOperand: true });
  }
  const { text, columns } = writeExpression(scope, wanted);
  return { text: `(${text})`, columns };
}

function writeSelect(scope: Scope, wanted: readonly Kind[], { isOperand = false } = {}): Written {
  const { draw } = scope;
  const from = writeFrom(scope);
  const rows = rowsOf(from.columns, scope);
  const where = draw.chance(50) ? ` WHERE ${writeCondition(rows)}` : '';
  const groups = draw.chance(20)
    ? writeGroups(rows, { own: from.columns, around: scope })
    : { text: '', scope: rows, grouped: [], having: '' };
  const values = wanted.map((kind) => writeValue(kind, deeper(groups.scope)));
  const numbered = numberGroup(groups.grouped, { values, wanted, draw });
  const columns = wanted.map((kind, index) => ({ text: aliasOf(index, draw), kind, unit: null }));
  const isDistinct = draw.chance(10);
  const top = draw.chance(20) ? `TOP ${String(draw.nat(5))} ` : '';
  const end = writeEnd(groups.scope, { columns, mayOrderByAll: !isDistinct });
  const list = columns.map(({ text }, index) => `${numbered.values[index] ?? 'NULL'} AS ${text}`);
  const select = `SELECT ${isDistinct ? 'DISTINCT ' : ''}${top}${list.join(', ')}`;
  const groupBy = numbered.items.length === 0 ? '' : ` GROUP BY ${numbered.items.join(', ')}`;
  const text = `${select} FROM ${from.text}${where}${groupBy}${groups.having}`;
  return { text: isOperand ? text : text + end, columns };
}

function aliasOf(index: number, draw: Draw): string {
  const number = String(index);
  return draw.chance(85) ? `x${number}` : draw.pick([`"X ${number}"`, `"from${number}"`]);
}

interface List {
  readonly values: readonly string[];
  readonly wanted: readonly Kind[];
  readonly draw: Draw;
}

/** At times what is grouped by is a column of the select list, and called by its number. */
function numberGroup(
  grouped: readonly Grouped[],
  { values, wanted, draw }: List,
): { readonly values: readonly string[]; readonly items: readonly string[] } {
  const items = grouped.map(({ text }) => text);
  const [first] = grouped;
  const index = first === undefined ? -1 : wanted.indexOf(first.kind);
  if (first === undefined || index === -1 || !draw.chance(30)) return { values, items };
  return {
    values: values.map((value, at) => (at === index ? first.text : value)),
    items: [String(index + 1), ...items.slice(1)],
  };
}

interface Answer {
  readonly columns: readonly Column[];
  /** Not only by the columns of the answer. */
  readonly mayOrderByAll: boolean;
}

/** ORDER BY and OFFSET. */
function writeEnd(scope: Scope, { columns, mayOrderByAll }: Answer): string {
  const { draw } = scope;
  const names = columns.flatMap(({ text, kind }, index) =>
    isComparable(kind) ? [text, String(index + 1)] : [],
  );
  const item = (): string =>
    names.length > 0 && (!mayOrderByAll || draw.chance(60))
      ? draw.pick(names)
      : // A number alone would be that of a column.
        `COALESCE(${writeValue(draw.pick(comparable), { ...scope, depth: Math.min(scope.depth, 1) })})`;
  const isOrdered = draw.chance(30) && (mayOrderByAll || names.length > 0);
  const items = isOrdered
    ? several(draw, 2, () => `${item()}${draw.pick(['', ' ASC', ' DESC'])}`)
    : [];
  const order = items.length === 0 ? '' : ` ORDER BY ${items.join(', ')}`;
  return order + (draw.chance(10) ? ` OFFSET ${String(draw.nat(3))}` : '');
}

/** What a row has. */
function rowsOf(columns: readonly Column[], scope: Scope): Scope {
  return {
    ...scope,
    columns: [...columns, ...scope.outer],
    outer: [...withAlias(columns), ...scope.outer],
  };
}

/** One column; one row where it is to be a value. */
function writeSubquery(scope: Scope, { kind, isValue }: Selected): string {
  const inner = { ...scope, depth: Math.min(scope.depth, 1) };
  const { text, columns } = writeExpression(inner, [kind]);
  return isValue ? `SELECT TOP 1 ${columns[0]?.text ?? ''} FROM (${text}) AS one` : text;
}
