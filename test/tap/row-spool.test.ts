import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RowBatch } from '../../src/row-batch.ts';
import { RowSpool, SpoolSpace } from '../../src/tap/row-spool.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cloudtap-spool-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Batches of 100 bytes with these numbers in them; `given` tells how many were taken of the database. */
class Batches implements AsyncIterator<RowBatch, void> {
  given = 0;
  hasEnded = false;
  readonly #count: number;
  readonly #failure: Error | null;

  constructor(count: number, failure: Error | null = null) {
    this.#count = count;
    this.#failure = failure;
  }

  async next(): Promise<IteratorResult<RowBatch, void>> {
    await Promise.resolve();
    if (this.given === this.#count && this.#failure !== null) throw this.#failure;
    this.hasEnded = this.given === this.#count;
    if (this.hasEnded) return { done: true, value: undefined };
    this.given += 1;
    const isLast = this.given === this.#count;
    return { done: false, value: { bytes: Buffer.alloc(100, this.given), rowCount: 1, isLast } };
  }

  return(): Promise<IteratorResult<RowBatch, void>> {
    this.hasEnded = true;
    return Promise.resolve({ done: true, value: undefined });
  }
}

/** What the rest of the batches say, in order, and whether the last one says so. */
async function rest(spool: RowSpool): Promise<readonly (number | string)[]> {
  const seen: (number | string)[] = [];
  for (let batch = await spool.next(); batch !== undefined; batch = await spool.next()) {
    expect(batch.bytes).toEqual(Buffer.alloc(100, batch.bytes[0] ?? 0));
    seen.push(batch.bytes[0] ?? 0, ...(batch.isLast ? ['last'] : []));
  }
  return seen;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}

test('rows pass through, one at a time, until spooling begins', async () => {
  const rows = new Batches(3);
  const space = new SpoolSpace(folder, 1e6);
  const spool = new RowSpool(rows, space);
  await spool.next();
  expect([rows.given, space.used]).toEqual([1, 0]);
  expect(await rest(spool)).toEqual([2, 3, 'last']);
});

test('a spooled answer frees the database early and comes in its order', async () => {
  const rows = new Batches(100);
  const space = new SpoolSpace(folder, 1e6);
  const spool = new RowSpool(rows, space);
  await spool.next();
  void spool.begin();
  await until(() => rows.hasEnded);
  expect(space.used).toBe(9900);
  expect(await rest(spool)).toEqual([...Array.from({ length: 99 }, (_, n) => n + 2), 'last']);
  await spool.close();
  expect([space.used, await readdir(folder)]).toEqual([0, []]);
});

test('one answer takes a small part of the room, and the rest of its rows waits', async () => {
  const rows = new Batches(100);
  const space = new SpoolSpace(folder, 32 * 1000);
  const spool = new RowSpool(rows, space);
  void spool.begin();
  await until(() => space.used === 1000);
  expect(rows.given).toBe(10);
  for (let taken = 1; taken <= 10; taken += 1) {
    expect((await spool.next())?.bytes[0]).toBe(taken);
  }
  expect((await spool.next())?.bytes[0]).toBe(11);
  expect([rows.given, space.used]).toEqual([11, 0]);
  // Read empty, it may begin anew.
  void spool.begin();
  await until(() => space.used === 1000);
  expect(await rest(spool)).toEqual([...Array.from({ length: 89 }, (_, n) => n + 12), 'last']);
});

test.each([
  ['no room at all', 0, 'rows'],
  ['a disk that takes nothing', 1e6, 'missing\0folder'],
])('%s: rows come as if there were no spool', async (_, bytes, name) => {
  const rows = new Batches(5);
  const spool = new RowSpool(rows, new SpoolSpace(join(folder, name), bytes));
  void spool.begin();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(rows.given).toBeLessThanOrEqual(1);
  expect(await rest(spool)).toEqual([1, 2, 3, 4, 5, 'last']);
});

test('a failure of the database comes behind the rows that were there before it', async () => {
  const spool = new RowSpool(new Batches(3, new Error('broken')), new SpoolSpace(folder, 1e6));
  void spool.begin();
  await new Promise((resolve) => setTimeout(resolve, 20));
  const seen: unknown[] = [];
  for (let taken = 1; taken <= 3; taken += 1) seen.push((await spool.next())?.bytes[0]);
  expect(seen).toEqual([1, 2, 3]);
  await expect(spool.next()).rejects.toThrow('broken');
});

test('rows are safe on the disk though their bytes are written over meanwhile', async () => {
  const bytes = Buffer.alloc(100, 7);
  const rows = new Batches(1);
  rows.next = () => Promise.resolve({ done: false, value: { bytes, rowCount: 1, isLast: false } });
  const spool = new RowSpool(rows, new SpoolSpace(folder, 32 * 100));
  const begun = spool.begin();
  // Enough for the spool to have taken them, and not for any disk.
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  bytes.fill(0);
  await begun;
  expect((await spool.next())?.bytes).toEqual(Buffer.alloc(100, 7));
  await spool.close();
});

test('begin tells whether the database is done', async () => {
  const whole = new RowSpool(new Batches(50), new SpoolSpace(folder, 1e6));
  const part = new RowSpool(new Batches(50), new SpoolSpace(folder, 32 * 1000));
  expect([await whole.begin(), await part.begin()]).toEqual([true, false]);
});

test('an answer that is cut ends its query, and says so behind the rows that are there', async () => {
  const rows = new Batches(50);
  const spool = new RowSpool(rows, new SpoolSpace(folder, 32 * 200));
  await spool.begin();
  spool.cut(new Error('too slow'));
  expect(rows.hasEnded).toBe(true);
  expect([(await spool.next())?.bytes[0], (await spool.next())?.bytes[0]]).toEqual([1, 2]);
  await expect(spool.next()).rejects.toThrow('too slow');
});

test('an answer that is given up ends its query and gives its disk back', async () => {
  const rows = new Batches(50);
  const space = new SpoolSpace(folder, 32 * 1000);
  const spool = new RowSpool(rows, space);
  void spool.begin();
  await until(() => space.used === 1000);
  await spool.close();
  expect([rows.hasEnded, space.used]).toEqual([true, 0]);
});
