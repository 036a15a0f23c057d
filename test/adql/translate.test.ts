import { expect, test } from '@jest/globals';
import { AdqlError, explain, translate, type TranslateOptions } from '../../adql/index.ts';
import { catalogue } from './catalogue.ts';

const options: TranslateOptions = { catalog: catalogue, language: 'ADQL-2.1', rowLimit: 2001 };

/** The text that a client sees of a refused query, after its code. */
function refusal(adql: string): string {
  try {
    translate(adql, options);
    return 'accepted';
  } catch (error) {
    if (error instanceof AdqlError) return `${error.code}: ${explain(error, adql)}`;
    throw error;
  }
}

function list(length: number, member: (index: number) => string, separator: string): string {
  return Array.from({ length }, (_, index) => member(index)).join(separator);
}

test('a translation is the statement, its values, its columns, what it uses and the warnings', () => {
  const adql = `SELECT TOP 5 obs_id, LOG(s_ra) AS x FROM obscore WHERE obs_collection = "TESS"`;
  expect(translate(adql, options)).toEqual({
    statement: {
      text:
        'SELECT t1."obs_id" AS c1, adql.log(t1."s_ra") AS c2 FROM "ivoa"."obscore" AS t1' +
        ' WHERE t1."obs_collection" = $1 LIMIT $2',
      values: ['TESS', '5'],
      types: ['text', 'bigint'],
    },
    columns: [
      {
        name: 'obs_id',
        sqlType: 'text',
        datatype: 'char',
        arraysize: '*',
        xtype: null,
        unit: null,
        ucd: null,
        utype: null,
        description: null,
      },
      {
        name: 'x',
        sqlType: 'double precision',
        datatype: 'double',
        arraysize: null,
        xtype: null,
        unit: null,
        ucd: null,
        utype: null,
        description: null,
      },
    ],
    uses: { tables: ['ivoa.obscore'], functions: ['adql.log'] },
    warnings: [
      {
        message:
          `"TESS" names no column: it was read as the string 'TESS'. ` +
          'Strings stand in single quotes in ADQL.',
        span: { start: 72, end: 78 },
      },
    ],
  });
});

test('the row limit holds whatever TOP says', () => {
  const limitOf = (adql: string): string | null | undefined =>
    translate(adql, { ...options, rowLimit: 10 }).statement.values.at(-1);
  expect(limitOf('SELECT obs_id FROM obscore')).toBe('10');
  expect(limitOf('SELECT TOP 3 obs_id FROM obscore')).toBe('3');
  expect(limitOf('SELECT TOP 3000 obs_id FROM obscore')).toBe('10');
});

test('the words that ADQL 2.1 reserved anew can be aliases in 2.0', () => {
  const adql = 'SELECT s_xel1 AS bigint FROM obscore ORDER BY bigint';
  expect(refusal(adql)).toMatch(/^reserved-word: /);
  const { columns } = translate(adql, { ...options, language: 'ADQL-2.0' });
  expect(columns.map(({ name }) => name)).toEqual(['bigint']);
});

test('no word of the user becomes SQL: aliases are numbered, literals travel beside', () => {
  const adql = `SELECT "evil""; DROP TABLE x; --".obs_id AS "a""; SELECT 1"
    FROM ivoa.obscore AS "evil""; DROP TABLE x; --"
    WHERE obs_id = 'it''s $1 "; DROP TABLE y' AND s_ra > 1e-7`;
  const { statement, columns } = translate(adql, options);
  expect(statement).toEqual({
    text:
      'SELECT t1."obs_id" AS c1 FROM "ivoa"."obscore" AS t1' +
      ' WHERE t1."obs_id" = $1 AND t1."s_ra" > $2 LIMIT $3',
    values: [`it's $1 "; DROP TABLE y`, '1e-7', '2001'],
    types: ['text', 'double precision', 'bigint'],
  });
  expect(columns[0]?.name).toBe('a"; SELECT 1');
});

