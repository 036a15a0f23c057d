import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { runWithUploads, tableLines } from './run-with-uploads.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ content: 'schema' });
});
afterAll(() => database.drop());

/** Written by astropy: test/upload/fits/make_fixtures.py. */
function fixture(name: string): Promise<Buffer> {
  return readFile(new URL(`fits/${name}.fits`, import.meta.url));
}

async function roundTrip(content: Buffer, select = '*'): Promise<readonly string[]> {
  const query = `SELECT ${select} FROM TAP_UPLOAD.t`;
  return tableLines(await runWithUploads(database, { tables: { t: content }, query }));
}

const columns: readonly (readonly [field: string, ...cells: readonly string[]])[] = [
  ['<FIELD name="flag" datatype="boolean"/>', 'T', 'F', 'T'],
  ['<FIELD name="byte" datatype="unsignedByte"/>', '0', '255', ''],
  ['<FIELD name="short" datatype="short" unit="adu"/>', '-32768', '32767', ''],
  ['<FIELD name="int" datatype="int"/>', '-2147483648', '2147483647', '0'],
  ['<FIELD name="long" datatype="long"/>', '-9223372036854775808', '9223372036854775807', ''],
  [
    '<FIELD name="float" datatype="float" unit="mag" ucd="phot.mag;em.opt.V" utype="a:b.c"><DESCRIPTION>A magnitude, told in a text that is longer than the seventy characters of one card</DESCRIPTION></FIELD>',
    '1.1',
    '+Inf',
    '',
  ],
  ['<FIELD name="double" datatype="double" unit="deg"/>', '1.1', '-0', ''],
  ['<FIELD name="fc" datatype="floatComplex"/>', '1 2', '-0 -0.5', '0 0'],
  ['<FIELD name="dc" datatype="doubleComplex"/>', '1.5 -2', '3 0', '0 0'],
  ['<FIELD name="text" datatype="char" arraysize="8*"/>', 'a &amp; b', '', 'exactly8'],
  ['<FIELD name="letter" datatype="char"/>', 'x', 'y', 'z'],
  ['<FIELD name="bytes" datatype="unsignedByte" arraysize="3"/>', '1 2 3', '0 0 0', '255 254 253'],
  [
    '<FIELD name="grid" datatype="float" arraysize="3x2"/>',
    '0 1 2 3 4 5',
    '6 7 8 9 10 11',
    '12 13 14 15 16 17',
  ],
  [
    '<FIELD name="names" datatype="char" arraysize="4x3"/>',
    'one two six ',
    'a   b   c   ',
    ' '.repeat(12),
  ],
  ['<FIELD name="flags" datatype="boolean" arraysize="2"/>', 'T F', 'F F', 'T T'],
  ['<FIELD name="sbyte" datatype="short"/>', '-128', '127', '0'],
  ['<FIELD name="u16" datatype="int"/>', '0', '65535', '1'],
  ['<FIELD name="u32" datatype="long"/>', '0', '4294967295', '1'],
  ['<FIELD name="u64" datatype="long"/>', '0', '9223372036854775807', '1'],
  ['<FIELD name="u16s" datatype="int" arraysize="2"/>', '0 65535', '1 2', '3 4'],
  ['<FIELD name="scaled" datatype="double"/>', '0', '12.5', '-1'],
];

const names = columns.map(([field]) => /name="(\w+)"/.exec(field)?.[1] ?? '');
const selected = names.map((name) => `"${name}"`).join(', ');

function rowOf(cells: readonly string[]): string {
  return `<TR>${cells.map((cell) => `<TD>${cell}</TD>`).join('')}</TR>`;
}

const lines = [
  ...columns.map(([field]) => field),
  ...[1, 2, 3].map((row) => rowOf(columns.map((column) => column[row] ?? ''))),
];

test('all types of a table behind images and an empty table, with nulls, scales and units', async () => {
  expect(await roundTrip(await fixture('all-types'), selected)).toEqual(lines);
});

test('the same when it is gzipped', async () => {
  expect(await roundTrip(gzipSync(await fixture('all-types')), selected)).toEqual(lines);
});

test('bits', async () => {
  const [field, ...rows] = await roundTrip(await fixture('all-types'), 'bits');
  expect([field, ...rows.map((row) => row.replaceAll(' ', ''))]).toEqual([
    '<FIELD name="bits" datatype="bit" arraysize="11"/>',
    rowOf(['10101010101']),
    rowOf(['00000000000']),
    rowOf(['11111111111']),
  ]);
});

test('a table without rows, when there is no other', async () => {
  expect(await roundTrip(await fixture('empty'))).toEqual([
    '<FIELD name="nothing" datatype="int"/>',
  ]);
});

test('arrays of variable length', async () => {
  expect(await roundTrip(await fixture('heap'))).toEqual([
    '<FIELD name="n" datatype="int"/>',
    '<FIELD name="ints" datatype="int" arraysize="*"/>',
    '<FIELD name="reals" datatype="double" arraysize="*"/>',
    '<FIELD name="text" datatype="char" arraysize="*"/>',
    '<FIELD name="bytes" datatype="unsignedByte" arraysize="*"/>',
    rowOf(['1', '1 2 3', '0.5', 'a longer text', '1 255']),
    rowOf(['2', '', '1.5 NaN', 'b', '']),
    rowOf(['3', '-4', '', '', '0']),
  ]);
});

test('a thousand arrays of variable length', async () => {
  const [, , ...rows] = await roundTrip(await fixture('many-rows'));
  expect(rows).toEqual(
    Array.from({ length: 1000 }, (_, n) =>
      rowOf([String(n), Array.from({ length: n % 13 }, (_element, index) => index).join(' ')]),
    ),
  );
});

test('a file of images is refused', async () => {
  await expect(roundTrip(await fixture('images'))).rejects.toMatchObject({
    kind: 'bad-request',
    message:
      'The uploaded table t cannot be used: it is a FITS file without a binary table (BINTABLE); it holds an image, IMAGE.',
  });
});
