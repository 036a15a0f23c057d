/** Long, deep and repetitive queries: each answered in time that grows with its length alone. */
import { type HostileQuery, list, nest, select, where } from './hostile-query.ts';

/** Of a polygon round (180, 0). */
function vertexOf(count: number): (index: number) => string {
  return (index) => {
    const angle = (index / count) * 2 * Math.PI;
    const [lon, lat] = [180 + 10 * Math.cos(angle), 10 * Math.sin(angle)];
    return `${lon.toFixed(6)}, ${lat.toFixed(6)}`;
  };
}

export const longQueries: readonly HostileQuery[] = [
  [
    '18 open parentheses',
    where('('.repeat(18)),
    'syntax: Line 1, column 57: Expected a column, a value or a function, but the query ends',
  ],
  [
    '10,000 open parentheses',
    where('('.repeat(10_000)),
    'too-complex: Line 1, column 239: The query is nested more than 200 levels deep.',
  ],
  [
    '10,000 open parentheses in FROM',
    `SELECT obs_id FROM ${'('.repeat(10_000)}`,
    'too-complex: Line 1, column 220: The query is nested more than 200 levels deep.',
  ],
  [
    '10,000 pairs of parentheses',
    where(nest(10_000, ['(', 's_ra = 1', ')'])),
    'too-complex: Line 1, column 239: The query is nested more than 200 levels deep.',
  ],
  ['190 pairs of parentheses', where(nest(190, ['(', 's_ra = 1', ')'])), 'accepted'],
  [
    'parentheses and brackets mixed',
    where('(((([[['),
    'syntax: Line 1, column 43: Brackets are not ADQL: a name is quoted with double quotes:',
  ],
  ['190 ANDs in each other', where(nest(190, ['(s_ra = 1 AND ', 's_ra = 2', ')'])), 'accepted'],
  [
    '100,000 NOTs',
    where(`${'NOT '.repeat(100_000)}s_ra = 1`),
    'syntax: Line 1, column 43: NOT stands only once before a condition: NOT NOT x is x.',
  ],
  ['190 NOTs in each other', where(nest(190, ['NOT (', 's_ra = 1', ')'])), 'accepted'],
  [
    '100,000 minus signs',
    select(`${'- '.repeat(100_000)}1`),
    'syntax: Line 1, column 10: A value has one sign at most: write -(-x).',
  ],
  ['150 minus signs in each other', select(nest(150, ['-(', 's_ra', ')'])), 'accepted'],
  ['5,000 ORs', where(list(5000, (i) => `s_ra = ${String(i)}`, ' OR ')), 'accepted'],
  [
    '5,000 ANDs of texts',
    where(list(5000, (i) => `obs_id <> 'o${String(i)}'`, ' AND ')),
    'accepted',
  ],
  [
    '100,000 ORs',
    where(list(100_000, () => 's_ra = 1', ' OR ')),
    'too-complex: Line 1, column 400011: The query has more than 100000 names, words and',
  ],
  [
    '100,000 ANDs',
    where(list(100_000, () => 's_ra = 1', ' AND ')),
    'too-complex: Line 1, column 433342: The query has more than 100000 names, words and',
  ],
  [
    '2,000 different ORs',
    where(list(2000, (i) => `s_ra + s_xel1 ${'+ 1 '.repeat(i % 200)}= 1`, ' OR ')),
    'too-complex: Line 1, column 833953: The query has more than 200000 numbers and strings.',
  ],
  [
    '1,000 CASE branches',
    select(`CASE ${list(1000, (i) => `WHEN s_ra = ${String(i)} THEN 2 `, '')}END`),
    'accepted',
  ],
  ['10,000 CASE branches', select(`CASE ${'WHEN s_ra = 1 THEN 2 '.repeat(10_000)}END`), 'accepted'],
  [
    '190 CASEs in each other',
    select(nest(190, ['CASE WHEN s_ra = 1 THEN ', '1', ' ELSE 2 END'])),
    'accepted',
  ],
  [
    '1 MB of integers',
    where(`s_xel1 IN (${list(150_000, (i) => String(100_000 + i), ',')})`),
    'accepted',
  ],
  [
    '1 MB of strings',
    where(`obs_id NOT IN (${list(100_000, (i) => `'o${String(i)}'`)})`),
    'accepted',
  ],
  ['numbers and NULLs', where(`s_xel1 NOT IN (NULL, 1.5, ${list(10_000, String)})`), 'accepted'],
  [
    '500,000 numbers',
    where(`s_xel1 IN (${list(500_000, () => '1', ',')})`),
    'too-complex: Line 1, column 400050: The query has more than 200000 numbers and strings.',
  ],
  [
    '5,000 expressions in a list',
    where(`s_ra IN (${list(5000, (i) => `s_ra + ${String(i)}`)})`),
    'accepted',
  ],
  [
    '700,000 columns',
    `SELECT ${list(700_000, () => 'a', ',')} FROM ivoa.obscore`,
    'too-complex: Line 1, column 200006: The query has more than 100000 names, words and',
  ],
  [
    '100,000 stars',
    `SELECT ${list(100_000, () => '*', ',')} FROM ivoa.obscore`,
    'too-complex: Line 1, column 200006: The query has more than 100000 names, words and',
  ],
  [
    '2,000 columns',
    `SELECT ${list(2000, () => 's_ra')} FROM ivoa.obscore`,
    'too-complex: Line 1, column 1: A query may have 1600 columns.',
  ],
  ['1,500 columns', `SELECT ${list(1500, () => 's_ra')} FROM ivoa.obscore`, 'accepted'],
  [
    'COALESCE of 150,000',
    select(`COALESCE(${list(150_000, () => '1', ',')})`),
    'too-complex: Line 1, column 1: The query holds too many values or conditions. Write',
  ],
  [
    '190 IN subqueries in each other',
    where(nest(190, ['s_ra IN (SELECT s_ra FROM ivoa.obscore WHERE ', '1 = 1', ')'])),
    'accepted',
  ],
  [
    '90 queries as values in each other',
    select(nest(90, ['(SELECT MAX(s_ra) + ', '1', ' FROM ivoa.obscore)'])),
    'accepted',
  ],
  [
    '10,000 queries in each other',
    nest(10_000, ['SELECT s_ra FROM (', 'SELECT s_ra FROM ivoa.obscore', ') AS t']),
    'too-complex: Line 1, column 3618: The query is nested more than 200 levels deep.',
  ],
  [
    '10,000 UNIONs',
    list(10_000, () => 'SELECT s_ra FROM ivoa.obscore', ' UNION '),
    'too-complex: Line 1, column 18031: More than 500 operators or joins are chained here.',
  ],
  ['100 UNIONs', list(100, () => 'SELECT s_ra FROM ivoa.obscore', ' UNION '), 'accepted'],
  [
    '10,000 JOINs',
    `SELECT s_ra FROM ivoa.obscore${' JOIN ivoa.obscore AS t USING (s_ra)'.repeat(10_000)}`,
    'too-complex: Line 1, column 18031: More than 500 operators or joins are chained here.',
  ],
  [
    '10,000 tables',
    `SELECT 1 AS x FROM ${list(10_000, (i) => `ivoa.obscore AS t${String(i)}`)}`,
    'too-complex: Line 1, column 4310: A query may name 200 tables.',
  ],
  [
    '10,000 tables of WITH',
    `WITH ${list(10_000, (i) => `a${String(i)} AS (SELECT 1 AS x FROM ivoa.obscore)`)} SELECT x FROM a1`,
    'too-complex: Line 1, column 398890: The query has more than 100000 names, words and',
  ],
  ['190 functions in each other', select(nest(190, ['ABS(', 's_ra', ')'])), 'accepted'],
  [
    '10,000 functions in each other',
    select(nest(10_000, ['ABS(', 's_ra', ')'])),
    'too-complex: Line 1, column 811: The query is nested more than 200 levels deep.',
  ],
  [
    '100,000 links of ||',
    select(list(100_000, () => 'obs_id', ' || ')),
    'too-complex: Line 1, column 5025: More than 500 operators or joins are chained here.',
  ],
  ['500 links of ||', select(list(500, () => 'obs_id', ' || ')), 'accepted'],
  [
    'a polygon of 50,000 vertices',
    select(`AREA(POLYGON(${list(50_000, vertexOf(50_000))}))`),
    'accepted',
  ],
  [
    'a polygon of 60 columns',
    select(`AREA(POLYGON(${list(60, () => 's_ra, 1')}))`),
    'too-complex: Line 1, column 13: A POLYGON of more than 50 vertices takes only numbers,',
  ],
  [
    '20,000 circles in a region',
    where(`CONTAINS(POINT(s_ra, s_ra), REGION('UNION (${'CIRCLE 1 2 3 '.repeat(20_000)})')) = 1`),
    'accepted',
  ],
  [
    '10,000 NOTs in a region',
    select(`AREA(REGION('${nest(10_000, ['NOT (', 'CIRCLE 1 2 3', ')'])}'))`),
    'wrong-value: Line 1, column 13: The region is nested too deeply.',
  ],
  [
    '2,000 cones',
    where(
      list(
        2000,
        (i) => `1 = CONTAINS(POINT(s_ra, s_ra), CIRCLE(${String(i % 360)}, 2, 1))`,
        ' OR ',
      ),
    ),
    'accepted',
  ],
  [
    'a unit of a million characters',
    select(`IN_UNIT(DISTANCE(1, 2, s_ra, 4), '${'m.'.repeat(500_000)}m')`),
    "wrong-value: Line 1, column 41: The unit 'm.m.m.m.m.m.m.m.m.m",
  ],
  [
    'a name of a million letters',
    `SELECT "${'a'.repeat(1_000_000)}" FROM ivoa.obscore`,
    'unknown-column: Line 1, column 8: No column',
  ],
  [
    'an alias of a million letters',
    select('s_ra').replace(' x ', ` ${'a'.repeat(1_000_000)} `),
    'accepted',
  ],
  [
    'a function of a million letters',
    select(`${'a'.repeat(1_000_000)}(1)`),
    'unknown-function: Line 1, column 8: No function',
  ],
  ['a string of a million letters', where(`obs_id = '${'a'.repeat(1_000_000)}'`), 'accepted'],
  [
    'a pattern of a million letters',
    where(`obs_id LIKE '%${'a_'.repeat(500_000)}%'`),
    'too-complex: Line 1, column 51: The pattern of a LIKE may have 1000 characters.',
  ],
  [
    'a name of 100,000 parts',
    `SELECT ${'a.'.repeat(100_000)}a FROM ivoa.obscore`,
    'syntax: Line 1, column 15: A name has at most the form catalog.schema.table.column.',
  ],
  [
    'a number of a million digits',
    where(`s_xel1 = ${'9'.repeat(1_000_000)}`),
    'wrong-value: Line 1, column 48: The number is too large: the limit is 1.8e308.',
  ],
  ['a fraction of a million digits', where(`s_ra = 0.${'0'.repeat(1_000_000)}1`), 'accepted'],
  [
    'an exponent of a thousand digits',
    where(`s_ra = 1e${'9'.repeat(1000)}`),
    'wrong-value: Line 1, column 46: The number is too large: the limit is 1.8e308.',
  ],
  ['TOP beyond all integers', select('TOP 99999999999999999999 s_ra'), 'accepted'],
  ['300,000 quotes', select("'".repeat(300_000)), 'accepted'],
  [
    'a million quotes',
    select("'".repeat(1_000_000)),
    'too-complex: Line 1, column 8: The texts that this query puts into every row are too',
  ],
  [
    '300,000 letters in the smaller half of a UNION',
    `SELECT obs_id FROM ivoa.obscore UNION ALL SELECT '${'a'.repeat(300_000)}' AS x FROM ivoa.obscore`,
    'too-complex: Line 1, column 50: The texts that this query puts into every row are too',
  ],
  [
    'a million double quotes',
    select('"'.repeat(1_000_001)),
    'syntax: Line 1, column 8: The name that begins here is not closed: a double quote is',
  ],
  [
    '300,000 comments',
    '--\n'.repeat(300_000),
    'syntax: Line 300001, column 1: The query is empty.',
  ],
  [
    'two million characters',
    where(`obs_id = '${'a'.repeat(2_000_000)}'`),
    'too-complex: Line 1, column 1: A query may have 1500000 characters. Upload a long list',
  ],
];
