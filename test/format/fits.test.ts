import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createFitsEncoder } from '../../src/format/fits/fits.ts';
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

const block = 2880;

/** The cards of the header that begins at a block, without blanks at their ends. */
function cardsOf(file: Buffer, firstBlock: number): readonly string[] {
  const header = file.toString('latin1', firstBlock * block, (firstBlock + 1) * block);
  const cards = (header.match(/.{80}/g) ?? []).map((card) => card.trimEnd());
  return cards.slice(0, cards.indexOf('END'));
}

test('a file of one table: two headers, rows of equal length, blocks of 2880 bytes', async () => {
  const file = await answerFrom(database.readRows, createFitsEncoder, {
    select: `SELECT * FROM (VALUES
      (7, 9007199254740993::int8, 1.5::float8, 'caf\u00e9', '{"k": "\u00e9"}'::jsonb, ARRAY[1, 2]),
      (NULL, NULL, NULL, NULL, NULL, NULL),
      (-1, 0, 'NaN', 'a' || chr(10) || 'b', '{}', ARRAY[3])) v`,
    columns: [
      column('n', 'integer', { datatype: 'int', description: "The row's number" }),
      column('n', 'bigint', { datatype: 'long' }),
      column('s_ra', 'double precision', { datatype: 'double', unit: 'deg', ucd: 'pos.eq.ra' }),
      column('target_name', 'text', { arraysize: '*', utype: 'obscore:Target.Name' }),
      column('cloud_access', 'jsonb', { arraysize: '*', xtype: 'json' }),
      column('levels', 'integer[]', { datatype: 'int', arraysize: '*' }),
    ],
  });
  expect(file).toHaveLength(3 * block);
  expect(cardsOf(file, 0)).toEqual([
    'SIMPLE  =                    T',
    'BITPIX  =                    8',
    'NAXIS   =                    0',
    'EXTEND  =                    T',
    "DATE    = '2026-01-02T03:04:05.678'",
    `CREATOR = '${softwareVersion}'`,
    'HISTORY SELECT 1',
  ]);
  expect(cardsOf(file, 1)).toEqual([
    "XTENSION= 'BINTABLE'",
    'BITPIX  =                    8',
    'NAXIS   =                    2',
    'NAXIS1  =                   47',
    'NAXIS2  =                    3',
    'PCOUNT  =                    0',
    'GCOUNT  =                    1',
    'TFIELDS =                    6',
    "EXTNAME = 'result  '",
    "TTYPE1  = 'n       '",
    "TFORM1  = 'J       '",
    'TNULL1  =          -2147483648',
    "TCOMM1  = 'The row''s number'",
    "TTYPE2  = 'n_2     '",
    "TFORM2  = 'K       '",
    'TNULL2  = -9223372036854775808',
    "TTYPE3  = 's_ra    '",
    "TFORM3  = 'D       '",
    "TUNIT3  = 'deg     '",
    "TUCD3   = 'pos.eq.ra'",
    "TTYPE4  = 'target_name'",
    "TFORM4  = '4A      '",
    "TUTYP4  = 'obscore:Target.Name'",
    "TTYPE5  = 'cloud_access'",
    "TFORM5  = '15A     '",
    "TXTYP5  = 'json    '",
    "TTYPE6  = 'levels  '",
    "TFORM6  = '2J      '",
    'TNULL6  =          -2147483648',
  ]);
  const rows = [0, 1, 2].map((row) =>
    file.subarray(2 * block + row * 47, 2 * block + (row + 1) * 47),
  );
  expect(rows.map((row) => row.toString('latin1'))).toEqual([
    '\0\0\0\x07\0\x20\0\0\0\0\0\x01\x3f\xf8\0\0\0\0\0\0caf?{"k": "\\u00e9"}\0\0\0\x01\0\0\0\x02',
    `\x80\0\0\0\x80\0\0\0\0\0\0\0\x7f\xf8\0\0\0\0\0\0${'\0'.repeat(19)}\x80\0\0\0\x80\0\0\0`,
    `\xff\xff\xff\xff\0\0\0\0\0\0\0\0\x7f\xf8\0\0\0\0\0\0a b\0{}${'\0'.repeat(13)}\0\0\0\x03\x80\0\0\0`,
  ]);
  expect(file.subarray(2 * block + 3 * 47).every((byte) => byte === 0)).toBe(true);
});

