import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { codeOf } from '../../src/database/error-fields.ts';
import { sparingDisk } from '../../src/spare-disk.ts';

const megabyte = 1024 ** 2;

/** A disk in blocks of 4 kB. */
function disk(
  free: number,
  size: number,
): () => Promise<{ bavail: number; blocks: number; bsize: number }> {
  return () => Promise.resolve({ bavail: free / 4096, blocks: size / 4096, bsize: 4096 });
}

const large = 500_000 * megabyte;
const small = 100 * megabyte;

test.each([
  { what: '1 GB of a large disk', free: 1024 * megabyte, size: large, answer: 'may write' },
  { what: 'less than 1 GB of a large disk', free: 1023 * megabyte, size: large, answer: 'ENOSPC' },
  { what: 'a twentieth of a small disk', free: 5 * megabyte, size: small, answer: 'may write' },
  { what: 'less of a small disk', free: 4 * megabyte, size: small, answer: 'ENOSPC' },
  { what: 'nothing', free: 0, size: large, answer: 'ENOSPC' },
])('with $what left the answer is $answer', async ({ free, size, answer }) => {
  const asked = sparingDisk('/data', disk(free, size))(2 * megabyte);

  expect(await asked.then(() => 'may write', codeOf)).toBe(answer);
});

test('the disk is looked at once for every 16 MB', async () => {
  let looks = 0;
  const spare = sparingDisk('/data', () => {
    looks += 1;
    return disk(5000 * megabyte, 9000 * megabyte)();
  });
  for (let i = 0; i < 64; i += 1) await spare(megabyte);

  expect(looks).toBe(4);
});

test('a file below 1 MB is kept as long as there is any room', async () => {
  const spare = sparingDisk('/data', disk(0, large));

  for (let i = 0; i < 1024; i += 1) await spare(1024);
  await expect(spare(1)).rejects.toMatchObject({ code: 'ENOSPC' });
});

test('a real folder is on a real disk', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cloudtap-spare-'));
  try {
    await expect(sparingDisk(folder)(2 * megabyte)).resolves.toBeUndefined();
    await expect(sparingDisk(join(folder, 'missing'))(2 * megabyte)).rejects.toMatchObject({
      code: 'ENOENT',
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});
