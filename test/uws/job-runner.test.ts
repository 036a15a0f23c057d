import { readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { identifier, sql } from '../../adql/index.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import { ServiceError } from '../../src/service-error.ts';
import type { JobService, JobServiceOptions } from '../../src/uws/job-service.ts';
import { createJobQueue } from '../../src/uws/job-queue.ts';
import type { NewJob } from '../../src/uws/job-store.ts';
import type { RunJob } from '../../src/uws/run-job.ts';
import {
  answering,
  createTestResults,
  endless,
  jobIn,
  newJob,
  once,
  startReplica,
  textOf,
} from '../support/job-fixtures.ts';
import {
  createTestDatabase,
  testServer,
  type TestDatabase,
} from '../support/create-test-database.ts';

let database: TestDatabase;
let store: Awaited<ReturnType<typeof createTestResults>>;
let replicas: JobService[] = [];

beforeAll(async () => {
  database = await createTestDatabase({ content: 'schema' });
});
beforeEach(async () => {
  store = await createTestResults();
});
afterEach(async () => {
  await Promise.all(replicas.map((replica) => replica.stop(0)));
  replicas = [];
  await database.owner.execute(sql`DELETE FROM uws.job`);
  await store.remove();
});
afterAll(() => database.drop());

/** A replica on the database of this file, or on its own connections to it. */
function replica(run: RunJob, options: Partial<JobServiceOptions> = {}): JobService {
  const started = startReplica(options.database ?? database, {
    results: store.results,
    run,
    ...options,
  });
  replicas.push(started);
  return started;
}

async function queued({ jobs }: JobService, changes: Partial<NewJob> = {}): Promise<string> {
  const job = newJob({ isToRun: true, ...changes });
  await jobs.create(job);
  return job.jobId;
}

async function phases(): Promise<unknown> {
  return database.owner.query(
    sql`SELECT phase, count(*)::integer AS jobs FROM uws.job GROUP BY phase ORDER BY phase`,
  );
}

/** Until no job of the database is unfinished. */
async function allEnded(): Promise<void> {
  for (;;) {
    const unfinished = await database.owner.query(
      sql`SELECT FROM uws.job WHERE end_time IS NULL LIMIT 1`,
    );
    if (unfinished.length === 0) return;
    await delay(20);
  }
}

test('a job whose result finds no room ends in ERROR with the reason, and leaves nothing', async () => {
  const service = replica(answering('the answer'));
  const job = newJob({ isToRun: true });
  // A device that is always full, in the place of the file.
  await symlink('/dev/full', join(store.folder, `${job.jobId}.result1.part`));
  await service.jobs.create(job);
  const { error } = await jobIn(service.jobs, job.jobId, 'ERROR');
  expect(error).toEqual({
    type: 'fatal',
    message:
      'The result could not be kept: the disk of this service is full. ' +
      'Ask for fewer rows or columns, delete jobs that you no longer need, or try again later.',
  });
  expect(await readdir(store.folder)).toEqual([]);
});

test('a job runs as soon as it is queued, and its result is there when it is COMPLETED', async () => {
  const service = replica(answering('the answer'));
  const job = await jobIn(service.jobs, await queued(service), 'COMPLETED');
  expect(job.result).toEqual({
    mediaType: 'text/plain',
    size: 10,
    rows: 1,
    storageKey: `${job.jobId}.result1`,
  });
  expect(await textOf(await store.results.read(job.result.storageKey))).toBe('the answer');
});

test('two replicas share 200 jobs: all end, none runs twice', async () => {
  const runs: string[] = [];
  const counting = (name: string): RunJob => {
    return (job, signal) => {
      runs.push(`${job.jobId} ${name}`);
      return answering('x')(job, signal);
    };
  };
  const first = replica(counting('first'));
  replica(counting('second'));
  await Promise.all(Array.from({ length: 200 }, () => queued(first)));
  await allEnded();

  expect(await phases()).toEqual([{ phase: 'COMPLETED', jobs: 200 }]);
  expect(new Set(runs.map((run) => run.split(' ')[0])).size).toBe(200);
  expect(runs).toHaveLength(200);
  expect(new Set(runs.map((run) => run.split(' ')[1]))).toEqual(new Set(['first', 'second']));
});

test('no job of a replica that died is lost', async () => {
  const dead = createJobQueue({ owner: database.owner, replica: 'dead', slotsPerClient: 100 });
  const waiting = replica(answering('x'), { slots: 0 });
  await Promise.all(Array.from({ length: 20 }, () => queued(waiting)));
  expect(await dead.claim(10)).toHaveLength(10);
  replica(answering('x'), { timing: { deadAfter: 1 } });
  await allEnded();
  expect(await phases()).toEqual([{ phase: 'COMPLETED', jobs: 20 }]);
});

test('a job whose replica died twice is given up with the reason', async () => {
  const service = replica(answering('x'), { slots: 0, timing: { deadAfter: 1 } });
  const jobId = await queued(service);
  const dead = createJobQueue({ owner: database.owner, replica: 'dead', slotsPerClient: 100 });
  await dead.claim(1);
  await jobIn(service.jobs, jobId, 'QUEUED');
  await dead.claim(1);
  expect((await jobIn(service.jobs, jobId, 'ERROR')).error).toEqual({
    type: 'transient',
    message:
      'The service was interrupted twice while it ran this job, and gave it up. ' +
      'Please send the query again; if that happens again, ask for less at a time.',
  });
});

test('no job is lost when the database goes away in the middle and comes back', async () => {
  const slow: RunJob = (job, signal) => ({
    mediaType: 'text/plain',
    rows: () => 1,
    chunks: (async function* () {
      await delay(20, undefined, { signal });
      yield* once(job.jobId);
    })(),
  });
  const first = replica(slow);
  const own = await openDatabase({ owner: database.connection });
  replica(slow, { database: own });
  await Promise.all(Array.from({ length: 100 }, () => queued(first)));
  await jobsDone(10);

  await outage(500);
  await allEnded();
  expect(await phases()).toEqual([{ phase: 'COMPLETED', jobs: 100 }]);
  await Promise.all(replicas.map((service) => service.stop(0)));
  await own.end();
});

test('ABORT at one replica stops the job at another, and nothing is left of it', async () => {
  const running = replica(endless);
  const other = replica(answering('x'), { slots: 0 });
  const jobId = await queued(running);
  await jobIn(other.jobs, jobId, 'EXECUTING');
  const files = () => textOfList(store.results.list());
  await until(async () => (await files()).length === 1);

  await other.jobs.abort(jobId);
  await until(async () => (await files()).length === 0);
  expect(await other.jobs.find(jobId)).toMatchObject({ phase: 'ABORTED', error: null });
});

test('DELETE stops a running job', async () => {
  const service = replica(endless, { slots: 1 });
  const jobId = await queued(service);
  await jobIn(service.jobs, jobId, 'EXECUTING');
  await service.jobs.destroy(jobId);
  // The one slot is free again.
  const next = await queued(service);
  expect(await jobIn(service.jobs, next, 'EXECUTING')).toMatchObject({ jobId: next });
});

test('a job that reaches its execution duration is aborted and says so', async () => {
  const service = replica(endless);
  const job = newJob({ isToRun: true });
  const jobId = await queued(service, { request: { ...job.request, executionDuration: 1 } });
  expect((await jobIn(service.jobs, jobId, 'ABORTED')).error).toEqual({
    type: 'fatal',
    message:
      'The job ran longer than its execution duration of 1 s and was aborted. ' +
      'Ask for less at a time, or set a longer EXECUTIONDURATION before the job is run.',
  });
  expect(await textOfList(store.results.list())).toEqual([]);
});

test('a job that fails tells why, and keeps no half answer', async () => {
  const service = replica(() => ({
    mediaType: 'text/plain',
    rows: () => 0,
    chunks: (async function* () {
      yield* once('half');
      throw new ServiceError('bad-query', 'No table "x".');
    })(),
  }));
  const job = await jobIn(service.jobs, await queued(service), 'ERROR');
  expect(job.error).toEqual({ type: 'fatal', message: 'No table "x".' });
  expect(await textOfList(store.results.list())).toEqual([]);
});

test('a passing fault is forgiven once', async () => {
  let runs = 0;
  const unavailable = (): never => {
    throw new ServiceError('database-unavailable', 'The database is being restarted.');
  };
  const service = replica((job, signal) => {
    runs += 1;
    return runs === 1 ? unavailable() : answering('second try')(job, signal);
  });
  await jobIn(service.jobs, await queued(service), 'COMPLETED');

  runs = 0;
  await service.stop(0);
  const broken = replica(unavailable);
  const job = await jobIn(broken.jobs, await queued(broken), 'ERROR');
  expect(job.error).toEqual({ type: 'transient', message: 'The database is being restarted.' });
});

test('a service that stops hands its jobs back, and the next one runs them', async () => {
  const stopping = replica(endless);
  const jobId = await queued(stopping);
  await jobIn(stopping.jobs, jobId, 'EXECUTING');
  await stopping.stop(0);
  expect(await stopping.jobs.find(jobId)).toMatchObject({ phase: 'QUEUED', position: 1 });
  const next = replica(answering('x'));
  await jobIn(next.jobs, jobId, 'COMPLETED');
});

test('a service that stops lets short jobs end', async () => {
  const stopping = replica((job, signal) => ({
    ...answering('x')(job, signal),
    chunks: (async function* () {
      await delay(200);
      yield* once('done');
    })(),
  }));
  const jobId = await queued(stopping);
  await jobIn(stopping.jobs, jobId, 'EXECUTING');
  await stopping.stop(10);
  expect(await stopping.jobs.phaseOf(jobId)).toBe('COMPLETED');
});

test('one client takes no more than its slots, over all replicas, and leaves the rest to others', async () => {
  const limits = { slots: 3, slotsPerClient: 2 };
  const first = replica(endless, limits);
  replica(endless, limits);
  const many = await Promise.all(
    Array.from({ length: 6 }, () => queued(first, { clientAddress: 'greedy' })),
  );
  const modest = await queued(first, { clientAddress: 'modest' });
  await jobIn(first.jobs, modest, 'EXECUTING');
  await until(async () => (await countRunning('greedy')) === 2);
  // Those of the queue that are claimed next change nothing: an ended job makes room for one.
  const [running = ''] = await jobIdsIn('EXECUTING', 'greedy');
  await first.jobs.abort(running);
  await until(async () => (await countRunning('greedy')) === 2);
  expect(many).toContain(running);
});

test('progress is told while the job runs', async () => {
  const service = replica(endless);
  const jobId = await queued(service);
  await until(async () => {
    const job = await service.jobs.find(jobId);
    return job.phase === 'EXECUTING' && job.progress.bytes > 0;
  });
  expect(await service.jobs.find(jobId)).toMatchObject({ progress: { rows: 3, bytes: 4 } });
});

async function jobIdsIn(phase: string, client: string): Promise<readonly string[]> {
  const rows = await database.owner.query<{ job_id: string; phase: string; client: string }>(
    sql`SELECT job_id, phase, client_address AS client FROM uws.job ORDER BY start_time`,
  );
  return rows
    .filter((row) => row.phase === phase && row.client === client)
    .map(({ job_id }) => job_id);
}

async function countRunning(client: string): Promise<number> {
  return (await jobIdsIn('EXECUTING', client)).length;
}

async function jobsDone(count: number): Promise<void> {
  await until(async () => {
    const done = await database.owner.query(sql`SELECT FROM uws.job WHERE phase = 'COMPLETED'`);
    return done.length >= count;
  });
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await delay(10);
}

async function textOfList(objects: AsyncIterable<{ key: string }>): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of objects) keys.push(key);
  return keys;
}

/** Cuts every connection to the database and refuses new ones for so many milliseconds. */
async function outage(milliseconds: number): Promise<void> {
  const server = await openDatabase({ owner: testServer() });
  const name = identifier(database.connection.database);
  await server.owner.execute(sql`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
  await server.owner.query(sql`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'test!_%' ESCAPE '!'
      AND datname IN (SELECT datname FROM pg_database WHERE NOT datallowconn)`);
  await delay(milliseconds);
  await server.owner.execute(sql`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
  await server.end();
}