test('fixed arrays have dimensions, strings that are always NULL no room', async () => {
  const file = await answerFrom(database.readRows, createFitsEncoder, {
    select: `SELECT ARRAY[[1,2,3],[4,5,6]]::float4[], ARRAY[1.5,-2]::float8[], true, NULL::text, '101'::text`,
    columns: [
      column('matrix', 'real[]', { datatype: 'float', arraysize: '3x2' }),
      column('p', 'double precision[]', { datatype: 'double', arraysize: '2', xtype: 'point' }),
      column('b', 'boolean', { datatype: 'boolean' }),
      column('t', 'text', { arraysize: '*' }),
      column('bits', 'text', { datatype: 'bit', arraysize: '3' }),
    ],
  });
  expect(cardsOf(file, 1).filter((card) => /^T(FORM|DIM)/.test(card))).toEqual([
    "TFORM1  = '6E      '",
    "TDIM1   = '(3,2)   '",
    "TFORM2  = '2D      '",
    "TFORM3  = 'L       '",
    "TFORM4  = '0A      '",
    "TFORM5  = '3A      '",
  ]);
  expect(file.toString('latin1', 2 * block + 40, 2 * block + 44)).toBe('T101');
});

test.each([
  {
    name: 'a number that no row has stands for NULL',
    rows: '(7), (NULL)',
    nullText: '-32768',
    hex: '00078000',
  },
  {
    name: 'the least number is kept, and the greatest stands for NULL',
    rows: '(-32768), (NULL)',
    nullText: '32767',
    hex: '80007fff',
  },
  {
    name: 'without a NULL all numbers are numbers',
    rows: '(-32768), (32767)',
    nullText: undefined,
    hex: '80007fff',
  },
])('$name', async ({ rows, nullText, hex }) => {
  const file = await answerFrom(database.readRows, createFitsEncoder, {
    select: `SELECT n::int2 FROM (VALUES ${rows}) v (n)`,
    columns: [column('n', 'smallint', { datatype: 'short' })],
  });
  const found = /^TNULL1 += +(\S+)$/m.exec(cardsOf(file, 1).join('\n'))?.[1];
  expect([found, file.toString('hex', 2 * block, 2 * block + 4)]).toEqual([nullText, hex]);
});

test('a column that leaves no number for NULL is refused', async () => {
  const question = {
    select: 'SELECT n::int2 FROM (VALUES (-32768), (32767), (NULL)) v (n)',
    columns: [column('n', 'smallint', { datatype: 'short' })],
  };
  await expect(answerFrom(database.readRows, createFitsEncoder, question)).rejects.toThrow(
    'Column "n" holds the least and the greatest number of its type and NULLs too: FITS has no number left to stand for NULL. Ask for another format, or leave the column out.',
  );
});

test('an answer without rows is two headers', () => {
  const encoder = createFitsEncoder(headOf([column('x', 'text')], `SELECT ${'x'.repeat(100)}`));
  const file = encoder.foot({ status: 'OK' }) ?? Buffer.alloc(0);
  expect(file).toHaveLength(2 * block);
  expect(cardsOf(file, 0).slice(-2)).toEqual([
    `HISTORY SELECT ${'x'.repeat(65)}`,
    `HISTORY ${'x'.repeat(35)}`,
  ]);
});

test('a failure cannot be told, and an answer that would swell beyond measure is refused', () => {
  const encoder = createFitsEncoder(headOf([column('x', 'text')]));
  expect(encoder.foot({ status: 'ERROR', message: 'lost' })).toBeNull();
  const batch = batchOf([['x'.repeat(1_000_000)]]);
  for (let count = 0; count < 20_000; count += 1) encoder.survey?.(batchOf([['']]), 1);
  encoder.survey?.(batch, 1);
  expect(() => encoder.rows(batch, 1)).toThrow(
    'In FITS every row is as long as the longest, and this answer would take 1000000 bytes for each of 20001 rows. Ask for another format, or leave out the column with the longest values.',
  );
});
