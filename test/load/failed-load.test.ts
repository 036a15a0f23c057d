import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from '../../adql/index.ts';
import { type Laboratory, manifestOf, manyEntries, openLaboratory } from './laboratory.ts';

let lab: Laboratory;
const before = [{ obs_id: '2020001000000-07', size: 1 }];

beforeAll(async () => {
  lab = await openLaboratory();
});

beforeEach(async () => {
  await lab.database.owner.execute(sql`TRUNCATE ivoa.obscore`);
  await lab.load('1000 d/2020001000000-07.fits');
});

afterAll(() => lab.close());

test('gzip that is cut short leaves the catalogue as it was', async () => {
  const bytes = gzipSync(manifestOf(manyEntries(9999)));
  await expect(lab.loadFrom(bytes.subarray(0, bytes.length - 500))).rejects.toThrow(
    'The manifest is cut short: its gzip data ends before it is complete. Nothing was loaded.',
  );
  expect(await lab.stored()).toEqual(before);
});

test('gzip that is damaged leaves the catalogue as it was', async () => {
  const bytes = gzipSync(manifestOf(manyEntries(9999))).fill(0xaa, 2000, 2100);
  await expect(lab.loadFrom(bytes)).rejects.toThrow(
    'The manifest is damaged: its gzip data has faults. Nothing was loaded.',
  );
  expect(await lab.stored()).toEqual(before);
});

test('a load whose connection is killed half-way leaves the catalogue as it was', async () => {
  const input = new PassThrough();
  const outcome = lab.loadFrom(input).then(
    () => 'loaded',
    () => 'failed',
  );
  input.write(manifestOf(['2000 d/2020002000000-07.fits']));
  await copyStarted();
  await lab.database.owner.query(sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE query LIKE 'COPY staged %' AND datname = current_database()`);
  input.end(manifestOf(['3000 d/2020003000000-07.fits']));
  expect(await outcome).toBe('failed');
  expect(await lab.stored()).toEqual(before);
});

test('a source that fails half-way leaves the catalogue as it was, and the next load works', async () => {
  const input = new PassThrough();
  const outcome = lab.loadFrom(input).catch((error: unknown) => error);
  input.write(manifestOf(['2000 d/2020002000000-07.fits']));
  await copyStarted();
  input.destroy(new Error('the disk is gone'));
  expect(await outcome).toMatchObject({ message: 'the disk is gone' });
  expect(await lab.stored()).toEqual(before);
  expect(await lab.load('2000 d/2020002000000-07.fits')).toMatchObject({ loaded: 1 });
});

/** Until PostgreSQL takes the rows of a load. */
async function copyStarted(): Promise<void> {
  const running = sql`SELECT FROM pg_stat_activity
    WHERE query LIKE 'COPY staged %' AND datname = current_database()`;
  while ((await lab.database.owner.query(running)).length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('a row that the catalogue refuses fails the load with words for the operator', async () => {
  await lab.database.owner.execute(
    sql`ALTER TABLE ivoa.obscore ADD CONSTRAINT small_frames CHECK (access_estsize < 100)`,
  );
  await expect(
    lab.load('2000 d/2020002000000-07.fits', '999000 d/2020003000000-07.fits'),
  ).rejects.toThrow(
    'The catalogue refuses a row: new row for relation "obscore" violates check constraint ' +
      '"small_frames". Nothing was loaded.',
  );
  expect(await lab.stored()).toEqual(before);
});
