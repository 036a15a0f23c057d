import { signatures } from '../../../adql/functions/signatures.ts';
import { several } from './draw.ts';
import { type Column, comparable, deeper, type Kind, type Scope } from './scope.ts';
import { withAlias } from './write-from.ts';
import { writeCall } from './write-value.ts';

/** What is grouped by: as it stands in GROUP BY, and wherever it is used. */
export type Grouped = Column;

interface Groups {
  /** GROUP BY; empty when all rows are one group. */
  readonly grouped: readonly Grouped[];
  /** HAVING, with a blank before it, or nothing. */
  readonly having: string;
  /** What a group has: what is grouped by, and aggregates. */
  readonly scope: Scope;
}

interface Place {
  /** The columns of this query's own FROM. */
  readonly own: readonly Column[];
  /** What is around this query. */
  readonly around: Scope;
}

export function writeGroups(rows: Scope, { own, around }: Place): Groups {
  const { draw } = rows;
  const columns = own.filter(({ kind }) => isGroupable(kind) && draw.chance(15)).slice(0, 2);
  const computed = own.filter(({ kind }) => isGroupable(kind) && draw.chance(5)).slice(0, 1);
  const values = computed.map((column) => compute(column, rows));
  const grouped = [...columns, ...values];
  // In SQL an aggregate of outer columns alone belongs to the outer query.
  const ofRows = { ...rows, columns: own, outer: withAlias(own), depth: Math.min(rows.depth, 2) };
  const aggregates = several(draw, 3, () => writeAggregate(ofRows));
  const scope = {
    ...rows,
    columns: [...grouped, ...aggregates, ...around.outer],
    outer: [
      ...withAlias(columns),
      ...(withAlias(computed).length > 0 ? values : []),
      ...around.outer,
    ],
  };
  const having = draw.chance(40) ? ` HAVING ${scope.write.condition(deeper(scope))}` : '';
  return { grouped, having, scope };
}

const groupable: readonly Kind[] = [...comparable, 'boolean', 'opaque', 'point'];

function isGroupable(kind: Kind): boolean {
  return groupable.includes(kind);
}

type Computation = (column: string) => readonly [Kind, string];

const computations: Readonly<Partial<Record<Kind, readonly Computation[]>>> = {
  integer: [
    (column) => ['integer', `MOD(${column}, 3)`],
    (column) => ['integer', `(${column} + 1)`],
    (column) => ['text', `CAST(${column} AS VARCHAR)`],
  ],
  number: [
    (column) => ['number', `ROUND(${column}, 1)`],
    (column) => ['number', `(${column} * 2 - 1)`],
    (column) => ['integer', `CONTAINS(POINT(${column}, 1), CIRCLE(10, 20, 5))`],
  ],
  text: [(column) => ['text', `UPPER(${column})`], (column) => ['text', `(${column} || 'x')`]],
  time: [(column) => ['number', `ivo_to_mjd(${column})`]],
};

const ofAnyKind: readonly Computation[] = [
  (column) => ['integer', `CASE WHEN ${column} IS NULL THEN 1 ELSE 2 END`],
];

function compute(column: Column, { draw }: Scope): Grouped {
  const choices = [...(computations[column.kind] ?? []), ...ofAnyKind];
  const [kind, text] = draw.pick(choices)(column.text);
  return { kind, text, unit: null };
}

const collecting = signatures.filter(({ aggregate, result }) => aggregate && result === 'VARCHAR');

function writeAggregate(scope: Scope): Column {
  const { draw } = scope;
  const distinct = draw.pick(['', '', 'DISTINCT ', 'ALL ']);
  const of = (kind: Kind): string => distinct + scope.write.value(kind, deeper(scope));
  const column = (kind: Kind, text: string): Column => ({ kind, text, unit: null });
  const [collect] = collecting;
  const numbers = ['integer', 'number', 'boolean'] as const;
  return draw.pick([
    () => column('integer', 'COUNT(*)'),
    () => column('integer', `COUNT(${of(draw.pick([...groupable, 'circle', 'region']))})`),
    () => column('number', `AVG(${of(draw.pick(numbers))})`),
    () => column('number', `SUM(${of(draw.pick(numbers))})`),
    () => {
      const kind = draw.pick(comparable);
      return column(kind, `${draw.pick(['MIN', 'MAX'])}(${of(kind)})`);
    },
    () => column('text', collect === undefined ? 'MIN(NULL)' : writeCall(collect, deeper(scope))),
  ])();
}