test('equal values share a placeholder, so that GROUP BY means what SELECT says', () => {
  const adql = `SELECT s_xel1 + 1 AS n, 1.0 AS x FROM obscore GROUP BY s_xel1 + 1`;
  expect(translate(adql, options).statement).toEqual({
    text:
      'SELECT t1."s_xel1" + $1 AS c1, $2 AS c2 FROM "ivoa"."obscore" AS t1' +
      ' GROUP BY t1."s_xel1" + $1 LIMIT $3',
    values: ['1', '1.0', '2001'],
    types: ['integer', 'double precision', 'bigint'],
  });
});

test('a list of 100,000 values is one value', () => {
  const adql = `SELECT obs_id FROM obscore WHERE s_xel1 IN (${list(100_000, String, ', ')})`;
  const { statement } = translate(adql, options);
  expect(statement.text).toBe(
    'SELECT t1."obs_id" AS c1 FROM "ivoa"."obscore" AS t1 WHERE t1."s_xel1" = ANY($1) LIMIT $2',
  );
  expect(statement.types).toEqual(['bigint[]', 'bigint']);
});

test('5,000 conditions are translated', () => {
  const condition = list(5000, () => 's_ra > 1', ' AND ');
  const { statement } = translate(`SELECT obs_id FROM obscore WHERE ${condition}`, options);
  expect(statement.values).toEqual(['1', '2001']);
});

test.each([
  ['100,000 conditions', list(100_000, () => 's_ra > 1', ' AND ')],
  [
    'more different values than PostgreSQL takes',
    list(70_000, (i) => `s_ra = ${String(i)}`, ' OR '),
  ],
  ['70,000 expressions in a list', `s_ra IN (${list(70_000, (i) => `${String(i)} + 0.5`, ', ')})`],
])('%s are refused with advice', (_, condition) => {
  expect(refusal(`SELECT obs_id FROM obscore WHERE ${condition}`)).toMatch(
    /^too-complex: Line 1, column \d+: The query (holds too many values or conditions|has more than 100000 names, words and signs beside its values)\. Write long lists as column IN \(\.\.\.\)/,
  );
});

test('more tables or columns than PostgreSQL takes are refused', () => {
  const tables = list(201, (index) => `obscore AS a${String(index)}`, ', ');
  expect(refusal(`SELECT a1.obs_id FROM ${tables}`)).toMatch(
    /^too-complex: Line 1, column \d+: A query may name 200 tables\./,
  );
  const columns = list(1601, () => 's_ra', ', ');
  const tooMany = 'too-complex: Line 1, column 1: A query may have 1600 columns.';
  expect(refusal(`SELECT ${columns} FROM obscore`)).toContain(tooMany);
  expect(refusal(`SELECT s_ra FROM obscore ORDER BY ${columns}`)).toContain(tooMany);
});

test('deep nesting is translated or refused, and never exhausts the stack', () => {
  const nested = (depth: number): string =>
    `SELECT ${'(s_ra + '.repeat(depth)}1${')'.repeat(depth)} AS x FROM obscore`;
  expect(refusal(nested(100))).toBe('accepted');
  expect(refusal(nested(100_000))).toMatch(/^too-complex: /);
  const subqueries = (depth: number): string =>
    `SELECT x FROM ${'(SELECT x FROM '.repeat(depth)}(SELECT s_ra AS x FROM obscore) AS t${') AS t'.repeat(depth)}`;
  expect(refusal(subqueries(50))).toBe('accepted');
  expect(refusal(subqueries(100_000))).toMatch(/^too-complex: /);
});

test('a name of a million letters is refused as any unknown name', () => {
  const text = refusal(`SELECT ${'a'.repeat(1_000_000)} FROM obscore`);
  expect(text).toMatch(
    /^unknown-column: Line 1, column 8: No column "a{57}\.\.\." in ivoa\.obscore\.\n/,
  );
  expect(text.length).toBeLessThan(1000);
});
