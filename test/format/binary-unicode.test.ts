import { expect, test } from '@jest/globals';
import type { OutputColumn } from '../../adql/index.ts';
import { createBinary2Encoder, createBinaryEncoder } from '../../src/format/votable/binary.ts';
import { batchOf, column, encode, headOf } from './rows.ts';

test('a character beyond ASCII further down is an error, and the rows before it stay whole', () => {
  const encoder = createBinary2Encoder(headOf([column('target_name', 'text')]));
  const first = encoder.rows(batchOf([['a']], false), 1).toString();
  expect(() => encoder.rows(batchOf([['b'], ['\u00e9']]), 2)).toThrow(
    'Column "target_name" holds text beyond ASCII, which the rows before it did not. Send the same query again: this column is expected to hold such text then. Or ask for RESPONSEFORMAT=votable/td.',
  );
  const last = encoder.foot({ status: 'ERROR', message: 'see above' })?.toString() ?? '';
  expect(first + last).toMatch(/<STREAM encoding="base64">AAAAAAFh\s*<\/STREAM>/);
});

test.each([
  ['BINARY2', createBinary2Encoder, '00 00000001 0061 00 00000001 00e9'],
  ['BINARY', createBinaryEncoder, '00000001 0061 00000001 00e9'],
])('the same query again is answered in %s with unicodeChar', (_, createEncoder, hex) => {
  const head = headOf([column('target_name', 'text')]);
  const failing = createEncoder(head);
  failing.rows(batchOf([['a']], false), 1);
  expect(() => failing.rows(batchOf([['\u00e9']]), 1)).toThrow('Send the same query again');

  const encoder = createEncoder(head);
  const document = [
    encoder.rows(batchOf([['a']], false), 1).toString(),
    encoder.rows(batchOf([['\u00e9']]), 1).toString(),
    encoder.foot({ status: 'OK' }),
  ].join('');
  expect(document).toContain('<FIELD name="target_name" datatype="unicodeChar" arraysize="*"/>');
  const [, base64 = ''] = /base64">([^<]*)</.exec(document) ?? [];
  expect(Buffer.from(base64, 'base64').toString('hex')).toBe(hex.replaceAll(' ', ''));
});

test('a described column that once went beyond ASCII is unicodeChar in every later query', () => {
  const creator = column('obs_creator_name', 'text', { description: 'Who made it' });
  const failing = createBinary2Encoder(headOf([creator], 'SELECT TOP 2 obs_creator_name'));
  failing.rows(batchOf([['a']], false), 1);
  expect(() => failing.rows(batchOf([['\u00e9']]), 1)).toThrow('Send the same query again');

  const columns = [column('obs_id', 'text'), { ...creator, name: 'renamed' }];
  const encoder = createBinary2Encoder(headOf(columns, 'SELECT obs_id, obs_creator_name renamed'));
  const document = [
    encoder.rows(batchOf([['x', 'a']], false), 1).toString(),
    encoder.rows(batchOf([['y', '\u00e9']]), 1).toString(),
    encoder.foot({ status: 'OK' }),
  ].join('');
  expect(document.match(/<FIELD name=.*/g)).toEqual([
    '<FIELD name="obs_id" datatype="char" arraysize="*"/>',
    '<FIELD name="renamed" datatype="unicodeChar" arraysize="*">',
  ]);
});

test('text of every length is copied whole, and one character beyond ASCII is seen anywhere in it', () => {
  for (let length = 1; length <= 40; length += 1) {
    const text = 'abcdefghijklmnopqrstuvwxyz0123456789ABCD'.slice(0, length);
    const columns = [column('target_name', 'text')];
    expect(bytesOfRows(columns, [[text]])).toBe(`\0\0\0\0${String.fromCharCode(length)}${text}`);
    const encoder = createBinary2Encoder(headOf(columns));
    encoder.rows(batchOf([['a']], false), 1);
    for (let at = 0; at < length; at += 1) {
      const odd = `${text.slice(0, at)}\u00e9${text.slice(at + 1)}`;
      expect(() => encoder.rows(batchOf([[odd]]), 1)).toThrow('holds text beyond ASCII');
    }
  }
});

test('a stream longer than the slices that become base64 is one text', () => {
  const text = 'x'.repeat(1000);
  const rows = Array.from({ length: 100 }, () => [text]);
  const row = `\0\0\0\u0003\u00e8${text}`;
  expect(bytesOfRows([column('target_name', 'text')], rows)).toBe(row.repeat(100));
});

/** The stream of one batch, a character for each byte. */
function bytesOfRows(columns: readonly OutputColumn[], rows: readonly string[][]): string {
  const document = encode(createBinary2Encoder, headOf(columns), batchOf(rows));
  const [, base64 = ''] = /base64">([^<\s]*)/.exec(document) ?? [];
  return Buffer.from(base64, 'base64').toString('latin1');
}
