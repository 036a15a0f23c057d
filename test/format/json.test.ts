import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createJsonLinesEncoder } from '../../src/format/json/json-lines.ts';
import { createJsonEncoder } from '../../src/format/json/json.ts';
import { batchOf, column, encode, headOf } from './rows.ts';

const columns = [
  column('obs_id', 'text', { arraysize: '*', ucd: 'meta.id' }),
  column('s_ra', 'double precision', { datatype: 'double', unit: 'deg' }),
  column('s_ra', 'bigint', { datatype: 'long' }),
  column('cloud_access', 'jsonb', { arraysize: '*', xtype: 'json' }),
];

const rows = batchOf([
  ['say "hi"\n\\', '10.25', '9007199254740993', '{"aws": {"key": "a/\u00e9.fits"}}'],
  [null, 'Infinity', null, null],
]);

test('JSON: metadata, rows as lists, the status last', () => {
  const head = { ...headOf(columns, 'SELECT "a"'), warnings: ['careful'] };
  expect(encode(createJsonEncoder, head, rows)).toBe(
    `{"metadata":[{"name":"obs_id","datatype":"char","arraysize":"*","ucd":"meta.id"},{"name":"s_ra","datatype":"double","unit":"deg"},{"name":"s_ra","datatype":"long"},{"name":"cloud_access","datatype":"char","arraysize":"*","xtype":"json"}],"query":"SELECT \\"a\\"","request_date":"2026-01-02T03:04:05.678","warnings":["careful"],
"data":[
["say \\"hi\\"\\n\\\\",10.25,9007199254740993,{"aws": {"key": "a/\u00e9.fits"}}],
[null,"Infinity",null,null]
],
"status":"OK"}
`,
  );
});

test('JSON lines: an object a row; a name that repeats gets a number', () => {
  expect(encode(createJsonLinesEncoder, headOf(columns), rows)).toBe(
    `{"obs_id":"say \\"hi\\"\\n\\\\","s_ra":10.25,"s_ra_2":9007199254740993,"cloud_access":{"aws": {"key": "a/\u00e9.fits"}}}
{"obs_id":null,"s_ra":"Infinity","s_ra_2":null,"cloud_access":null}
`,
  );
});

test.each([
  ['boolean', 't', 'true'],
  ['boolean', 'f', 'false'],
  ['smallint', '-32768', '-32768'],
  ['real', '1e-07', '1e-07'],
  ['double precision', '-0', '-0.0'],
  ['double precision', 'NaN', '"NaN"'],
  ['double precision', '-Infinity', '"-Infinity"'],
  ['double precision', '-1.7976931348623157e+308', '-1.7976931348623157e+308'],
  ['numeric', '-12345678901234567890.5', '-12345678901234567890.5'],
  ['timestamp with time zone', '2019-05-20 08:47:30.5+00', '"2019-05-20T08:47:30.5"'],
  ['bytea', '\\x00ff10', '[0,255,16]'],
  ['integer[]', '{{1,-2},{NULL,3}}', '[[1,-2],[null,3]]'],
  ['bigint[]', '{}', '[]'],
  ['smallint[]', '[0:1]={1,2}', '[1,2]'],
  ['double precision[]', '{1.5,NULL,NaN,-Infinity}', '[1.5,null,"NaN","-Infinity"]'],
  [
    'text[]',
    '{a,"b c",NULL,"NULL","",1,"\\"{,}\\\\"}',
    '["a","b c",null,"NULL","","1","\\"{,}\\\\"]',
  ],
  ['text', 'tab\t\u0001\u001f\u007f\u{1f52d}', '"tab\\t\\u0001\\u001f\u007f\u{1f52d}"'],
] as const)('%s %s is written %s', (sqlType, sent, written) => {
  const line = encode(createJsonLinesEncoder, headOf([column('x', sqlType)]), batchOf([[sent]]));
  expect(line).toBe(`{"x":${written}}\n`);
  expect(() => JSON.parse(line) as unknown).not.toThrow();
});

test('any text comes back as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), (texts) => {
      const batch = batchOf(texts.map((text) => [text]));
      const document = encode(createJsonEncoder, headOf([column('x', 'text')]), batch);
      expect((JSON.parse(document) as { data: unknown }).data).toEqual(texts.map((text) => [text]));
    }),
  );
});

test('rows may arrive in any number of batches, empty ones among them', () => {
  const encoder = createJsonEncoder(headOf([column('x', 'integer')]));
  const parts = [
    encoder.head(),
    encoder.rows(batchOf([]), 0).toString(),
    encoder.rows(batchOf([['1']]), 1).toString(),
    encoder.rows(batchOf([['2'], ['3']]), 2).toString(),
    encoder.foot({ status: 'OVERFLOW' }),
  ];
  expect(JSON.parse(parts.join(''))).toMatchObject({
    data: [[1], [2], [3]],
    status: 'OVERFLOW',
  });
});

test('a failure is told in JSON, and cannot be told in JSON lines', () => {
  const failure = { status: 'ERROR', message: 'The database was lost.' } as const;
  const encoder = createJsonEncoder(headOf([column('x', 'integer')]));
  const document = Buffer.concat([encoder.head(), encoder.foot(failure) ?? Buffer.alloc(0)]);
  expect(JSON.parse(document.toString())).toMatchObject({ data: [], ...failure });
  expect(createJsonLinesEncoder(headOf([])).foot(failure)).toBeNull();
});
