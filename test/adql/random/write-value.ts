import { signatures } from '../../../adql/functions/signatures.ts';
import type { ParameterType, Signature } from '../../../adql/functions/signature.ts';
import { several } from './draw.ts';
import {
  type Column,
  type Comparable,
  comparable,
  deeper,
  isComparable,
  type Kind,
  type Scope,
} from './scope.ts';
import { writeShape } from './write-shape.ts';

type Writer = (scope: Scope) => string;

/** A value of the kind, of everything that the language has to make one. */
export function writeValue(kind: Kind, scope: Scope): string {
  const { draw, depth } = scope;
  const columns = scope.columns.filter((column) => fits(column.kind, kind));
  if (columns.length > 0 && draw.chance(depth <= 0 ? 70 : 25)) return draw.pick(columns).text;
  if (kind === 'boolean' || kind === 'opaque') return writeStored(kind, columns, scope);
  if (!isComparable(kind)) return writeShape(kind, scope);
  if (depth <= 0) return draw.pick(literals[kind]);
  return draw.pick([...computed[kind], ...ofAnyKind(kind)])(deeper(scope));
}

/** Of what no literal is: a column, or one passed on. */
function writeStored(kind: 'boolean' | 'opaque', columns: readonly Column[], scope: Scope): string {
  const { draw } = scope;
  if (columns.length === 0) return 'NULL';
  const { text } = draw.pick(columns);
  if (scope.depth <= 0) return text;
  const inner = deeper(scope);
  return draw.pick([
    () => text,
    () => `COALESCE(${text}, NULL, ${text})`,
    () => `CASE WHEN ${scope.write.condition(inner)} THEN ${text} ELSE ${text} END`,
    // Where no table has a boolean, a subquery could select none.
    () => (kind === 'boolean' ? text : `(${scope.write.subquery(inner, { kind, isValue: true })})`),
  ])();
}

function fits(kind: Kind, wanted: Kind): boolean {
  return kind === wanted || (wanted === 'number' && kind === 'integer');
}

/** With quotes, words that LIKE and other languages know, numbers, and letters of other scripts. */
const strings = [
  ...["'TESS'", "'image'", "'it''s'", "''", "'%'", "'tess%-s0012-3-4%'", "'_ess\\%'", "'12.5'"],
  ...["'2021-03-04T05:06:07'", "'10 20'", "'aws'", "'ICRS'", "'é Ω 🜨'", "'$1'", `'"'`, "'--'"],
];

const literals: Readonly<Record<Comparable, readonly string[]>> = {
  integer: ['0', '1', '2', '12', '2147483647', '2147483648', '9223372036854775807'],
  number: ['1.5', '.5', '2.', '1e-7', '1E300', '45', '0.0', '1e-400', '12345678901234567890'],
  text: strings,
  time: ["CAST('2021-03-04T05:06:07.5' AS TIMESTAMP)", "CAST('2021-03-04' AS TIMESTAMP)"],
};

const of =
  (kind: Kind): Writer =>
  (scope) =>
    writeValue(kind, scope);
const [integer, number, text, time] = [of('integer'), of('number'), of('text'), of('time')];

/** Casts and formulas, and the calls of all functions of the one table. */
const computed: Readonly<Record<Comparable, readonly Writer[]>> = {
  integer: [
    (s) => arithmetic('integer', s),
    (s) => `CAST(${number(s)} AS ${s.draw.pick(['SMALLINT', 'INTEGER', 'BIGINT'])})`,
    (s) => `CAST(${text(s)} AS INTEGER)`,
    ...callsThatGive('INTEGER', 'BIGINT', 'SMALLINT'),
    (s) => `${s.draw.pick(['CONTAINS', 'INTERSECTS'])}(${anyShape(s)}, ${anyShape(s)})`,
  ],
  number: [
    (s) => arithmetic('number', s),
    (s) => arithmetic('number', s),
    integer,
    (s) =>
      `CAST(${s.draw.pick([number, text])(s)} AS ${s.draw.pick(['REAL', 'DOUBLE PRECISION'])})`,
    ...callsThatGive('DOUBLE PRECISION', 'REAL'),
    inUnit,
    (s) => `AREA(${anyShape(s)})`,
    (s) => `${s.draw.pick(['COORD1', 'COORD2'])}(${writeValue('point', s)})`,
    (s) => `DISTANCE(${writeValue('point', s)}, ${writeValue('point', s)})`,
    (s) => `DISTANCE(${number(s)}, 10, ${number(s)}, -20.5)`,
  ],
  text: [
    (s) => `${text(s)} || ${text(s)}`,
    (s) => `(${text(s)} || ${text(s)}) || ${text(s)}`,
    (s) =>
      `CAST(${writeValue(s.draw.pick(comparable), s)} AS ${s.draw.pick(['VARCHAR', 'CHAR(4)', 'VARCHAR(10)'])})`,
    (s) => `COORDSYS(${anyShape(s)})`,
    ...callsThatGive('VARCHAR'),
  ],
  time: [(s) => `CAST(${s.draw.pick([time, text])(s)} AS TIMESTAMP)`],
};

