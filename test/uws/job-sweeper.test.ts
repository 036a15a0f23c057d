import { writeFile, utimes, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql, value } from '../../adql/index.ts';
import { createJobQueue } from '../../src/uws/job-queue.ts';
import { createJobStore, type JobStore } from '../../src/uws/job-store.ts';
import { sweepJobs, sweepOrphans } from '../../src/uws/job-sweeper.ts';
import { createTestResults, newJob, noEstimate, once } from '../support/job-fixtures.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';

let database: TestDatabase;
let store: Awaited<ReturnType<typeof createTestResults>>;
let jobs: JobStore;

beforeAll(async () => {
  database = await createTestDatabase({ content: 'schema' });
  store = await createTestResults();
  jobs = createJobStore({
    owner: database.owner,
    liveJobsPerClient: 100,
    estimate: noEstimate,
  });
});
afterAll(async () => {
  await database.drop();
  await store.remove();
});

const log = (): void => undefined;
const timing = { sweep: 1, deadAfter: 30, orphanSweep: 3600, orphanAge: 3600 };

/** A job that was run to its end, with a part and a result in the store. */
async function completed(): Promise<string> {
  const job = newJob({ isToRun: true });
  const part = `${job.jobId}.part1`;
  await store.results.write(part, once('part'), 'text/xml');
  await jobs.create({
    ...job,
    parts: [{ name: 'p', mediaType: 'text/xml', size: 4, storageKey: part }],
  });
  const queue = createJobQueue({ owner: database.owner, replica: 'r', slotsPerClient: 9 });
  const storageKey = `${job.jobId}.result1`;
  await store.results.write(storageKey, once('result'), 'text/plain');
  for (const claimed of await queue.claim(9)) {
    await queue.complete(claimed, { mediaType: 'text/plain', size: 6, rows: 1, storageKey });
  }
  return job.jobId;
}

test('when its destruction time has come a job is gone, with all it stored', async () => {
  const kept = await completed();
  const gone = await completed();
  await jobs.setDestruction(gone, new Date(Date.now() - 1000));
  await sweepJobs({ owner: database.owner, results: store.results, timing, log });
  await expect(jobs.find(gone)).rejects.toMatchObject({ kind: 'not-found' });
  expect((await readdir(store.folder)).sort()).toEqual([`${kept}.part1`, `${kept}.result1`]);
});

test('what crashes left in the result store is removed, once it is old', async () => {
  const kept = await completed();
  const pending = newJob();
  await jobs.create(pending);
  const names = [
    `${kept}.result0`,
    `${kept}.result1.part`,
    'nobody.result1',
    // Those stay: of a job that is not finished, and too young.
    `${pending.jobId}.part1`,
    'young.result1',
  ];
  for (const name of names) {
    const path = join(store.folder, name);
    await writeFile(path, 'x');
    if (!name.startsWith('young')) await utimes(path, 0, 0);
  }
  await utimes(join(store.folder, `${kept}.result1`), 0, 0);

  await sweepOrphans({ owner: database.owner, results: store.results, timing, log });
  const left = await readdir(store.folder);
  expect(left).toEqual(expect.arrayContaining([`${kept}.part1`, `${kept}.result1`]));
  expect(names.filter((name) => left.includes(name))).toEqual([
    `${pending.jobId}.part1`,
    'young.result1',
  ]);
});

test('a job of a dead replica is queued again, one of a living replica is left alone', async () => {
  const silent = newJob({ isToRun: true });
  const living = newJob({ isToRun: true });
  await jobs.create(silent);
  await jobs.create(living);
  const queue = createJobQueue({ owner: database.owner, replica: 'r', slotsPerClient: 9 });
  await queue.claim(9);
  await database.owner.execute(sql`
    UPDATE uws.job SET heartbeat = now() - interval '31 seconds'
    WHERE job_id = ${value(silent.jobId, 'text')}`);
  await sweepJobs({ owner: database.owner, results: store.results, timing, log });
  expect(await jobs.phaseOf(silent.jobId)).toBe('QUEUED');
  expect(await jobs.phaseOf(living.jobId)).toBe('EXECUTING');
});
