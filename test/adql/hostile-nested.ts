/** What holds others of its kind as deep as the limits allow, and what refers to itself. */
import { type HostileQuery, list, nest, select, where } from './hostile-query.ts';

const obscore = 'ivoa.obscore';

/** `FROM t0 JOIN (t1 JOIN (t2 ... ON ...) ON ...)`; node-sql-parser needs twice as long for each level. */
function joinsToTheRight(depth: number): string {
  const opened = list(depth, (i) => `JOIN (${obscore} AS t${String(i + 1)}`, ' ');
  const closed = list(depth, (i) => `) ON t${String(depth - i)}.s_ra = 1`, ' ');
  return `SELECT t0.s_ra FROM ${obscore} AS t0 ${opened} ${closed}`;
}

function joinsToTheLeft(depth: number): string {
  const joined = list(
    depth,
    (i) => `JOIN ${obscore} AS t${String(i + 1)} ON t${String(i + 1)}.s_ra = 1)`,
    ' ',
  );
  return `SELECT t0.s_ra FROM ${'('.repeat(depth)}${obscore} AS t0 ${joined}`;
}

/** Each table of WITH uses the one before twice. */
function doubled(tables: number, use: (table: string) => string): string {
  const further = list(tables, (i) => `, a${String(i + 1)} AS (${use(`a${String(i)}`)})`, '');
  return `WITH a0 AS (SELECT s_ra AS x, s_ra AS y FROM ${obscore})${further} SELECT x FROM a${String(tables)}`;
}

/** Each level has all columns of the one below twice. */
function starsOfStars(levels: number): string {
  const around = (query: string, level: number): string =>
    `SELECT q${String(level)}.*, q${String(level)}.* FROM (${query}) AS q${String(level)}`;
  return Array.from({ length: levels }, (_, level) => level).reduce(
    around,
    `SELECT s_ra, s_xel1 FROM ${obscore}`,
  );
}

const grouped = (index: number): string => `s_ra + ${String(index)}`;

