import type {
  Relation,
  ResolvedExpression,
  ResolvedFrom,
  ResolvedJoin,
  ResolvedOrderItem,
  ResolvedQuery,
  ResolvedSelect,
  ResolvedStatement,
  ResolvedTerm,
} from '../resolve/resolved.ts';
import { compileCondition, compileFilter } from './compile-condition.ts';
import { type Compilers, compileExpression } from './compile-expression.ts';
import { compileSkyPredicate } from './compile-sky.ts';
import { compileSetOperation } from './compile-set-operation.ts';
import { isFoundOnSky, withoutOrder } from './found-on-sky.ts';
import { comma, generated, join, type Sql, sql, table, value } from './sql.ts';
import { storedColumn } from './stored-column.ts';

/** The whole statement; whatever TOP says, it gives at most `rowLimit` rows. */
export function compile({ with: queries, query }: ResolvedStatement, rowLimit: number): Sql {
  const main = compileQuery(query, rowLimit);
  if (queries.length === 0) return main;
  const tables = queries.map(
    (common, index) => sql`${generated('q', index + 1)} AS (${compileQuery(common, null)})`,
  );
  return sql`WITH ${join(tables, comma)} ${main}`;
}

const compilers: Compilers = {
  condition: (condition) => compileCondition(condition, compilers),
  query: (query) => compileQuery(query, null),
  skyPredicate: (predicate) => compileSkyPredicate(predicate, compilers),
  skyCondition: ({ operand, holds }) => {
    const predicate = compileSkyPredicate(operand, compilers);
    return holds ? predicate : sql`NOT (${predicate})`;
  },
  extremum: (argument) => compileExpression(argument, compilers),
};

/** Where rows are grouped by CONTAINS(...), PostgreSQL finds it again only as the value that it is there. */
const ofGroups: Compilers = {
  ...compilers,
  condition: (condition) => compileCondition(condition, ofGroups),
  skyCondition: ({ operand, holds }) => {
    const compared = value(holds ? '1' : '0', 'integer');
    return sql`${compileExpression(operand, ofGroups)} = ${compared}`;
  },
};

/** Where rows are found on the sky, MIN(t_min) is not looked up from the beginning of an index on t_min. */
const ofFound: Compilers = {
  ...compilers,
  condition: (condition) => compileCondition(condition, ofFound),
  extremum: (argument) => withoutOrder(argument, compileExpression(argument, ofFound)),
};

function compilersOf(select: ResolvedSelect): Compilers {
  const { groupBy } = select;
  if (groupBy.some(({ kind }) => kind === 'sky-predicate')) return ofGroups;
  return groupBy.length === 0 && isFoundOnSky(select) ? ofFound : compilers;
}

/** SELECT ... ORDER BY ... LIMIT ... OFFSET; null = as many rows as TOP says. */
function compileQuery(query: ResolvedQuery, rowLimit: number | null): Sql {
  const { body, orderBy, offset } = query;
  const isBare = orderBy.length === 0 && offset === null && rowLimit === null;
  if (body.kind === 'query' && isBare) return compileQuery(body, null);
  const [top, own] = body.kind === 'select' ? [body.top, compilersOf(body)] : [null, compilers];
  return join(
    [
      compileBody(body, own),
      compileOrderBy(query, own),
      compileLimit(top, rowLimit),
      offset === null ? sql`` : sql` OFFSET ${value(String(offset), 'bigint')}`,
    ],
    sql``,
  );
}

function compileBody(body: ResolvedTerm, own: Compilers): Sql {
  switch (body.kind) {
    case 'select':
      return compileSelect(body, own);
    case 'set-operation':
      return compileSetOperation(body, compileTerm);
    case 'query':
      return sql`SELECT * FROM (${compileQuery(body, null)}) AS s1`;
  }
}

/** An operand of UNION, EXCEPT or INTERSECT, with its own TOP, ORDER BY and OFFSET. */
function compileTerm(term: Exclude<ResolvedTerm, { kind: 'set-operation' }>): Sql {
  if (term.kind === 'query') return compileQuery(term, null);
  return sql`${compileSelect(term, compilersOf(term))}${compileLimit(term.top, null)}`;
}

function compileLimit(top: number | null, rowLimit: number | null): Sql {
  if (top === null && rowLimit === null) return sql``;
  const rows = Math.min(top ?? Infinity, rowLimit ?? Infinity);
  return sql` LIMIT ${value(String(rows), 'bigint')}`;
}