function ofAnyKind(kind: Kind): readonly Writer[] {
  const value = of(kind);
  return [
    (s) => `COALESCE(${several(s.draw, 3, () => value(s)).join(', ')}, ${value(s)})`,
    (s) => `COALESCE(NULL, ${value(s)})`,
    (s) => `CASE WHEN ${s.write.condition(s)} THEN ${value(s)} ELSE ${value(s)} END`,
    (s) =>
      `CASE WHEN ${s.write.condition(s)} THEN NULL WHEN ${s.write.condition(s)} THEN ${value(s)} END`,
    (s) => {
      const compared = of(s.draw.pick(comparable));
      // The grammar takes no CASE and no subquery there.
      const columns = s.columns.filter(({ text: written }) => !/CASE|SELECT/.test(written));
      const flat = compared({ ...s, columns, depth: 0 });
      return `CASE ${flat} WHEN ${compared(s)} THEN ${value(s)} END`;
    },
    (s) => `(${s.write.subquery(s, { kind, isValue: true })})`,
  ];
}

function arithmetic(kind: 'integer' | 'number', scope: Scope): string {
  const { draw } = scope;
  const operand = (): string => {
    const value = writeValue(draw.chance(5) ? 'boolean' : kind, scope);
    return draw.chance(20) ? `(-(${value}))` : `(${value})`;
  };
  const chain = several(draw, 3, () => `${draw.pick(['+', '-', '*', '/'])} ${operand()}`);
  return `${draw.pick(['', '-', '+'])}${operand()} ${chain.join(' ')}`;
}

function anyShape(scope: Scope): string {
  return writeValue(scope.draw.pick(['point', 'circle', 'polygon', 'region']), scope);
}

/** What has the unit of the column. */
const ofOneUnit: readonly ((column: string) => string)[] = [
  (column) => column,
  (column) => `-${column}`,
  (column) => `${column} - ${column}`,
  (column) => `ABS(${column})`,
  (column) => `COALESCE(${column}, 0)`,
  (column) => `CAST(${column} AS REAL)`,
];

const units: Readonly<Record<string, readonly string[]>> = {
  deg: ['rad', 'arcsec', 'mas', 'deg'],
  m: ['nm', 'Angstrom', 'km', 'cm'],
  s: ['min', 'h', 'd', 'ms'],
  d: ['s', 'h', 'yr'],
};

function inUnit(scope: Scope): string {
  const { draw } = scope;
  const known = scope.columns.filter(
    ({ kind, unit }) =>
      (kind === 'number' || kind === 'integer') && Object.hasOwn(units, unit ?? ''),
  );
  if (known.length === 0) return `IN_UNIT(DISTANCE(1, 2, ${number(scope)}, 4), 'arcmin')`;
  const { text: column, unit } = draw.pick(known);
  return `IN_UNIT(${draw.pick(ofOneUnit)(column)}, '${draw.pick(units[unit ?? ''] ?? [])}')`;
}

/** Aggregates stand only where rows are grouped. */
function callsThatGive(...results: readonly Signature['result'][]): readonly Writer[] {
  return signatures
    .filter(({ aggregate, result }) => !aggregate && results.includes(result))
    .map((signature) => (scope) => writeCall(signature, scope));
}

/** A call of a function with arguments of its parameters' types. */
export function writeCall({ name, parameters }: Signature, scope: Scope): string {
  const values = parameters.map(({ type }) => argument(type, scope));
  return `${name}(${values.join(', ')})`;
}

const kinds: Readonly<Record<ParameterType, Kind>> = {
  INTEGER: 'integer',
  BIGINT: 'integer',
  'DOUBLE PRECISION': 'number',
  VARCHAR: 'text',
  TIMESTAMP: 'time',
  JSON: 'text',
  POINT: 'point',
  CIRCLE: 'circle',
  POLYGON: 'polygon',
  REGION: 'region',
};

function argument(type: ParameterType, scope: Scope): string {
  if (scope.draw.chance(4)) return 'NULL';
  if (type === 'TIMESTAMP' && scope.draw.chance(20)) return "'2021-03-04T05:06:07'";
  return writeValue(kinds[type], scope);
}
