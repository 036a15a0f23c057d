import { expect, test } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { UploadSlots } from '../../src/upload/upload-slots.ts';

test('no more than the given number work at a time, in the order in which they came', async () => {
  const slots = new UploadSlots(2);
  const begun: number[] = [];
  let working = 0;
  let most = 0;
  const work = (index: number) => async (): Promise<void> => {
    begun.push(index);
    working += 1;
    most = Math.max(most, working);
    await delay(1);
    working -= 1;
  };
  await Promise.all([0, 1, 2, 3, 4, 5].map((index) => slots.run(work(index))));
  expect([most, begun]).toEqual([2, [0, 1, 2, 3, 4, 5]]);
});

test('a slot comes free also when the work fails', async () => {
  const slots = new UploadSlots(1);
  await expect(slots.run(() => Promise.reject(new Error('in vain')))).rejects.toThrow('in vain');
  expect(await slots.run(() => Promise.resolve('done'))).toBe('done');
});
