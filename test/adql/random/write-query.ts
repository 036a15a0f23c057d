import { signatures } from '../../../adql/functions/signatures.ts';
import { type Draw, several } from './draw.ts';
import {
  type Column,
  comparable,
  deeper,
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
  if (draw.chance(80)) return writeExpression(scope, anyKinds(draw)).text;
  const common = several(draw, 2, (index) => {
    const { text, columns } = writeExpression(deeper(scope), anyKinds(draw));
    return { name: `w${String(index)}`, text, columns };
  });
  const known = common.map(({ name, columns }): Table => ({ text: name, columns }));
  const list = common.map(({ name, text }) => `${name} AS (${text})`).join(', ');
  const { text } = writeExpression({ ...scope, tables: [...known, ...known, ...tables] }, anyKinds(draw));
  return `WITH ${list} ${text}`;
}

export interface Written {
  readonly text: string;
  /** By their aliases. */
  readonly columns: readonly Column[];
}

const kinds: readonly Kind[] = [...comparable, ...comparable, 'point', 'circle', 'polygon', 'region'];

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

function isComparable(kind: Kind): boolean {
  return comparable.some((known) => known === kind);
}

function writeSelect(scope: Scope, wanted: readonly Kind[], { isOperand = false } = {}): Written {
  const { draw } = scope;
  const from = writeFrom(scope);
  const rows = rowsOf(from.columns, scope);
  const where = draw.chance(50) ? ` WHERE ${writeCondition(rows)}` : '';
  const groups = draw.chance(20) ? writeGroups(from.columns, scope) : null;
  const inside = groups?.scope ?? rows;
  const items = wanted.map((kind) => writeValue(kind, deeper(inside)));
  const distinct = draw.chance(10) ? 'DISTINCT ' : '';
  const top = draw.chance(20) ? `TOP ${String(draw.nat(5))} ` : '';
  const list = items.map((item, index) => `${item} AS x${String(index)}`).join(', ');
  const having = groups !== null && draw.chance(40) ? ` HAVING ${writeCondition(deeper(inside))}` : '';
  const rest = isOperand ? '' : writeEnd(inside, { wanted, isDistinct: distinct !== '' });
  const text = `SELECT ${distinct}${top}${list} FROM ${from.text}${where}${groups?.text ?? ''}${having}${rest}`;
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
      : `(${writeValue(draw.pick(comparable), { ...scope, depth: Math.min(scope.depth, 1) })})`;
  const isOrdered = draw.chance(30) && !(isDistinct && names.length === 0);
  const items = isOrdered ? several(draw, 2, () => `${item()}${draw.pick(['', ' ASC', ' DESC'])}`) : [];
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
  /** GROUP BY; empty where all rows are one group. */
  readonly text: string;
  /** What a group has: what is grouped by, and aggregates. */
  readonly scope: Scope;
}

function writeGroups(columns: readonly Column[], scope: Scope): Groups {
  const { draw } = scope;
  const grouped = columns
    .filter(({ kind }) => kind !== null && isComparable(kind))
    .filter(() => draw.chance(15))
    .slice(0, 2);
  // In SQL an aggregate of outer columns alone belongs to the outer query.
  const own = rowsOf(columns, { ...scope, outer: [], depth: Math.min(scope.depth, 2) });
  const aggregates = several(draw, 3, () => writeAggregate(own));
  const text = grouped.length === 0 ? '' : ` GROUP BY ${grouped.map((c) => c.text).join(', ')}`;
  const rows = rowsOf(grouped, scope);
  return { text, scope: { ...rows, columns: [...rows.columns, ...aggregates] } };
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
