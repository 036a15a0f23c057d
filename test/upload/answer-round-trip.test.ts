import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { answerBytes, runWithUploads, tableLines } from './run-with-uploads.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ content: 'schema' });
});
afterAll(() => database.drop());

const query = 'SELECT * FROM TAP_UPLOAD.t';

/** An answer of this service in a format, uploaded and asked for again in TABLEDATA. */
async function thereAndBack(content: string, format: string): Promise<readonly string[]> {
  const t = await answerBytes(database, { tables: { t: content }, query, format });
  return tableLines(await runWithUploads(database, { tables: { t }, query }));
}

/** A FIELD and its cells in three rows, of which the last is NULL. */
type Column = readonly [field: string, first: string, second: string];

const columns: readonly Column[] = [
  ['<FIELD name="flag" datatype="boolean"/>', 'T', 'F'],
  ['<FIELD name="byte" datatype="unsignedByte"/>', '0', '255'],
  ['<FIELD name="bytes" datatype="unsignedByte" arraysize="*"/>', '0 128 255', '7'],
  ['<FIELD name="short" datatype="short"/>', '-32767', '32767'],
  [
    '<FIELD name="int" datatype="int" unit="s" ucd="meta.number" utype="a:b.c"><DESCRIPTION>How many</DESCRIPTION></FIELD>',
    '-2147483647',
    '2147483647',
  ],
  ['<FIELD name="long" datatype="long"/>', '-9223372036854775807', '9223372036854775807'],
  ['<FIELD name="longs" datatype="long" arraysize="2x*"/>', '1 2 3 4', '5 6'],
  ['<FIELD name="float" datatype="float" unit="mag"/>', '1.1', '-1.5e-30'],
  ['<FIELD name="double" datatype="double"/>', '1.7976931348623157e+308', '0.1'],
  ['<FIELD name="grid" datatype="double" arraysize="2x3"/>', '1 2.5 3 4 5 6', '0 0 0 0 0 -1'],
  ['<FIELD name="dcs" datatype="doubleComplex" arraysize="2"/>', '1.5 2 3 4', '0 1 0 1'],
  ['<FIELD name="text" datatype="char" arraysize="*"/>', 'a &amp; b', '&lt;x&gt;'],
  ['<FIELD name="unicode" datatype="unicodeChar" arraysize="*"/>', 'A\u00e9\u4e2d', '\u{1f600}'],
  [
    '<FIELD name="when" datatype="char" arraysize="*" xtype="timestamp"/>',
    '2021-02-28T23:59:59.123456',
    '1999-12-31T00:00:00',
  ],
  [
    '<FIELD name="at" datatype="double" arraysize="2" xtype="point" unit="deg"/>',
    '12.5 -45',
    '0 90',
  ],
  ['<FIELD name="around" datatype="double" arraysize="3" xtype="circle"/>', '0 90 0.1', '1 2 3'],
  [
    '<FIELD name="within" datatype="float" arraysize="*" xtype="polygon"/>',
    '1 2 3 4 5 6',
    '0 0 1 0 1 1 0 1',
  ],
  ['<FIELD name="range" datatype="int" arraysize="2" xtype="interval"/>', '-5 7', '0 1'],
  ['<FIELD name="B-V" datatype="float"/>', '0.5', '-0.25'],
];

function votable(table: readonly Column[]): string {
  return `<VOTABLE version="1.4"><RESOURCE><TABLE>${linesOf(table).slice(0, table.length).join('')}
<DATA><TABLEDATA>${linesOf(table).slice(table.length).join('')}</TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>`;
}

function linesOf(table: readonly Column[]): readonly string[] {
  const rowOf = (cells: readonly string[]): string =>
    `<TR>${cells.map((cell) => `<TD>${cell}</TD>`).join('')}</TR>`;
  return [
    ...table.map(([field]) => field),
    rowOf(table.map(([, first]) => first)),
    rowOf(table.map(([, , second]) => second)),
    rowOf(table.map(() => '')),
  ];
}

test.each(['votable', 'votable/td', 'votable/b2', 'parquet'])(
  'an answer in %s comes back as it was: types, units, UCDs, xtypes, nulls, arrays, unicode',
  async (format) => {
    expect(await thereAndBack(votable(columns), format)).toEqual(linesOf(columns));
  },
);

function nameOf([field]: Column): string {
  return /name="([^"]*)"/.exec(field)?.[1] ?? '';
}

/** With other columns in place of those of the same name. */
function changed(table: readonly Column[], changes: readonly Column[]): readonly Column[] {
  return table.map(
    (column) => changes.find((change) => nameOf(change) === nameOf(column)) ?? column,
  );
}

test('an answer in BINARY comes back as it was, but bytes that may be null need a wider type', async () => {
  expect(await thereAndBack(votable(columns), 'votable/b')).toEqual(
    linesOf(changed(columns, [['<FIELD name="byte" datatype="short"/>', '0', '255']])),
  );
});

test('an answer in FITS comes back as far as FITS has words: ASCII, arrays of one length', async () => {
  const texts = columns.filter(([field]) => !/"(bytes|longs|within|unicode)"/.test(field));
  const changes: readonly Column[] = [
    ['<FIELD name="byte" datatype="short"/>', '0', '255'],
    ['<FIELD name="text" datatype="char" arraysize="5*"/>', 'a &amp; b', '&lt;x&gt;'],
    [
      '<FIELD name="when" datatype="char" arraysize="26*" xtype="timestamp"/>',
      '2021-02-28T23:59:59.123456',
      '1999-12-31T00:00:00',
    ],
  ];
  const wanted = changed(texts, changes);
  expect(await thereAndBack(votable(texts), 'fits')).toEqual(linesOf(wanted));
});

test('arrays of several lengths come back from FITS filled up to the longest', async () => {
  const table: readonly Column[] = [
    ['<FIELD name="within" datatype="float" arraysize="*"/>', '1 2 3', '0 0 1 0'],
    ['<FIELD name="unicode" datatype="unicodeChar" arraysize="*"/>', 'A\u00e9', 'z'],
  ];
  expect(await thereAndBack(votable(table), 'fits')).toEqual(
    linesOf([
      ['<FIELD name="within" datatype="float" arraysize="4"/>', '1 2 3 NaN', '0 0 1 0'],
      ['<FIELD name="unicode" datatype="char" arraysize="2*"/>', 'A?', 'z'],
    ]),
  );
});

test.each(['csv', 'tsv'])(
  'an answer in %s comes back with its values; numbers and texts are all that it tells apart',
  async (format) => {
    const datatypeOf = (name: string): string => {
      if (name === 'unicode') return 'datatype="unicodeChar" arraysize="*"';
      if (['byte', 'short', 'int', 'long'].includes(name)) return 'datatype="long"';
      const isDouble = ['float', 'double', 'B-V'].includes(name);
      return isDouble ? 'datatype="double"' : 'datatype="char" arraysize="*"';
    };
    const plain = columns.map((column): Column => {
      const [, first, second] = column;
      const name = nameOf(column);
      return [`<FIELD name="${name}" ${datatypeOf(name)}/>`, first, second];
    });
    expect(await thereAndBack(votable(columns), format)).toEqual(linesOf(plain));
  },
);