function compileOrderBy({ orderBy, body }: ResolvedQuery, own: Compilers): Sql {
  if (orderBy.length === 0) return sql``;
  const items = orderBy.map(({ by, direction }, index) => {
    const found = index === 0 ? foundKey(by, body, own) : null;
    const key = found ?? compileKey(by, own);
    return direction === 'DESC' ? sql`${key} DESC` : key;
  });
  return sql` ORDER BY ${join(items, comma)}`;
}

function compileKey(by: ResolvedOrderItem['by'], own: Compilers): Sql {
  return typeof by === 'number' ? generated('c', by) : compileExpression(by, own);
}

/** The first key of rows found on the sky: no index has their order. Null for other rows and keys. */
function foundKey(by: ResolvedOrderItem['by'], body: ResolvedTerm, own: Compilers): Sql | null {
  if (own !== ofFound || body.kind !== 'select' || body.distinct) return null;
  const key = typeof by === 'number' ? body.items[by - 1] : by;
  return key === undefined || storedColumn(key) === null ? null : own.extremum(key);
}

function compileSelect(select: ResolvedSelect, own: Compilers): Sql {
  const groupBy = select.groupBy.map((item) => compileExpression(item, own));
  const where = select.where === null ? null : compileFilter(select.where, compilers);
  const having = select.having === null ? null : compileCondition(select.having, own);
  return join(
    [
      sql`SELECT ${select.distinct ? sql`DISTINCT ` : sql``}${asColumns(select.items, own)}`,
      sql` FROM ${compileFrom(select.from)}`,
      where === null ? sql`` : sql` WHERE ${where}`,
      groupBy.length === 0 ? sql`` : sql` GROUP BY ${join(groupBy, comma)}`,
      having === null ? sql`` : sql` HAVING ${having}`,
    ],
    sql``,
  );
}

function asColumns(items: readonly ResolvedExpression[], own: Compilers): Sql {
  const named = items.map(
    (item, index) => sql`${compileExpression(item, own)} AS ${generated('c', index + 1)}`,
  );
  return join(named, comma);
}

/** A comma is a JOIN of every row with every row: the gate's parser takes no comma behind a JOIN. */
function compileFrom([first, ...others]: readonly ResolvedFrom[]): Sql {
  if (first === undefined) throw new RangeError('FROM names a table');
  const joined = others.map((other) => sql` INNER JOIN ${compileJoined(other)} ON TRUE`);
  return join([compileJoins(first), ...joined], sql``);
}

/** Tables and joins of tables, leaning to the left as written. */
function compileJoins(from: ResolvedFrom): Sql {
  const joins: ResolvedJoin[] = [];
  let leftmost = from;
  while (leftmost.kind === 'join') {
    joins.push(leftmost);
    leftmost = leftmost.left;
  }
  const joined = joins.reverse().map(({ type, right, on }) => {
    // For the pairs of a FULL JOIN a search among all regions would be made anew for each.
    const compileOn = type === 'FULL' ? compileCondition : compileFilter;
    const condition = on === null ? sql`TRUE` : compileOn(on, compilers);
    return sql` ${joinWords[type]} ${compileJoined(right)} ON ${condition}`;
  });
  return join([compileRelation(leftmost), ...joined], sql``);
}

/** The right side of a JOIN. */
function compileJoined(from: ResolvedFrom): Sql {
  return from.kind === 'join' ? sql`(${compileJoins(from)})` : compileRelation(from);
}

const joinWords = {
  INNER: sql`INNER JOIN`,
  LEFT: sql`LEFT JOIN`,
  RIGHT: sql`RIGHT JOIN`,
  FULL: sql`FULL JOIN`,
} as const satisfies Record<ResolvedJoin['type'], Sql>;

function compileRelation({ number, source }: Relation): Sql {
  const alias = generated('t', number);
  switch (source.kind) {
    case 'table':
      return sql`${table(source.table.sqlSchema, source.table.sqlName)} AS ${alias}`;
    case 'query':
      return sql`(${compileQuery(source.query, null)}) AS ${alias}`;
    case 'common-table':
      return sql`${generated('q', source.number)} AS ${alias}`;
    case 'values':
      return sql`LATERAL (SELECT ${asColumns(source.values, compilers)}) AS ${alias}`;
  }
}
