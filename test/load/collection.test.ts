import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openCollection } from '../../src/load/collection.ts';
import { compileProducts } from '../../src/load/compile-products.ts';
import { definition } from './laboratory.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cloudtap-collection-'));
});

afterAll(() => rm(folder, { recursive: true }));

const columns = [
  ...['obs_collection', 'obs_id', 'obs_publisher_did', 'obs_title', 'target_name', 'cloud_uri'].map(
    (name) => ({
      name,
      type: 'text',
      mandatory: name.startsWith('obs_') && name !== 'obs_title',
    }),
  ),
  { name: 'calib_level', type: 'integer', mandatory: true },
  { name: 'access_estsize', type: 'bigint', mandatory: false },
  ...['s_ra', 't_min', 't_max'].map((name) => ({
    name,
    type: 'double precision',
    mandatory: false,
  })),
  { name: 'obs_release_date', type: 'timestamp without time zone', mandatory: false },
];

/** What an operator reads who tries to load with this definition; '' when nothing is wrong. */
async function fault(text: string, fields = 'field,ra,note\n07,10.5,x\n'): Promise<string> {
  await writeFile(join(folder, 'lab.json'), text);
  await writeFile(join(folder, 'fields.csv'), fields);
  try {
    compileProducts(await openCollection(join(folder, 'lab.json')), columns);
    return '';
  } catch (error) {
    return (error as Error).message.replaceAll(folder, '');
  }
}

function withColumn(name: string, rule: unknown): string {
  return JSON.stringify({ ...definition, columns: { ...definition.columns, [name]: rule } });
}

test('a right definition has no fault', async () => {
  expect(await fault(JSON.stringify(definition))).toBe('');
});

test('text that is no JSON is told', async () => {
  expect(await fault('{"description": }')).toMatch(/^\/lab\.json is no JSON: Unexpected token/);
});

test('every fault of the form is told', async () => {
  const wrong = { ...definition, key: 5, columns: { obs_id: { templat: 'x' } }, extra: true };
  expect(await fault(JSON.stringify(wrong))).toBe(
    [
      '/lab.json is no collection definition:',
      '  key: Invalid input: expected string, received number',
      '  columns.obs_id: is no rule. Write one of {"constant": ...}, {"template": "..."}, ' +
        '{"number": "part"}, {"lookup": "table.column"}, ' +
        '{"mjd": "part", "format": "YYYYDDDHHMMSS"}, {"size": "kbyte", "otherwise": n}, ' +
        '{"sum": [rule, rule]} or {"quotient": [rule, rule]}',
      '  the file: Unrecognized key: "extra"',
    ].join('\n'),
  );
});

test('a pattern that cannot be used is told', async () => {
  expect(await fault(JSON.stringify({ ...definition, key: '(?<a>' }))).toBe(
    '/lab.json, key: Invalid regular expression: /(?<a>/: Unterminated group',
  );
  expect(await fault(JSON.stringify({ ...definition, key: '(a)(?<b>c)' }))).toBe(
    '/lab.json, key: name every group, (?<part>...), or write (?:...).',
  );
});

test('columns that do not exist, are missing, or take no rule are told together', async () => {
  const wrong = { obs_idd: { constant: 'x' }, cloud_uri: { constant: 'x' } };
  expect(await fault(JSON.stringify({ ...definition, columns: wrong }))).toBe(
    '/lab.json, columns: ivoa.obscore has no column "obs_idd"; ' +
      '"cloud_uri" follows from "location", so it takes no rule; ' +
      '"obs_collection" may not be NULL, so it needs a rule; ' +
      '"obs_id" may not be NULL, so it needs a rule; ' +
      '"obs_publisher_did" may not be NULL, so it needs a rule; ' +
      '"calib_level" may not be NULL, so it needs a rule.',
  );
});

test.each([
  [
    't_min',
    { mjd: 'tme', format: 'YYYYDDDHHMMSS' },
    'the key has no part "tme"; it has time, field, tag',
  ],
  ['obs_title', { template: '{camera}' }, 'the key has no part "camera"; it has time, field, tag'],
  ['s_ra', { lookup: 'field.dec' }, 'there is no look-up "field.dec" (write table.column)'],
  ['s_ra', { lookup: 'field.note' }, '/fields.csv holds "x", which is no number'],
  ['s_ra', { template: '{field}' }, 'a template gives no double precision'],
  ['target_name', { number: 'field' }, 'a number gives no text'],
  ['target_name', { constant: 5 }, 'a constant gives no text'],
  [
    't_max',
    { sum: [{ constant: 1 }, { constant: '2' }] },
    'a constant is no number to reckon with',
  ],
])('a rule for %s that cannot work is told: %j', async (column, rule, reason) => {
  expect(await fault(withColumn(column, rule))).toBe(`/lab.json, columns.${column}: ${reason}.`);
});

test.each([
  ['field,ra\n07,1,2\n', '/fields.csv, row 1 below the header: 3 cells, but the header has 2.'],
  ['field,ra,note\n07,1,x\n07,2,y\n', '/fields.csv: two rows for field = 07.'],
  ['name,ra,note\n', '/fields.csv: the header has no column "field".'],
  ['field,ra,note\n07,1,"x\n', '/fields.csv: no CSV at character 20.'],
])('a look-up file %j is told', async (fields, reason) => {
  expect(await fault(JSON.stringify(definition), fields)).toBe(reason);
});

test('a collection that is nowhere is told with what to give', async () => {
  await expect(openCollection('tess-fi')).rejects.toThrow(
    /^No collection definition "tess-fi": .*Give the name of a folder in schema\/collections, or/,
  );
});
