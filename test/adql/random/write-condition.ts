import { several } from './draw.ts';
import { comparable, deeper, type Kind, type Scope } from './scope.ts';

type Writer = (scope: Scope) => string;

const value = (kind: Kind, scope: Scope): string => scope.write.value(kind, scope);

/** A condition on what the scope has. */
export function writeCondition(scope: Scope): string {
  const writers = scope.depth <= 0 ? simple : [...simple, ...simple, ...composed];
  return scope.draw.pick(writers)(deeper(scope));
}

const operators = ['=', '<>', '!=', '<', '>', '<=', '>='];
const not: Writer = ({ draw }) => draw.pick(['', '', 'NOT ']);
const negation: Writer = ({ draw }) => draw.pick(['IS NULL', 'IS NOT NULL']);
const boolean: Writer = ({ draw }) => draw.pick(['= 1', '= 0', '1 =', '0 =', '<> 0', '> 0']);

function anyComparable(scope: Scope): Kind {
  return scope.draw.pick(comparable);
}

/** Numbers of any kind, and strings beside timestamps, are compared too. */
function other(kind: Kind, scope: Scope): string {
  if (kind === 'time' && scope.draw.chance(50)) return "'2021-03-04T05:06:07'";
  if (kind === 'integer' || kind === 'number') {
    return value(scope.draw.pick(['integer', 'number']), scope);
  }
  return scope.draw.chance(3) ? 'NULL' : value(kind, scope);
}

function comparison(scope: Scope): string {
  const kind = anyComparable(scope);
  return `${value(kind, scope)} ${scope.draw.pick(operators)} ${other(kind, scope)}`;
}

function between(scope: Scope): string {
  const kind = anyComparable(scope);
  return `${value(kind, scope)} ${not(scope)}BETWEEN ${other(kind, scope)} AND ${other(kind, scope)}`;
}

function inList(scope: Scope): string {
  const kind = anyComparable(scope);
  const values = several(scope.draw, 4, () => other(kind, scope));
  if (scope.draw.chance(10)) values.push('NULL');
  return `${value(kind, scope)} ${not(scope)}IN (${values.join(', ')})`;
}

function like(scope: Scope): string {
  const operator = scope.draw.pick(['LIKE', 'ILIKE']);
  return `${value('text', scope)} ${not(scope)}${operator} ${value('text', scope)}`;
}

function shapeTest(scope: Scope): string {
  const { draw } = scope;
  const shapes = ['point', 'circle', 'polygon', 'region'] as const;
  const [first, second] = [draw.pick(shapes), draw.pick(shapes)].map((kind) => value(kind, scope));
  const test = `${draw.pick(['CONTAINS', 'INTERSECTS'])}(${first ?? ''}, ${second ?? ''})`;
  const compared = boolean(scope);
  return compared.endsWith('=') ? `${compared} ${test}` : `${test} ${compared}`;
}

const simple: readonly Writer[] = [
  comparison,
  comparison,
  between,
  inList,
  like,
  shapeTest,
  (s) => `${value(s.draw.pick([...comparable, 'point', 'region', 'opaque']), s)} ${negation(s)}`,
  (s) => `DISTANCE(${value('point', s)}, ${value('point', s)}) < ${value('number', s)}`,
  (s) =>
    `${value('boolean', s)} ${s.draw.pick(['= 1', '<> 0', 'IN (1, 0)', 'BETWEEN 0 AND 1', 'IS NULL'])}`,
  (s) => `${value('boolean', s)} ${s.draw.pick(['=', '<>'])} ${value('boolean', s)}`,
];

const composed: readonly Writer[] = [
  (s) => `NOT (${writeCondition(s)})`,
  (s) => `(${several(s.draw, 3, () => writeCondition(s)).join(s.draw.pick([' AND ', ' OR ']))})`,
  (s) => `(${writeCondition(s)} AND ${writeCondition(s)} OR ${writeCondition(s)})`,
  (s) => {
    const kind = anyComparable(s);
    const operand = s.draw.chance(5) ? 'NULL' : value(kind, s);
    return `${operand} ${not(s)}IN (${s.write.subquery(s, { kind, isValue: false })})`;
  },
  (s) => `${not(s)}EXISTS (${s.write.subquery(s, { kind: anyComparable(s), isValue: false })})`,
];
