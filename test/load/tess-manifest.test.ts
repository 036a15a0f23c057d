import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { readSectors, readTessFacts, tessManifest } from '../../src/load/tess-manifest.ts';

const facts = await readTessFacts();

function manifestOf(sectors: string): string {
  return [...tessManifest(facts, readSectors(sectors, facts))].join('');
}

test('a line is as aws s3 ls --recursive prints it', () => {
  expect(manifestOf('12').split('\n')[0]).toBe(
    '2021-02-01 00:00:00   35553600 tess/public/ffi/s0012/2019/141/1-1/' +
      'tess2019141105932-s0012-1-1-0144-s_ffic.fits',
  );
});

test('sector 12 has 20,624 images, 1289 for each CCD', () => {
  const keys = manifestOf('12').trimEnd().split('\n');
  expect(keys).toHaveLength(20_624);
  expect(keys.filter((key) => key.includes('-s0012-3-4-'))).toHaveLength(1289);
});

test('a sector may change its configuration number, and images may be missing', () => {
  expect(new Set(manifestOf('26').match(/-\d{4}-s_ffic/g))).toEqual(
    new Set(['-0187-s_ffic', '-0188-s_ffic']),
  );
  const counts = new Map<string, number>();
  for (const [, detector = ''] of manifestOf('65').matchAll(/-s0065-(\d-\d)-/g)) {
    counts.set(detector, (counts.get(detector) ?? 0) + 1);
  }
  expect([counts.get('1-1'), counts.get('4-1'), counts.get('4-4')]).toEqual([11759, 11758, 10296]);
});

test('sectors 1 to 68 are the real list of 4,482,130 keys, in their order', () => {
  const hash = createHash('sha256');
  let count = 0;
  for (const lines of tessManifest(facts, readSectors('1-68', facts))) {
    const keys = lines.replace(/^.{31}/gm, '');
    count += keys.split('\n').length - 1;
    hash.update(keys);
  }
  expect(count).toBe(4_482_130);
  // Of the sorted real keys, each with a line end (verify-tess-facts.ts compares key by key).
  expect(hash.digest('hex')).toBe(
    '17f3318f3f139817576b8e0b2df87eaec045e20516266877c0161d9ca15a0947',
  );
}, 60_000);

test.each([
  ['12', ['0012']],
  ['5-7, 1', ['0001', '0005', '0006', '0007']],
  ['3,3', ['0003']],
])('sectors may be written %s', (text, sectors) => {
  expect(readSectors(text, facts)).toEqual(sectors);
});

test.each(['', '0', '69', '7-5', '1-99999', 'all'])('sectors "%s" are refused', (text) => {
  expect(() => readSectors(text, facts)).toThrow(
    `Sectors "${text}": write numbers from 1 to 68, as in 1,5-7.`,
  );
});
