import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from '../../adql/index.ts';
import type { Viewer } from '../../src/uws/job.ts';
import type { JobStore } from '../../src/uws/job-store.ts';
import { createJobStore } from '../../src/uws/job-store.ts';
import { newJob, noEstimate } from '../support/job-fixtures.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';

let database: TestDatabase;
let jobs: JobStore;

beforeAll(async () => {
  database = await createTestDatabase({ content: 'schema' });
  jobs = createJobStore({
    owner: database.owner,
    liveJobsPerClient: 3,
    estimate: noEstimate,
  });
});
afterAll(() => database.drop());

const everything = { phases: [], after: null, last: null };

test('a new job is PENDING and found again whole', async () => {
  const posted = newJob({ viewer: { ownerId: 'ada', visitor: null }, clientAddress: 'whole' });
  await jobs.create(posted);
  const { creationTime, ...found } = await jobs.find(posted.jobId);
  expect(Math.abs(creationTime.getTime() - Date.now())).toBeLessThan(60_000);
  expect(found).toEqual({
    jobId: posted.jobId,
    phase: 'PENDING',
    ownerId: 'ada',
    runId: null,
    quote: null,
    executionDuration: 600,
    destruction: posted.request.destruction,
    parameters: posted.request.parameters,
    parts: [],
  });
});

test('a job is queued at once when it is created with PHASE=RUN, and knows its place', async () => {
  const first = newJob({ isToRun: true, clientAddress: 'queued' });
  const second = newJob({ clientAddress: 'queued' });
  await jobs.create(first);
  await jobs.create(second);
  await jobs.queue(second.jobId);
  expect(await jobs.find(first.jobId)).toMatchObject({ phase: 'QUEUED', position: 1 });
  const job = await jobs.find(second.jobId);
  expect(job).toMatchObject({ phase: 'QUEUED', position: 2 });
  // The longest it may take: the execution duration from the moment of queueing.
  const quotedSeconds = ((job.quote?.getTime() ?? 0) - job.creationTime.getTime()) / 1000;
  expect(Math.round(quotedSeconds / 10)).toBe(60);
});

test('RUN again changes nothing, and RUN of an aborted job is refused', async () => {
  const { jobId } = await created('rerun');
  await jobs.queue(jobId);
  await jobs.queue(jobId);
  expect(await jobs.phaseOf(jobId)).toBe('QUEUED');
  await jobs.abort(jobId);
  await expect(jobs.queue(jobId)).rejects.toMatchObject({
    kind: 'forbidden',
    message:
      'This job cannot be run again: its phase is ABORTED. Create a new job with the same query.',
  });
});

test('ABORT ends a pending job, and changes nothing the second time', async () => {
  const { jobId } = await created('abort');
  await jobs.abort(jobId);
  const aborted = await jobs.find(jobId);
  expect(aborted).toMatchObject({ phase: 'ABORTED', startTime: null, error: null });
  await jobs.abort(jobId);
  expect(await jobs.find(jobId)).toEqual(aborted);
});

test('parameters can be edited while the job is pending', async () => {
  const { jobId } = await created('edit');
  const part = (name: string, storageKey: string) => ({
    name,
    mediaType: 'text/xml',
    size: 1,
    storageKey,
  });
  const query = [{ name: 'QUERY', value: 'SELECT 2' }];
  await jobs.editParameters(jobId, { runId: 'r1', parameters: query }, [part('a', 'k1')]);
  await jobs.editParameters(jobId, { runId: null, parameters: [] }, [
    part('a', 'k2'),
    part('b', 'k3'),
  ]);
  expect(await jobs.find(jobId)).toMatchObject({
    runId: 'r1',
    parameters: [
      { name: 'LANG', value: 'ADQL' },
      { name: 'QUERY', value: 'SELECT 2' },
    ],
    parts: [part('a', 'k2'), part('b', 'k3')],
  });
  await jobs.setExecutionDuration(jobId, 42);
  await jobs.setDestruction(jobId, new Date('2030-01-01T00:00:00.001Z'));
  expect(await jobs.find(jobId)).toMatchObject({
    executionDuration: 42,
    destruction: new Date('2030-01-01T00:00:00.001Z'),
  });

  await jobs.queue(jobId);
  const refusal = {
    kind: 'forbidden',
    message: 'This job can no longer be changed: its phase is QUEUED. Only a PENDING job can.',
  };
  const edit = { runId: null, parameters: query };
  await expect(jobs.editParameters(jobId, edit, [])).rejects.toMatchObject(refusal);
  await expect(jobs.setExecutionDuration(jobId, 1)).rejects.toMatchObject(refusal);
});

