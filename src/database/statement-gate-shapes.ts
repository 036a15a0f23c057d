/**
 * The parts of SQL that a generated statement may consist of, as node-sql-parser's tree has them.
 * A key names what may stand below it; whatever is not listed is refused.
 */

export type ShapeName =
  | keyof typeof partShapes
  | 'expression'
  /** A string, number or boolean without meaning for the gate. */
  | 'word'
  /** Text that must be one of a few: see `wordLists`. */
  | keyof typeof wordLists
  /** A name that the translator generates: `t1`, `c12`, or with columns `u1(c1, c2)`. */
  | 'alias';

export type Shape = Readonly<Record<string, ShapeName>>;

/** Parts that are recognised by where they stand. */
export const partShapes = {
  select: {
    type: 'word',
    with: 'commonTable',
    distinct: 'distinct',
    columns: 'outputColumn',
    from: 'source',
    where: 'expression',
    groupby: 'grouping',
    having: 'expression',
    orderby: 'order',
    limit: 'limit',
    set_op: 'setOperators',
    _next: 'select',
    parentheses_symbol: 'word',
  },
  commonTable: { name: 'name', stmt: 'select', columns: 'expression' },
  distinct: { type: 'distinctWords' },
  outputColumn: { type: 'word', expr: 'expression', as: 'alias' },
  source: {
    type: 'word',
    prefix: 'lateral',
    db: 'word',
    table: 'word',
    expr: 'expression',
    as: 'alias',
    join: 'joins',
    on: 'expression',
    using: 'name',
  },
  grouping: { columns: 'expression' },
  order: { type: 'orderWords', expr: 'expression', nulls: 'nullsWords' },
  limit: { seperator: 'word', value: 'expression' },
  name: { type: 'word', value: 'word' },
  functionName: { name: 'name', schema: 'name' },
  aggregateArguments: { distinct: 'distinctWords', expr: 'expression' },
  castTarget: {
    dataType: 'castTypes',
    length: 'word',
    scale: 'word',
    suffix: 'suffixWords',
    parentheses: 'word',
    array: 'arrayDimension',
  },
  arrayDimension: { dimension: 'word', length: 'word' },
  columnName: { expr: 'name' },
  arrayIndex: { brackets: 'word', index: 'expression' },
  escape: { type: 'word', value: 'expression' },
  window: { type: 'word', as_window_specification: 'windowSpecification' },
  windowSpecification: { window_specification: 'windowParts', parentheses: 'word' },
  windowParts: { partitionby: 'outputColumn', orderby: 'order' },
} as const satisfies Record<string, Record<string, string>>;

/** Expressions, by their `type`. */
export const expressionShapes: Readonly<Partial<Record<string, Shape>>> = {
  number: { type: 'word', value: 'word', parentheses: 'word' },
  bigint: { type: 'word', value: 'word', parentheses: 'word' },
  bool: { type: 'word', value: 'word', parentheses: 'word' },
  null: { type: 'word', value: 'word', parentheses: 'word' },
  star: { type: 'word', value: 'word' },
  single_quote_string: { type: 'word', value: 'word', parentheses: 'word' },
  var: {
    type: 'word',
    name: 'word',
    prefix: 'word',
    parentheses: 'word',
    escape: 'escape',
  },
  column_ref: {
    type: 'word',
    table: 'name',
    column: 'columnName',
    array_index: 'arrayIndex',
    parentheses: 'word',
    escape: 'escape',
  },
  binary_expr: {
    type: 'word',
    operator: 'binaryOperators',
    left: 'expression',
    right: 'expression',
    parentheses: 'word',
    escape: 'escape',
  },
  unary_expr: {
    type: 'word',
    operator: 'unaryOperators',
    expr: 'expression',
    parentheses: 'word',
  },
  function: {
    type: 'word',
    name: 'functionName',
    args: 'expression',
    parentheses: 'word',
    escape: 'escape',
  },
  aggr_func: {
    type: 'word',
    name: 'word',
    args: 'aggregateArguments',
    over: 'window',
    parentheses: 'word',
    escape: 'escape',
  },
  window_func: { type: 'word', name: 'word', over: 'window' },
  cast: {
    type: 'word',
    keyword: 'word',
    symbol: 'word',
    expr: 'expression',
    target: 'castTarget',
    parentheses: 'word',
    escape: 'escape',
  },
  case: {
    type: 'word',
    expr: 'expression',
    args: 'expression',
    parentheses: 'word',
    escape: 'escape',
  },
  when: { type: 'word', cond: 'expression', result: 'expression' },
  else: { type: 'word', result: 'expression' },
  expr_list: { type: 'word', value: 'expression', parentheses: 'word' },
  /** A parenthesis of joined tables in FROM. */
  tables: { type: 'word', expr: 'source', parentheses: 'word' },
};

/** A subquery is wrapped in an object without a type. */
export const subqueryShape: Shape = {
  tableList: 'word',
  columnList: 'word',
  ast: 'select',
  parentheses: 'word',
  escape: 'escape',
};

const castTypes = [
  'BIGINT',
  'BOOLEAN',
  'BYTEA',
  'CHAR',
  'CHARACTER',
  'CHARACTER VARYING',
  'DATE',
  'DOUBLE PRECISION',
  'INTEGER',
  'JSONB',
  'NUMERIC',
  'REAL',
  'SMALLINT',
  'TEXT',
  'TIMESTAMP',
  'VARCHAR',
] as const;

const comparisons = ['=', '<>', '!=', '<', '>', '<=', '>=', 'IS', 'IS NOT'] as const;
const predicates = ['IN', 'NOT IN', 'LIKE', 'NOT LIKE', 'ILIKE', 'NOT ILIKE'] as const;
const ranges = ['BETWEEN', 'NOT BETWEEN'] as const;
const arithmetic = ['+', '-', '*', '/', '%', '||'] as const;
/** Arrays and JSON: overlap, contains, is contained, member. */
const containers = ['&&', '@>', '<@', '->', '->>'] as const;

/** The words that may stand in one place. */
export const wordLists = {
  binaryOperators: [
    'AND',
    'OR',
    ...comparisons,
    ...predicates,
    ...ranges,
    ...arithmetic,
    ...containers,
  ],
  unaryOperators: ['-', '+', 'NOT', 'EXISTS', 'NOT EXISTS'],
  castTypes,
  suffixWords: ['WITH', 'WITHOUT', 'TIME', 'ZONE'],
  distinctWords: ['DISTINCT'],
  setOperators: ['union', 'union all', 'except', 'intersect'],
  joins: ['INNER JOIN', 'LEFT JOIN', 'RIGHT JOIN', 'FULL JOIN'],
  lateral: ['LATERAL'],
  orderWords: ['ASC', 'DESC'],
  nullsWords: ['NULLS FIRST', 'NULLS LAST'],
} as const;
