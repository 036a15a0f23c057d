import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { runWithUploads, tableLines } from './run-with-uploads.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ content: 'schema' });
});
afterAll(() => database.drop());

/** Written by pyarrow: test/upload/parquet/make_fixtures.py. */
function fixture(name: string): Promise<Buffer> {
  return readFile(new URL(`parquet/${name}.parquet`, import.meta.url));
}

async function roundTrip(name: string, select = '*'): Promise<readonly string[]> {
  const tables = { t: await fixture(name) };
  const query = `SELECT ${select} FROM TAP_UPLOAD.t`;
  return tableLines(await runWithUploads(database, { tables, query }));
}

const fields = [
  '<FIELD name="flag" datatype="boolean"/>',
  '<FIELD name="i8" datatype="short"/>',
  '<FIELD name="u8" datatype="unsignedByte"/>',
  '<FIELD name="i16" datatype="short"/>',
  '<FIELD name="u16" datatype="int"/>',
  '<FIELD name="i32" datatype="int"/>',
  '<FIELD name="u32" datatype="long"/>',
  '<FIELD name="i64" datatype="long"/>',
  '<FIELD name="u64" datatype="long"/>',
  '<FIELD name="f16" datatype="float"/>',
  '<FIELD name="f32" datatype="float"/>',
  '<FIELD name="f64" datatype="double"/>',
  '<FIELD name="text" datatype="unicodeChar" arraysize="*"/>',
  '<FIELD name="ascii" datatype="char" arraysize="*"/>',
  '<FIELD name="bytes" datatype="unsignedByte" arraysize="*"/>',
  '<FIELD name="day" datatype="char" arraysize="*" xtype="timestamp"/>',
  '<FIELD name="ms" datatype="char" arraysize="*" xtype="timestamp"/>',
  '<FIELD name="us" datatype="char" arraysize="*" xtype="timestamp"/>',
  '<FIELD name="ns" datatype="char" arraysize="*" xtype="timestamp"/>',
  '<FIELD name="dec" datatype="double"/>',
  '<FIELD name="ints" datatype="int" arraysize="*"/>',
  '<FIELD name="reals" datatype="double" arraysize="*"/>',
  '<FIELD name="pair" datatype="float" arraysize="*"/>',
];

const rows = [
  [
    'T',
    '-128',
    '0',
    '-32768',
    '0',
    '-2147483648',
    '0',
    '-9223372036854775808',
    '0',
    '1.5',
    '1.1',
    '1.1',
    'a &amp; b',
    'x',
    '0 255',
    '2021-02-28T00:00:00',
    '2021-02-28T23:59:59.123',
    '2021-02-28T23:59:59.123456',
    '2021-02-28T23:59:59.123456',
    '12345.678',
    '1 2 3',
    '0.5',
    '1 2',
  ],
  [
    'F',
    '127',
    '255',
    '32767',
    '65535',
    '2147483647',
    '4294967295',
    '9223372036854775807',
    '9223372036854775807',
    'NaN',
    '-Inf',
    '1.7976931348623157e+308',
    '',
    'y',
    '',
    '0001-01-01T00:00:00',
    '',
    '',
    '',
    '-0.001',
    '',
    '1.5 2.5',
    '3 4',
  ],
  fields.map((_, column) => (column === 13 ? 'x' : '')),
  [
    'T',
    '1',
    '1',
    '1',
    '1',
    '1',
    '1',
    '1',
    '1',
    '-0.25',
    '0',
    '-0',
    'A\u00e9\u4e2d\u{1f600}',
    'x',
    '122',
    '9999-12-31T00:00:00',
    '1970-01-01T00:00:00',
    '1969-12-31T23:59:00',
    '2021-02-28T23:59:59.123456',
    '0',
    // [4, null]: VOTable has no null for an integer among others.
    '',
    '',
    '5 6',
  ],
];

function lines(columns: readonly number[]): readonly string[] {
  const rowLine = (row: readonly string[]): string =>
    `<TR>${columns.map((column) => `<TD>${row[column] ?? ''}</TD>`).join('')}</TR>`;
  return [...columns.map((column) => fields[column] ?? ''), ...rows.map(rowLine)];
}

const all = fields.map((_, index) => index);

test.each(['none', 'snappy', 'gzip', 'brotli', 'lz4', 'version-2'])(
  'a table of all types as pyarrow writes it (%s)',
  async (name) => {
    expect(await roundTrip(name)).toEqual(lines(all));
  },
);

test('the same in the delta encodings and in split bytes', async () => {
  expect(await roundTrip('delta')).toEqual(
    lines(all.filter((column) => column !== 9 && column !== 22)),
  );
});

test('timestamps of 96 bits', async () => {
  expect(await roundTrip('int96')).toEqual(lines([5, 17]));
});

test.each(['many-pages-1', 'many-pages-2'])(
  'rows in several groups and lists that go on in the next page (%s)',
  async (name) => {
    const answer = await roundTrip(name);
    const cells = Array.from({ length: 1000 }, (_, n) => [
      String(n),
      n % 7 === 0 ? '' : `star ${String(n).padStart(5, '0')}`,
      String(n ** 3 - 5),
      n % 2 === 0 ? 'T' : 'F',
      n % 11 === 0 ? '' : Array.from({ length: n % 13 }, (_element, index) => index).join(' '),
    ]);
    expect(answer.slice(5)).toEqual(
      cells.map((row) => `<TR>${row.map((cell) => `<TD>${cell}</TD>`).join('')}</TR>`),
    );
  },
);

test.each([
  [
    'struct',
    'its column "s" is nested (a struct); send columns of single values or lists of numbers.',
  ],
  ['map', 'its column "m" is nested (a MAP); send columns of single values or lists of numbers.'],
  [
    'list-of-lists',
    'its column "l" is nested (a list of lists or of structs); send columns of single values or lists of numbers.',
  ],
  ['list-of-texts', 'its column "l" holds lists of char; only lists of numbers are read here.'],
  ['time', 'its column "t" has the type TIME, which is not read here.'],
  [
    'zstd',
    'it is compressed by zstd, which is not read here; write it with snappy, gzip, brotli, LZ4_RAW or uncompressed.',
  ],
])('%s is refused by name', async (name, message) => {
  await expect(roundTrip(name)).rejects.toMatchObject({
    kind: 'bad-request',
    message: `The uploaded table t cannot be used: ${message}`,
  });
});
