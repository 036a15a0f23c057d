import fc, { type Arbitrary, type LetrecTypedTie } from 'fast-check';
import type {
  Case,
  Condition,
  Expression,
  FunctionCall,
  Identifier,
  QueryExpression,
  QueryTerm,
  Select,
  Span,
  TableReference,
} from '../../adql/ast.ts';
import { isReserved } from '../../adql/parse/reserved-words.ts';

/** Generated trees stand in no text. */
export const span: Span = { start: 0, end: 0 };

interface Tied {
  /** Never a shape: what the grammar lets stand beside operators. */
  scalar: Expression;
  point: Expression;
  value: Expression;
  condition: Condition;
  table: TableReference;
  select: Select;
  term: QueryTerm;
  /** What INTERSECT combines, and UNION on its right side without parentheses. */
  tightTerm: QueryTerm;
  queryExpression: QueryExpression;
}

/** fast-check ties types that have an index signature; an interface has none, what Pick gives has. */
export type Productions = Pick<Tied, keyof Tied>;
export type Tie = LetrecTypedTie<Productions>;

// PostgreSQL and we refuse NUL.
const characters = fc
  .string({ unit: 'grapheme', maxLength: 8 })
  .map((text) => text.replaceAll('\0', ''));

const regularIdentifier: Arbitrary<Identifier> = fc
  .stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,5}$/)
  .filter((name) => !isReserved(name.toUpperCase()))
  .map((name) => ({ name, delimited: false, span }));

const delimitedIdentifier: Arbitrary<Identifier> = characters
  .filter((name) => name !== '')
  .map((name) => ({ name, delimited: true, span }));

export const identifier = fc.oneof(
  { arbitrary: regularIdentifier, weight: 4 },
  { arbitrary: delimitedIdentifier, weight: 1 },
);
export const alias = fc.option(identifier);
export const rows = fc.option(fc.nat(1000));

export function nameOf(parts: number): Arbitrary<readonly Identifier[]> {
  return fc.array(identifier, { minLength: 1, maxLength: parts });
}

const leaf: Arbitrary<Expression> = fc.oneof(
  fc
    .stringMatching(/^(?:[0-9]{1,3}\.?[0-9]{0,2}|\.[0-9]{1,3})(?:[eE][+-]?[0-9]{1,2})?$/)
    .map((text) => ({ kind: 'number' as const, text, span })),
  characters.map((value) => ({ kind: 'string' as const, value, span })),
  fc.constant({ kind: 'null' as const, span }),
  nameOf(4).map((name) => ({ kind: 'column-reference' as const, name, span })),
);

function call(
  names: readonly string[],
  values: readonly Arbitrary<Expression>[],
): Arbitrary<FunctionCall> {
  return fc.tuple(fc.constantFrom(...names), fc.tuple(...values)).map(([name, list]) => ({
    kind: 'function-call',
    name: { name, delimited: false, span },
    arguments: list,
    span,
  }));
}

function userDefinedFunction(tie: Tie): Arbitrary<FunctionCall> {
  return fc.record({
    kind: fc.constant('function-call' as const),
    name: regularIdentifier,
    arguments: fc.array(tie('value'), { maxLength: 3 }),
    span: fc.constant(span),
  });
}

function caseOf(tie: Tie): Arbitrary<Case> {
  const branch = fc.record({ when: tie('condition'), then: tie('value') });
  return fc.record({
    kind: fc.constant('case' as const),
    branches: fc.array(branch, { minLength: 1, maxLength: 3 }),
    otherwise: fc.option(tie('value')),
    span: fc.constant(span),
  });
}

const castTarget = fc.oneof(
  fc.constantFrom(
    { name: 'BIGINT' as const, length: null },
    { name: 'DOUBLE PRECISION' as const, length: null },
    { name: 'TIMESTAMP' as const, length: null },
    { name: 'POLYGON' as const, length: null },
  ),
  fc.option(fc.nat(99)).map((length) => ({ name: 'VARCHAR' as const, length })),
);

