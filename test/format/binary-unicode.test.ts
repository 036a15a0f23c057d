import { expect, test } from '@jest/globals';
import { createBinary2Encoder, createBinaryEncoder } from '../../src/format/votable/binary.ts';
import { batchOf, column, headOf } from './rows.ts';

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
