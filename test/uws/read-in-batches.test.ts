import { expect, test } from '@jest/globals';
import { readInBatches } from '../../src/uws/read-in-batches.ts';

/** A read that remembers what it was asked for, and is answered by hand. */
function heldReads(): {
  readonly asked: (readonly string[])[];
  readonly read: (keys: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  readonly release: () => void;
} {
  const asked: (readonly string[])[] = [];
  let release = (): void => undefined;
  const read = (keys: readonly string[]): Promise<ReadonlyMap<string, string>> => {
    asked.push(keys);
    return new Promise((resolve) => {
      release = () => {
        resolve(new Map(keys.map((key) => [key, key.toUpperCase()])));
      };
    });
  };
  return {
    asked,
    read,
    release: () => {
      release();
    },
  };
}

/** Until all that can go on has gone on. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('what is asked for in one turn is read at once, each key once, and no more than allowed', async () => {
  const { asked, read, release } = heldReads();
  const readOne = readInBatches(read, 3);
  const answers = Promise.all(['a', 'b', 'a', 'c'].map(readOne));
  await settled();
  expect(asked).toEqual([['a', 'b']]);
  release();
  await settled();
  release();
  expect(await answers).toEqual(['A', 'B', 'A', 'C']);
  expect(asked).toEqual([['a', 'b'], ['c']]);
});

test('whoever asks while a read is under way is not given what it finds', async () => {
  const { asked, read, release } = heldReads();
  const readOne = readInBatches(read, 10);
  const early = readOne('a');
  await settled();
  const late = readOne('a');
  release();
  expect(await early).toBe('A');
  await settled();
  expect(asked).toEqual([['a'], ['a']]);
  release();
  expect(await late).toBe('A');
});

test('a read that fails fails for those who asked, and for nobody after them', async () => {
  const results = [Promise.reject(new Error('away')), Promise.resolve(new Map([['a', 'A']]))];
  const readOne = readInBatches(() => results.shift() ?? Promise.resolve(new Map()), 10);
  await expect(readOne('a')).rejects.toThrow('away');
  expect(await readOne('a')).toBe('A');
  expect(await readOne('b')).toBeUndefined();
});
