import { expect, test } from '@jest/globals';
import {
  createCsvEncoder,
  createHeaderlessCsvEncoder,
  createTsvEncoder,
} from '../../src/format/delimited.ts';
import { batchOf, column, encode, headOf } from './rows.ts';

const columns = [
  column('obs_id', 'text'),
  column('a "quoted", name', 'text'),
  column('s_ra', 'double precision'),
  column('t', 'timestamp without time zone'),
  column('shape', 'double precision[]'),
];

const rows = batchOf([
  ['plain', 'a,b', '10.25', '2019-05-20 08:47:30', '{1,2.5}'],
  ['say "hi"', 'two\nlines\tand a tab', 'Infinity', null, null],
  ['', null, 'NaN', null, '{}'],
]);

test('CSV: quotes only where needed, NULL is empty, an empty string is not', () => {
  expect(encode(createCsvEncoder, headOf(columns), rows)).toBe(
    [
      'obs_id,"a ""quoted"", name",s_ra,t,shape',
      'plain,"a,b",10.25,2019-05-20T08:47:30,1 2.5',
      '"say ""hi""","two\nlines\tand a tab",+Inf,,',
      '"",,NaN,,',
      '',
    ].join('\r\n'),
  );
});

test('CSV without header', () => {
  expect(encode(createHeaderlessCsvEncoder, headOf(columns.slice(0, 1)), batchOf([['a']]))).toBe(
    'a\r\n',
  );
});

test('TSV: tabs and newlines in a value become blanks', () => {
  expect(encode(createTsvEncoder, headOf(columns), rows)).toBe(
    [
      'obs_id\ta "quoted", name\ts_ra\tt\tshape',
      'plain\ta,b\t10.25\t2019-05-20T08:47:30\t1 2.5',
      'say "hi"\ttwo lines and a tab\t+Inf\t\t',
      '\t\tNaN\t\t',
      '',
    ].join('\n'),
  );
});

test('an overflow is silent, a failure cannot be told', () => {
  const encoder = createCsvEncoder(headOf(columns));
  expect(encoder.foot({ status: 'OVERFLOW' })).toEqual(Buffer.alloc(0));
  expect(encoder.foot({ status: 'ERROR', message: 'lost' })).toBeNull();
});