export const nestedQueries: readonly HostileQuery[] = [
  ['150 joins to the right', joinsToTheRight(150), 'accepted'],
  ['190 joins to the left', joinsToTheLeft(190), 'accepted'],
  [
    '150 EXISTS that look at the outermost row',
    where(
      `${list(150, (i) => `EXISTS (SELECT 1 FROM ${obscore} AS u${String(i)} WHERE u${String(i)}.s_ra = obscore.s_ra AND `, '')}1 = 1${')'.repeat(150)}`,
    ),
    'accepted',
  ],
  [
    '190 UNIONs in parentheses',
    nest(190, ['(', `SELECT s_ra FROM ${obscore}`, ` UNION SELECT s_ra FROM ${obscore})`]),
    'accepted',
  ],
  [
    '190 EXCEPTs in parentheses',
    nest(190, [`SELECT s_ra FROM ${obscore} EXCEPT (`, `SELECT s_ra FROM ${obscore}`, ')']),
    'accepted',
  ],
  ['190 COALESCEs', select(nest(190, ['COALESCE(', 's_ra', ', 1)'])), 'accepted'],
  ['190 second arguments', select(nest(190, ['POWER(s_ra, ', 's_ra', ')'])), 'accepted'],
  [
    '95 CASEs as what a CASE compares',
    select(
      nest(95, ['CASE WHEN CASE WHEN s_ra = 1 THEN 1 ELSE 2 END = ', '1', ' THEN 1 ELSE 2 END']),
    ),
    'accepted',
  ],
  [
    '30 joins of a table with itself',
    doubled(30, (a) => `SELECT l.x, r.y FROM ${a} AS l, ${a} AS r`),
    'accepted',
  ],
  [
    '30 tables that are in themselves',
    doubled(30, (a) => `SELECT x, y FROM ${a} WHERE x IN (SELECT y FROM ${a})`),
    'accepted',
  ],
  [
    '60 sums of two sums',
    doubled(60, (a) => `SELECT x + y AS x, y + x AS y FROM ${a}`),
    'too-complex: Line 1, column 743: This column of a subquery stands for an expression',
  ],
  [
    '30 stars of stars',
    starsOfStars(30),
    'too-complex: Line 1, column 521: A query may have 1600 columns.',
  ],
  [
    'a table of itself',
    'WITH a AS (SELECT s_ra FROM a) SELECT s_ra FROM a',
    'unknown-table: Line 1, column 29: No table "a".',
  ],
  [
    'two tables of each other',
    'WITH a AS (SELECT s_ra FROM b), b AS (SELECT s_ra FROM a) SELECT s_ra FROM a',
    'unknown-table: Line 1, column 29: No table "b".',
  ],
  [
    'a recursive table',
    `WITH RECURSIVE a AS (SELECT s_ra FROM ${obscore} UNION ALL SELECT s_ra FROM a) SELECT s_ra FROM a`,
    'syntax: Line 1, column 6: ADQL has no recursive WITH.',
  ],
  [
    '150 tables side by side',
    `SELECT t0.s_ra FROM ${list(150, (i) => `${obscore} AS t${String(i)}`)}`,
    'accepted',
  ],
  [
    '100 NATURAL FULL JOINs',
    `SELECT s_ra FROM ${obscore} AS t0 ${list(100, (i) => `NATURAL FULL JOIN ${obscore} AS t${String(i + 1)}`, ' ')}`,
    'accepted',
  ],
  [
    '700 expressions grouped',
    `SELECT ${list(700, grouped)} FROM ${obscore} GROUP BY ${list(700, grouped)}`,
    'accepted',
  ],
  [
    '800 aliases grouped',
    `SELECT ${list(800, (i) => `${grouped(i)} AS x${String(i)}`)} FROM ${obscore} GROUP BY ${list(800, (i) => `x${String(i)}`)}`,
    'accepted',
  ],
  [
    '100 subqueries on 500 grouped expressions',
    `SELECT COUNT(*) AS n FROM ${obscore} AS o GROUP BY ${list(500, grouped)} HAVING ${list(100, (i) => `EXISTS (SELECT 1 FROM ${obscore} AS u WHERE u.s_ra = o.${grouped(i)})`, ' AND ')}`,
    'accepted',
  ],
  [
    '10,000 keys of ORDER BY',
    `SELECT s_ra FROM ${obscore} ORDER BY ${list(10_000, () => 's_ra')}`,
    'too-complex: Line 1, column 1: A query may have 1600 columns.',
  ],
  [
    '1,500 expressions in ORDER BY',
    `SELECT s_ra FROM ${obscore} ORDER BY ${list(1500, grouped)}`,
    'accepted',
  ],
  [
    'UNIONs of UNIONs of circles',
    select(`AREA(REGION('${nest(100, ['UNION (', 'CIRCLE 1 2 3 CIRCLE 3 4 5', ')'])}'))`),
    'wrong-value: Line 1, column 13: The region is nested too deeply.',
  ],
  [
    'a unit in 90 parentheses',
    select(`IN_UNIT(DISTANCE(1, 2, s_ra, 4), '${nest(90, ['(', 'deg', ')'])}')`),
    "wrong-value: Line 1, column 41: The unit '((((((((((",
  ],
  [
    'a unit to the power of 99999',
    select("IN_UNIT(DISTANCE(1, 2, s_ra, 4), 'deg**99999')"),
    "wrong-value: Line 1, column 41: The unit 'deg**99999' cannot be used. The exponent of a unit",
  ],
  [
    'a unit of 10 to the power of 400',
    select("IN_UNIT(DISTANCE(1, 2, s_ra, 4), '10**400.deg')"),
    "wrong-value: Line 1, column 41: The factor of the unit '10**400.deg' is too large",
  ],
  [
    'a polygon of 20,000 calls of POINT',
    select(`AREA(POLYGON(${list(20_000, (i) => `POINT(${(i * 0.018).toFixed(3)}, 50)`)}))`),
    'accepted',
  ],
  [
    'a polygon of one vertex 50,000 times',
    select(`AREA(POLYGON(${list(50_000, () => '10, 10')}))`),
    'wrong-value: Line 1, column 13: A POLYGON needs at least three different vertices.',
  ],
  ['9,000 short lists', where(list(9000, (i) => `s_ra IN (${String(i)}, 1)`, ' OR ')), 'accepted'],
  [
    '20,000 sums in a list',
    where(`s_ra IN (${list(20_000, (i) => `${String(i)}+1`)})`),
    'accepted',
  ],
  ['190,000 strings in a row', select("'a'\n".repeat(190_000)), 'accepted'],
  [
    '100,000 lists that are never closed',
    where('s_ra IN ('.repeat(100_000)),
    'syntax: Line 1, column 47: This parenthesis is never closed.',
  ],
  [
    '1 MB of semicolons',
    `SELECT s_ra FROM ${obscore} ${';'.repeat(1_000_000)}`,
    'syntax: Line 1, column 32: Only one query can be asked at a time',
  ],
];
