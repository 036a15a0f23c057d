import { expect, test } from '@jest/globals';
import { LocalNames } from '../../src/format/uris/local-names.ts';

test('a name is free once, in capitals too', () => {
  const names = new LocalNames();

  expect(['a.fits', 'b.fits', 'a.fits', 'A.FITS', ''].map((name) => names.take(name))).toEqual([
    true,
    true,
    false,
    false,
    true,
  ]);
});

test('of 100,000 names some ten at most are taken for another, and none is forgotten', () => {
  const names = new LocalNames();
  const all = Array.from({ length: 100_000 }, (_, i) => `tess-s0012-${String(i)}_ffic.fits`);

  expect(all.filter((name) => !names.take(name)).length).toBeLessThan(10);
  expect(all.some((name) => names.take(name))).toBe(false);
});
