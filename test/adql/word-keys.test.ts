import { expect, test } from '@jest/globals';
import { wordKeysOf } from '../../adql/compile/word-keys.ts';

test.each([
  ['tess%-s0012-3-4%', ['s0012-3']],
  ['%-s0012-3-4-%', ['s0012-3', '3-4']],
  ['%-s0012-%', ['s0012']],
  ['%-s0012', ['s0012']],
  ['%/s0012:3/%', ['s0012-3']],
  ['%--s0012-%', ['-s0012']],
  ['%-a-%-b-c-%', ['a', 'b-c']],
])('every value like %s has the keys %j', (pattern, keys) => {
  expect(wordKeysOf(pattern)).toEqual(keys);
});

test.each([
  '%0012%',
  '%-s00_2-%',
  'tess%',
  'tess2019141105932-s0012-3-4-0144-s',
  'tess-s0012-%',
  '%',
  '',
])('%s holds no whole word behind its beginning', (pattern) => {
  expect(wordKeysOf(pattern)).toEqual([]);
});

test('words of one or two characters, which most rows have, are not searched alone', () => {
  expect(wordKeysOf('%s0012-1-1%')).toEqual([]);
  expect(wordKeysOf('%-12-%')).toEqual([]);
  expect(wordKeysOf('%-s0012-%-1-%')).toEqual(['s0012', '1']);
});
