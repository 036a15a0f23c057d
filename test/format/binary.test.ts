import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { OutputColumn } from '../../adql/index.ts';
import { createBinary2Encoder, createBinaryEncoder } from '../../src/format/votable/binary.ts';
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

/** What is inside of STREAM, and the FIELDs. */
interface Stream {
  readonly fields: readonly string[];
  readonly hex: string;
}

async function streamOf(
  createEncoder: typeof createBinaryEncoder,
  select: string,
  columns: readonly OutputColumn[],
): Promise<Stream> {
  const document = (
    await answerFrom(database.readRows, createEncoder, { select, columns })
  ).toString();
  const base64 =
    /<STREAM encoding="base64">\s*(\S*)\s*<\/STREAM>/.exec(document)?.[1] ?? 'no stream';
  const fields = [...document.matchAll(/<FIELD name="\w+" ([^>]*?)\/?>(?:\s*<VALUES (.*)\/>)?/g)];
  return {
    fields: fields.map(([, attributes = '', values = '']) => `${attributes} ${values}`.trim()),
    hex: Buffer.from(base64, 'base64').toString('hex'),
  };
}

const double = { datatype: 'double' } as const;

test('a whole document in BINARY2', async () => {
  const document = await answerFrom(database.readRows, createBinary2Encoder, {
    select: `SELECT * FROM (VALUES ('tess', 10.25::float8, '{"a": 1}'::jsonb), (NULL, NULL, NULL)) v`,
    columns: [
      column('obs_id', 'text', { arraysize: '24*', ucd: 'meta.id' }),
      column('s_ra', 'double precision', { ...double, unit: 'deg' }),
      column('cloud_access', 'jsonb', { arraysize: '*', xtype: 'json' }),
    ],
    outcome: { status: 'OVERFLOW' },
  });
  expect(document.toString().split('<TABLE ')[1]).toBe(`name="result">
   <FIELD name="obs_id" datatype="char" arraysize="*" ucd="meta.id"/>
   <FIELD name="s_ra" datatype="double" unit="deg"/>
   <FIELD name="cloud_access" datatype="char" arraysize="*" xtype="json"/>
   <DATA>
    <BINARY2>
     <STREAM encoding="base64">AAAAAAR0ZXNzQCSAAAAAAAAAAAAIeyJhIjogMX3gAAAAAH/4AAAAAAAAAAAAAA==
     </STREAM>
    </BINARY2>
   </DATA>
  </TABLE>
  <INFO name="QUERY_STATUS" value="OVERFLOW"/>
 </RESOURCE>
</VOTABLE>
`);
});