export function scalar(tie: Tie): Arbitrary<Expression> {
  const x = tie('scalar');
  return fc.oneof(
    { maxDepth: 4, depthIdentifier: 'query' },
    leaf,
    fc.record({
      kind: fc.constant('sign' as const),
      operator: fc.constantFrom('+', '-'),
      operand: x,
      span: fc.constant(span),
    }),
    fc.record({
      kind: fc.constant('operation' as const),
      operator: fc.constantFrom('+', '-', '*', '/', '||'),
      left: x,
      right: x,
      span: fc.constant(span),
    }),
    call(['ABS', 'ceiling', 'ROUND', 'Lower', 'UPPER'], [x]),
    call(['MOD', 'Atan2', 'round'], [x, x]),
    call(['PI', 'RAND'], []),
    call(['COALESCE'], [tie('value'), tie('value'), tie('value')]),
    call(['CONTAINS', 'intersects'], [tie('point'), tie('point')]),
    call(['DISTANCE'], [tie('point'), tie('point')]),
    userDefinedFunction(tie),
    fc.record({
      kind: fc.constant('aggregate' as const),
      name: fc.constantFrom('AVG', 'COUNT', 'MAX', 'MIN', 'SUM'),
      distinct: fc.boolean(),
      argument: tie('value'),
      span: fc.constant(span),
    }),
    fc.constant({
      kind: 'aggregate',
      name: 'COUNT',
      distinct: false,
      argument: '*',
      span,
    } as const),
    fc.record({
      kind: fc.constant('cast' as const),
      operand: tie('value'),
      target: castTarget,
      span: fc.constant(span),
    }),
    caseOf(tie),
    tie('queryExpression').map((query) => ({ kind: 'scalar-subquery' as const, query, span })),
  );
}

export function point(tie: Tie): Arbitrary<Expression> {
  const x = tie('scalar');
  const isPlain = (e: Expression): boolean => e.kind !== 'string' && e.kind !== 'null';
  return fc.oneof(
    { maxDepth: 4, depthIdentifier: 'query' },
    nameOf(4).map((name) => ({ kind: 'column-reference' as const, name, span })),
    call(['POINT'], [x.filter(isPlain), x]),
    call(['CENTROID'], [call(['circle'], [tie('point'), x])]),
  );
}

export const flag = fc.boolean();

export function condition(tie: Tie): Arbitrary<Condition> {
  const value = tie('value');
  const base = { span: fc.constant(span) };
  const negatable = { ...base, negated: flag, operand: value };
  return fc.oneof(
    { maxDepth: 4, depthIdentifier: 'query' },
    fc.record({ ...negatable, kind: fc.constant('is-null' as const) }),
    fc.record({
      ...base,
      kind: fc.constant('comparison' as const),
      operator: fc.constantFrom('=', '<>', '<', '>', '<=', '>='),
      left: value,
      right: value,
    }),
    fc.record({ ...negatable, kind: fc.constant('between' as const), low: value, high: value }),
    fc.record({
      ...negatable,
      kind: fc.constant('in-list' as const),
      // One subquery in the list is the subquery form.
      values: fc
        .array(value, { minLength: 1, maxLength: 3 })
        .filter((values) => values.length > 1 || values[0]?.kind !== 'scalar-subquery'),
    }),
    fc.record({
      ...negatable,
      kind: fc.constant('in-subquery' as const),
      query: tie('queryExpression'),
    }),
    fc.record({
      ...negatable,
      kind: fc.constant('like' as const),
      operator: fc.constantFrom('LIKE', 'ILIKE'),
      operand: tie('scalar'),
      pattern: tie('scalar'),
    }),
    fc.record({ ...base, kind: fc.constant('exists' as const), query: tie('queryExpression') }),
    fc.record({ ...base, kind: fc.constant('not' as const), operand: tie('condition') }),
    fc.record({
      ...base,
      kind: fc.constant('logical' as const),
      operator: fc.constantFrom('AND', 'OR'),
      operands: fc.array(tie('condition'), { minLength: 2, maxLength: 3 }),
    }),
  );
}
