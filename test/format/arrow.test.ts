import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { RecordBatchReader, tableFromIPC } from 'apache-arrow';
import { createArrowEncoder } from '../../src/format/arrow/arrow.ts';
import { softwareVersion } from '../../src/package-root.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { answerFrom } from './database-answer.ts';
import { batchOf, column, headOf } from './rows.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ content: 'nothing' });
});

afterAll(async () => {
  await database.drop();
});

const columns = [
  column('n', 'integer', { datatype: 'int' }),
  column('n', 'bigint', { datatype: 'long' }),
  column('s_ra', 'double precision', { datatype: 'double', unit: 'deg', ucd: 'pos.eq.ra' }),
  column('flux', 'real', { datatype: 'float' }),
  column('level', 'smallint', { datatype: 'short' }),
  column('good', 'boolean', { datatype: 'boolean' }),
  column('target_name', 'text', { arraysize: '*', description: 'As the observer called it' }),
  column('t', 'timestamp without time zone', { xtype: 'timestamp' }),
  column('cloud_access', 'jsonb', { arraysize: '*', xtype: 'json' }),
  column('p', 'double precision[]', { datatype: 'double', arraysize: '*' }),
  column('words', 'text[]', { arraysize: '*' }),
  column('raw', 'bytea', { datatype: 'unsignedByte', arraysize: '*' }),
  column('sum', 'numeric', { datatype: 'double' }),
];

const select = `SELECT * FROM (VALUES
  (1, 9007199254740993, 0.1::float8, 1.5::float4, -7::int2, true, 'caf\u00e9',
    timestamp '1969-12-31 23:59:59.999', '{"aws": {"key": "\u00e9"}}'::jsonb,
    ARRAY[[1.5, NULL], ['-0', 2]]::float8[], ARRAY['a', NULL, ''], '\\x00ff'::bytea, 2.5::numeric),
  (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (-1, -1, '-Infinity', 'NaN', 7::int2, false, '', 'infinity', '[]', '{}', '{}', '', -1)) v`;

test('every type comes back, and every NULL', async () => {
  const stream = await answerFrom(database.readRows, createArrowEncoder, { select, columns });
  const rows = tableFromIPC(stream)
    .toArray()
    .map((row: { toJSON: () => object }) => row.toJSON());
  expect(JSON.parse(JSON.stringify(rows, plainly))).toEqual([
    {
      n: 1,
      n_2: '9007199254740993',
      s_ra: 0.1,
      flux: 1.5,
      level: -7,
      good: true,
      target_name: 'caf\u00e9',
      t: -1,
      cloud_access: '{"aws": {"key": "\u00e9"}}',
      p: [1.5, null, '-0', 2],
      words: ['a', null, ''],
      raw: [0, 255],
      sum: 2.5,
    },
    Object.fromEntries(columns.map(({ name }, index) => [index === 1 ? 'n_2' : name, null])),
    {
      n: -1,
      n_2: '-1',
      s_ra: '-Infinity',
      flux: 'NaN',
      level: 7,
      good: false,
      target_name: '',
      t: null,
      cloud_access: '[]',
      p: [],
      words: [],
      raw: [],
      sum: -1,
    },
  ]);
});

/** What JSON has no form for, as text; typed arrays and vectors as lists. */
function plainly(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) {
    return Object.is(value, -0) ? '-0' : String(value);
  }
  return value instanceof Uint8Array ? [...value] : value;
}

test('the schema tells of the columns what a FIELD would, and of the query', async () => {
  const stream = await answerFrom(database.readRows, createArrowEncoder, { select, columns });
  const { schema } = tableFromIPC(stream);
  const fields = schema.fields.map(({ name, type, metadata }) => [
    name,
    String(type),
    Object.fromEntries(metadata),
  ]);
  expect(fields.filter((_, index) => [2, 6, 7, 8, 9].includes(index))).toEqual([
    ['s_ra', 'Float64', { datatype: 'double', unit: 'deg', ucd: 'pos.eq.ra' }],
    [
      'target_name',
      'Utf8',
      { datatype: 'char', arraysize: '*', description: 'As the observer called it' },
    ],
    ['t', 'Timestamp<MICROSECOND>', { datatype: 'char', xtype: 'timestamp' }],
    [
      'cloud_access',
      'Utf8',
      {
        'ARROW:extension:name': 'arrow.json',
        'ARROW:extension:metadata': '',
        datatype: 'char',
        arraysize: '*',
        xtype: 'json',
      },
    ],
    ['p', 'List<Float64>', { datatype: 'double', arraysize: '*' }],
  ]);
  expect(Object.fromEntries(schema.metadata)).toEqual({
    query: 'SELECT 1',
    request_date: '2026-01-02T03:04:05.678',
    server_software: softwareVersion,
  });
});

test('rows leave in record batches, and a last one without rows tells of an overflow', async () => {
  const stream = await answerFrom(database.readRows, createArrowEncoder, {
    select: `SELECT n::int4, repeat('x', 1000) FROM generate_series(1, 2000) n`,
    columns: [column('n', 'integer', { datatype: 'int' }), column('x', 'text')],
    outcome: { status: 'OVERFLOW' },
  });
  const batches = [...RecordBatchReader.from(stream)];
  const counts = batches.map(({ numRows }) => numRows);
  expect(counts.length).toBeGreaterThan(3);
  expect(counts.at(-1)).toBe(0);
  expect(batches.at(-1)?.metadata).toEqual(new Map([['QUERY_STATUS', 'OVERFLOW']]));
  const numbers = tableFromIPC(stream).getChild('n')?.toArray() as Int32Array;
  expect([...numbers]).toEqual(Array.from({ length: 2000 }, (_, index) => index + 1));
});

test('the schema leaves before the first row; an answer without rows is a whole stream', () => {
  const encoder = createArrowEncoder(headOf([column('x', 'text')]));
  const parts = [
    encoder.head(),
    encoder.rows(batchOf([]), 0),
    encoder.foot({ status: 'OK' }) ?? Buffer.alloc(0),
  ];
  expect(parts.map(({ length }) => length > 0)).toEqual([true, false, true]);
  expect(tableFromIPC(Buffer.concat(parts)).numRows).toBe(0);
});

test('a failure cannot be told: the stream has no end', () => {
  const encoder = createArrowEncoder(headOf([column('x', 'text')]));
  expect(encoder.foot({ status: 'ERROR', message: 'lost' })).toBeNull();
});