// The second row of each is NULL.
test.each<[string, OutputColumn, ...string[]]>([
  ['true', column('x', 'boolean', { datatype: 'boolean' }), '00 54', '80 00'],
  ['255::int2', column('x', 'smallint', { datatype: 'unsignedByte' }), '00 ff', '80 00'],
  ['-2::int2', column('x', 'smallint', { datatype: 'short' }), '00 fffe', '80 0000'],
  [
    '-2::int2',
    column('x', 'smallint', { datatype: 'long' }),
    '00 fffffffffffffffe',
    '80 0000000000000000',
  ],
  ['-1::int4', column('x', 'integer', { datatype: 'int' }), '00 ffffffff', '80 00000000'],
  [
    '9007199254740993::int8',
    column('x', 'bigint', { datatype: 'long' }),
    '00 0020000000000001',
    '80 0000000000000000',
  ],
  ['-5::int8', column('x', 'bigint', { datatype: 'short' }), '00 fffb', '80 0000'],
  ['1.5::float4', column('x', 'real', { datatype: 'float' }), '00 3fc00000', '80 7fc00000'],
  ['1.5::float4', column('x', 'real', double), '00 3ff8000000000000', '80 7ff8000000000000'],
  [
    `'-Infinity'::float8`,
    column('x', 'double precision', double),
    '00 fff0000000000000',
    '80 7ff8000000000000',
  ],
  ['3::int4', column('x', 'integer', double), '00 4008000000000000', '80 7ff8000000000000'],
  ['0.1::numeric', column('x', 'numeric', double), '00 3fb999999999999a', '80 7ff8000000000000'],
  [
    `'\\x00ff'::bytea`,
    column('x', 'bytea', { datatype: 'unsignedByte', arraysize: '*' }),
    '00 00000002 00ff',
    '80 00000000',
  ],
  [
    `'\\x00ff'::bytea`,
    column('x', 'bytea', { datatype: 'unsignedByte', arraysize: '2' }),
    '00 00ff',
    '80 0000',
  ],
  [
    'ARRAY[1.5,-2.25]::float8[]',
    column('x', 'double precision[]', { ...double, arraysize: '2' }),
    '00 3ff8000000000000 c002000000000000',
    '80 7ff8000000000000 7ff8000000000000',
  ],
  [
    'ARRAY[1,NULL]::float4[]',
    column('x', 'real[]', { datatype: 'float', arraysize: '*' }),
    '00 00000002 3f800000 7fc00000',
    '80 00000000',
  ],
  [
    'ARRAY[[1,2],[3,4]]::int4[]',
    column('x', 'integer[]', { datatype: 'int', arraysize: '2x*' }),
    '00 00000004 00000001 00000002 00000003 00000004',
    '80 00000000',
  ],
  [
    'ARRAY[1,NULL]::int2[]',
    column('x', 'smallint[]', { datatype: 'short', arraysize: '*' }),
    '80 00000000',
    '80 00000000',
  ],
  [
    `'{}'::int8[]`,
    column('x', 'bigint[]', { datatype: 'long', arraysize: '*' }),
    '00 00000000',
    '80 00000000',
  ],
  [
    'ARRAY[1,2]::float4[]',
    column('x', 'real[]', { datatype: 'floatComplex' }),
    '00 3f800000 40000000',
    '80 7fc00000 7fc00000',
  ],
  [
    'ARRAY[1,2]::float4[]',
    column('x', 'real[]', { datatype: 'floatComplex', arraysize: '*' }),
    '00 00000001 3f800000 40000000',
    '80 00000000',
  ],
  [`'101'::text`, column('x', 'text', { datatype: 'bit', arraysize: '3' }), '00 a0', '80 00'],
  [
    `'101000001'::text`,
    column('x', 'text', { datatype: 'bit', arraysize: '*' }),
    '00 00000009 a080',
    '80 00000000',
  ],
  [`''::text`, column('x', 'text', { arraysize: '*' }), '00 00000000', '80 00000000'],
  [`'abc'::text`, column('x', 'text', { arraysize: '10' }), '00 00000003 616263', '80 00000000'],
  [
    `'A\u00e9'::text`,
    column('x', 'text', { datatype: 'unicodeChar', arraysize: '*' }),
    '00 00000002 004100e9',
    '80 00000000',
  ],
  [
    `'{"k": "\u00e9\u{1f52d}"}'::jsonb`,
    column('x', 'jsonb', { arraysize: '*' }),
    `00 0000001b ${Buffer.from('{"k": "\\u00e9\\ud83d\\udd2d"}').toString('hex')}`,
    '80 00000000',
  ],
  [
    `'2019-05-20 08:47:30.5+02'::timestamptz`,
    column('x', 'timestamp with time zone'),
    `00 00000015 ${Buffer.from('2019-05-20T06:47:30.5').toString('hex')}`,
    '80 00000000',
  ],
])('BINARY2: %s', async (value, described, ...bytes) => {
  const select = `SELECT * FROM (VALUES (${value}), (NULL)) v`;
  const { hex } = await streamOf(createBinary2Encoder, select, [described]);
  expect(hex).toBe(bytes.join('').replaceAll(' ', ''));
});

test('BINARY2: nine columns have two bytes of null flags', async () => {
  const columns = [
    column('a', 'boolean', { datatype: 'boolean' }),
    column('b', 'text', { datatype: 'bit', arraysize: '3' }),
    column('c', 'smallint', { datatype: 'unsignedByte' }),
    column('d', 'bigint', { datatype: 'long' }),
    column('e', 'double precision', double),
    column('f', 'text', { arraysize: '*' }),
    column('g', 'text', { datatype: 'unicodeChar', arraysize: '*' }),
    column('h', 'double precision[]', { ...double, arraysize: '2' }),
    column('i', 'integer', { datatype: 'int' }),
  ];
  const select = `SELECT true, '101'::text, 255::int2, 9007199254740993, NULL::float8, ''::text,
    'A\u00e9'::text, ARRAY[1.5,-2.25]::float8[], NULL::int4`;
  expect((await streamOf(createBinary2Encoder, select, columns)).hex).toBe(
    Buffer.from(
      'CIBUoP8AIAAAAAAAAX/4AAAAAAAAAAAAAAAAAAIAQQDpP/gAAAAAAADAAgAAAAAAAAAAAAA=',
      'base64',
    ).toString('hex'),
  );
});