test('a destroyed job is gone everywhere, and leaves the keys of what it stored', async () => {
  const part = { name: 'a', mediaType: 'text/xml', size: 1, storageKey: 'k9' };
  const job = newJob({ clientAddress: 'gone', parts: [part] });
  await jobs.create(job);
  expect(await jobs.destroy(job.jobId)).toEqual(['k9']);
  const unknown = {
    kind: 'not-found',
    message: `There is no job ${job.jobId} here. It may have been deleted, or its destruction time has passed.`,
  };
  await expect(jobs.find(job.jobId)).rejects.toMatchObject(unknown);
  await expect(jobs.phaseOf(job.jobId)).rejects.toMatchObject(unknown);
  await expect(jobs.queue(job.jobId)).rejects.toMatchObject(unknown);
  await expect(jobs.abort(job.jobId)).rejects.toMatchObject(unknown);
  await expect(jobs.destroy(job.jobId)).rejects.toMatchObject(unknown);
  await expect(jobs.setDestruction(job.jobId, new Date())).rejects.toMatchObject(unknown);
  await expect(
    jobs.editParameters(job.jobId, { runId: null, parameters: [] }, []),
  ).rejects.toMatchObject(unknown);
});

test('one client can have so many unfinished jobs and no more', async () => {
  const [first] = await Promise.all([created('busy'), created('busy'), created('busy')]);
  await expect(created('busy')).rejects.toMatchObject({
    kind: 'too-many-requests',
    message:
      'You have 3 unfinished jobs here, which is as many as one client may have. ' +
      'Wait for some of them to end, or delete jobs that you never started.',
  });
  await created('another client');
  await jobs.abort(first.jobId);
  await created('busy');
});

test('the job list shows what the viewer owns: by name, by cookie, and nothing to strangers', async () => {
  const bob = { ownerId: 'bob', visitor: null };
  const cookie = { ownerId: null, visitor: 'c00c1e' };
  const owned = await created('l1', bob);
  const second = await created('l1', cookie);
  const third = await created('l2', cookie);
  await jobs.abort(third.jobId);
  const list = async (viewer: Viewer, filter = {}): Promise<unknown> => {
    const listed = await jobs.list(viewer, { ...everything, ...filter });
    return listed.map(({ jobId }) => jobId);
  };

  expect(await list(bob)).toEqual([owned.jobId]);
  expect(await list({ ownerId: null, visitor: null })).toEqual([]);
  expect(await list({ ownerId: null, visitor: 'c00' })).toEqual([]);
  expect(await list(cookie)).toEqual([second.jobId, third.jobId]);
  expect(await list(cookie, { last: 1 })).toEqual([third.jobId]);
  expect(await list(cookie, { phases: ['PENDING'] })).toEqual([second.jobId]);
  expect(await list(cookie, { phases: ['PENDING', 'ABORTED'] })).toHaveLength(2);
  expect(await list(cookie, { phases: ['ARCHIVED'] })).toEqual([]);
  const { creationTime } = await jobs.find(second.jobId);
  expect(await list(cookie, { after: creationTime })).toEqual([third.jobId]);
});

test('the reader, which runs the SQL of users, has no way to the jobs', async () => {
  const [rights] = await database.owner.query(sql`
    SELECT has_schema_privilege('cloudtap_reader', 'uws', 'USAGE') AS schema,
      has_table_privilege('cloudtap_reader', 'uws.job', 'SELECT') AS job`);
  expect(rights).toEqual({ schema: false, job: false });
});

async function created(
  clientAddress: string,
  viewer: Viewer = { ownerId: null, visitor: null },
): Promise<{ readonly jobId: string }> {
  const job = newJob({ clientAddress, viewer });
  await jobs.create(job);
  // Creation times have milliseconds: the list's order is to be the order of creation.
  await new Promise((resolve) => setTimeout(resolve, 3));
  return job;
}
