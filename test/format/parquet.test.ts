import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createParquetEncoder } from '../../src/format/parquet/parquet.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { answerFrom } from './database-answer.ts';
import { column, headOf } from './rows.ts';

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
  column('good', 'boolean', { datatype: 'boolean' }),
  column('target_name', 'text', { arraysize: '*' }),
  column('t', 'timestamp without time zone', { xtype: 'timestamp' }),
  column('cloud_access', 'jsonb', { arraysize: '*', xtype: 'json' }),
  column('p', 'double precision[]', { datatype: 'double', arraysize: '*' }),
  column('words', 'text[]', { arraysize: '*' }),
  column('raw', 'bytea', { datatype: 'unsignedByte', arraysize: '*' }),
  column('sum', 'numeric', { datatype: 'double' }),
];

const select = `SELECT * FROM (VALUES
  (1, 9007199254740993, 0.1::float8, 'NaN'::float4, true, 'caf\u00e9', timestamp '2019-05-20 08:47:30.5',
    '{"aws": {"key": "\u00e9"}}'::jsonb, ARRAY[1.5, NULL]::float8[], ARRAY['a', NULL, 'b c'],
    '\\x00ff'::bytea, 2.5::numeric),
  (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)) v`;

test('every type comes back from another reader, and every NULL', async () => {
  const file = await answerFrom(database.readRows, createParquetEncoder, { select, columns });
  const nothing = { n: null, n_2: null, s_ra: null, flux: null, good: null, target_name: null };
  expect(await parquetReadObjects({ file: arrayBufferOf(file), utf8: false })).toEqual([
    {
      n: 1,
      n_2: 9007199254740993n,
      s_ra: 0.1,
      flux: NaN,
      good: true,
      target_name: 'caf\u00e9',
      t: '2019-05-20T08:47:30.5',
      cloud_access: new TextEncoder().encode('{"aws": {"key": "\u00e9"}}'),
      p: [1.5, null],
      words: ['a', null, 'b c'],
      raw: new Uint8Array([0, 255]),
      sum: 2.5,
    },
    { ...nothing, t: null, cloud_access: null, raw: null, sum: null },
  ]);
});

test('cloud_access has the logical type JSON', async () => {
  const file = await answerFrom(database.readRows, createParquetEncoder, { select, columns });
  const { schema } = parquetMetadata(arrayBufferOf(file));
  expect(schema.find(({ name }) => name === 'cloud_access')).toMatchObject({
    type: 'BYTE_ARRAY',
    logical_type: { type: 'JSON' },
  });
});

test('the footer holds the VOTable of the columns, under their names in the file, and the status', async () => {
  const outcome = { status: 'OVERFLOW' } as const;
  const question = { select, columns, outcome };
  const file = await answerFrom(database.readRows, createParquetEncoder, question);
  const { key_value_metadata: pairs } = parquetMetadata(arrayBufferOf(file));
  const [version, content] = pairs ?? [];
  expect(version).toEqual({ key: 'IVOA.VOTable-Parquet.version', value: '1.0' });
  expect(content?.key).toBe('IVOA.VOTable-Parquet.content');
  const votable = content?.value ?? '';
  expect(votable).toMatch(
    /<TABLE name="result">\s*<FIELD name="n" datatype="int"\/>\s*<FIELD name="n_2" datatype="long"\/>\s*<FIELD name="s_ra" datatype="double" unit="deg" ucd="pos.eq.ra" ref="icrs"\/>/,
  );
  expect(votable).toContain('<INFO name="QUERY_STATUS" value="OVERFLOW"/>');
  expect(votable).not.toContain('<DATA>');
});

test('rows leave in groups of 5000', async () => {
  const file = await answerFrom(database.readRows, createParquetEncoder, {
    select: 'SELECT n::int4 FROM generate_series(1, 12345) n',
    columns: columns.slice(0, 1),
  });
  const { row_groups: groups } = parquetMetadata(arrayBufferOf(file));
  expect(groups.map(({ num_rows: count }) => count)).toEqual([5000n, 5000n, 2345n]);
  const rows = await parquetReadObjects({ file: arrayBufferOf(file), utf8: false });
  expect(rows.map(({ n }) => n as unknown)).toEqual(
    Array.from({ length: 12345 }, (_, index) => index + 1),
  );
});

test('an answer without rows is a file, a failure is none', async () => {
  const encoder = createParquetEncoder(headOf(columns));
  expect(encoder.foot({ status: 'ERROR', message: 'lost' })).toBeNull();
  const file = encoder.foot({ status: 'OK' }) ?? Buffer.alloc(0);
  expect(await parquetReadObjects({ file: arrayBufferOf(file), utf8: false })).toEqual([]);
});

function arrayBufferOf(file: Buffer): ArrayBuffer {
  return new Uint8Array(file).buffer;
}