test('BINARY: the least integer, NaN, zero and nothing stand for NULL', async () => {
  const columns = [
    column('a', 'smallint', { datatype: 'unsignedByte' }),
    column('b', 'integer', { datatype: 'int' }),
    column('c', 'bigint', { datatype: 'long' }),
    column('d', 'integer[]', { datatype: 'int', arraysize: '2' }),
    column('e', 'double precision', double),
    column('f', 'boolean', { datatype: 'boolean' }),
    column('g', 'text', { arraysize: '*' }),
  ];
  const select = `SELECT * FROM (VALUES
    (255::int2, 7, 8::int8, ARRAY[1, 2], 1.5::float8, false, 'abc'),
    (NULL, NULL, NULL, NULL, NULL, NULL, NULL)) v`;
  expect(await streamOf(createBinaryEncoder, select, columns)).toEqual({
    fields: [
      'datatype="short" null="-32768"',
      'datatype="int" null="-2147483648"',
      'datatype="long" null="-9223372036854775808"',
      'datatype="int" arraysize="2" null="-2147483648"',
      'datatype="double"',
      'datatype="boolean"',
      'datatype="char" arraysize="*"',
    ],
    hex: [
      ...['00ff', '00000007', '0000000000000008', '0000000100000002', '3ff8000000000000'],
      ...['46', '00000003616263'],
      ...['8000', '80000000', '8000000000000000', '8000000080000000', '7ff8000000000000'],
      ...['00', '00000000'],
    ].join(''),
  });
});

test('a column whose first rows go beyond ASCII is unicodeChar, the others are char', async () => {
  const columns = [column('a', 'text', { arraysize: '*' }), column('b', 'text')];
  const select = `SELECT * FROM (VALUES ('plain', '\u00e9'), ('text', '\u{1f52d}')) v`;
  expect(await streamOf(createBinary2Encoder, select, columns)).toEqual({
    fields: ['datatype="char" arraysize="*"', 'datatype="unicodeChar" arraysize="*"'],
    hex: `00 00000005 ${hexOf('plain')} 00000001 00e9
          00 00000004 ${hexOf('text')} 00000002 d83ddd2d`.replaceAll(/\s/g, ''),
  });
});

test.each([
  [
    'ARRAY[1,2,3]::float8[]',
    column('p', 'double precision[]', { ...double, arraysize: '2' }),
    '3 numbers in a value where its arraysize is 2',
  ],
  [
    '300::int2',
    column('p', 'smallint', { datatype: 'unsignedByte' }),
    'a number that is no unsignedByte',
  ],
  ['-32769::int4', column('p', 'integer', { datatype: 'short' }), 'a number that is no short'],
  [
    `'10'::text`,
    column('p', 'text', { datatype: 'bit', arraysize: '3' }),
    '2 bits in a value of 3',
  ],
])('%s where TAP_SCHEMA promises something else is an error', async (value, described, what) => {
  await expect(streamOf(createBinary2Encoder, `SELECT ${value}`, [described])).rejects.toThrow(
    `Column "p" holds ${what}, which this format cannot carry.`,
  );
});

test('BINARY has no sign for NULL but the least integer, which is thus no value', async () => {
  const columns = [column('p', 'smallint', { datatype: 'short' })];
  const write = (number: string): Promise<Stream> =>
    streamOf(createBinaryEncoder, `SELECT (${number})::int2`, columns);
  expect((await write('-32767')).hex).toBe('8001');
  expect((await write('NULL')).hex).toBe('8000');
  await expect(write('-32768')).rejects.toThrow(
    'Column "p" holds -32768, the number that stands for NULL, which this format cannot carry.',
  );
});

test('base64 is one text, however the rows arrive', () => {
  const texts = Array.from({ length: 50 }, (_, index) => ['x'.repeat(index)]);
  const encode = (batchSize: number): string => {
    const encoder = createBinary2Encoder(headOf([column('x', 'text')]));
    const parts: Buffer[] = [];
    for (let at = 0; at < texts.length; at += batchSize) {
      const rows = texts.slice(at, at + batchSize);
      parts.push(Buffer.from(encoder.rows(batchOf(rows), rows.length)));
    }
    return Buffer.concat([...parts, encoder.foot({ status: 'OK' }) ?? Buffer.alloc(0)]).toString();
  };
  expect([encode(1), encode(7)]).toEqual([encode(50), encode(50)]);
});

test('an answer without rows has its head all the same', () => {
  const encoder = createBinary2Encoder(headOf([column('x', 'integer', { datatype: 'int' })]));
  const document = encoder.foot({ status: 'OK' })?.toString() ?? '';
  expect(document).toMatch(
    /<\?xml .*<FIELD name="x" datatype="int"\/>.*<STREAM encoding="base64">\s*<\/STREAM>/s,
  );
});

function hexOf(text: string): string {
  return Buffer.from(text).toString('hex');
}
