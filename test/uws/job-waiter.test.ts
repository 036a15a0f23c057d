import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { identifier, sql, value } from '../../adql/index.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import type { JobService } from '../../src/uws/job-service.ts';
import { answering, createTestResults, newJob, startReplica } from '../support/job-fixtures.ts';
import {
  createTestDatabase,
  testServer,
  type TestDatabase,
} from '../support/create-test-database.ts';

let database: TestDatabase;
let store: Awaited<ReturnType<typeof createTestResults>>;
let service: JobService;

beforeAll(async () => {
  database = await createTestDatabase({ content: 'schema' });
  store = await createTestResults();
  // No slots: jobs stay where the test puts them.
  service = startReplica(database, { results: store.results, run: answering('x'), slots: 0 });
});
afterAll(async () => {
  await service.stop(0);
  await database.drop();
  await store.remove();
});

const forLong = { seconds: -1, phase: null };
const alive = new AbortController().signal;

async function created(): Promise<string> {
  const job = newJob();
  await service.jobs.create(job);
  return job.jobId;
}

async function entered(count: number): Promise<void> {
  while (service.waiter.size < count) await new Promise(setImmediate);
}

test('a wait ends when the phase changes, by whichever replica', async () => {
  const jobId = await created();
  const wait = service.waiter.wait(jobId, forLong, alive);
  await entered(1);
  await database.owner.execute(sql`
    UPDATE uws.job SET phase = 'ABORTED', end_time = now()
    WHERE job_id = ${value(jobId, 'text')}`);
  await wait;
  expect(service.waiter.size).toBe(0);
});

test('a wait ends when the job is deleted', async () => {
  const jobId = await created();
  const wait = service.waiter.wait(jobId, forLong, alive);
  await entered(1);
  await service.jobs.destroy(jobId);
  await wait;
  expect(service.waiter.size).toBe(0);
});

test('nobody waits for a job that has ended, nor while the phase is another than the guard', async () => {
  const jobId = await created();
  await service.waiter.wait(jobId, { seconds: -1, phase: 'QUEUED' }, alive);
  await service.jobs.abort(jobId);
  await service.waiter.wait(jobId, { seconds: -1, phase: 'ABORTED' }, alive);
  expect(service.waiter.size).toBe(0);
});

test('a wait ends when its time is over, and at once for WAIT=0', async () => {
  const jobId = await created();
  await service.waiter.wait(jobId, { seconds: 0, phase: null }, alive);
  await service.waiter.wait(jobId, { seconds: 1, phase: 'PENDING' }, alive);
  expect(await service.jobs.phaseOf(jobId)).toBe('PENDING');
});

test('neither old news nor other jobs end a wait, but it ends when the client is gone', async () => {
  const client = new AbortController();
  const wait = service.waiter.wait(await created(), forLong, client.signal);
  const other = await created();
  const otherWait = service.waiter.wait(other, forLong, alive);
  await entered(2);
  // News come in order: when this is heard, the creation of both jobs was.
  await service.jobs.abort(other);
  await otherWait;
  expect(service.waiter.size).toBe(1);
  client.abort();
  await wait;
  expect(service.waiter.size).toBe(0);
});

test('waiting for an unknown job is refused', async () => {
  await expect(service.waiter.wait('nobody', forLong, alive)).rejects.toMatchObject({
    kind: 'not-found',
  });
  expect(service.waiter.size).toBe(0);
});

test('5,000 clients wait without a connection of their own, and all are woken', async () => {
  const jobIds = await Promise.all(Array.from({ length: 50 }, created));
  const waits = Array.from({ length: 5000 }, (_, index) =>
    service.waiter.wait(jobIds[index % 50] ?? '', forLong, alive),
  );
  await entered(5000);
  const [connections] = await database.owner.query<{ readonly number: number }>(sql`
    SELECT count(*)::integer AS number FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend'`);
  // The pool of the owner at most, and the one that listens.
  expect(connections?.number).toBeLessThanOrEqual(11);
  await database.owner.execute(sql`UPDATE uws.job SET phase = 'ABORTED', end_time = now()
    WHERE phase = 'PENDING'`);
  await Promise.all(waits);
  expect(service.waiter.size).toBe(0);
});

test('a change that happened while nobody could listen is noticed afterwards', async () => {
  const jobId = await created();
  const wait = service.waiter.wait(jobId, forLong, alive);
  await entered(1);
  // The listener's connection is cut, and the job changes before it is back.
  const server = await openDatabase({ owner: testServer() });
  const name = identifier(database.connection.database);
  const owner = await openDatabase({ owner: database.connection });
  await owner.owner.transaction(async (session) => {
    await server.owner.execute(sql`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await session.query(sql`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND query LIKE 'LISTEN%'`);
    await session.execute(sql`
      UPDATE uws.job SET phase = 'ABORTED', end_time = now()
      WHERE job_id = ${value(jobId, 'text')}`);
  });
  await server.owner.execute(sql`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
  await wait;
  expect(await service.jobs.phaseOf(jobId)).toBe('ABORTED');
  await owner.end();
  await server.end();
});
