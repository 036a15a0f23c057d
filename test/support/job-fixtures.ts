import { setTimeout as delay } from 'node:timers/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../src/database/database.ts';
import { openFolderResultStore } from '../../src/storage/folder-result-store.ts';
import type { ResultStore } from '../../src/storage/result-store.ts';
import type { Job } from '../../src/uws/job.ts';
import type { EstimateDuration } from '../../src/uws/job-quote.ts';
import {
  startJobService,
  type JobService,
  type JobServiceOptions,
} from '../../src/uws/job-service.ts';
import { createJobId, type JobStore, type NewJob } from '../../src/uws/job-store.ts';
import { isActive } from '../../src/uws/phase.ts';
import type { RunJob } from '../../src/uws/run-job.ts';

/** A job as one client would post it, waiting to be run unless `isToRun`. */
export function newJob(changes: Partial<NewJob> & { readonly isToRun?: boolean } = {}): NewJob {
  const { isToRun = false, ...rest } = changes;
  return {
    jobId: createJobId(),
    viewer: { ownerId: null, visitor: null },
    clientAddress: '192.0.2.1',
    request: {
      runId: null,
      parameters: [
        { name: 'LANG', value: 'ADQL' },
        { name: 'QUERY', value: 'SELECT 1' },
      ],
      executionDuration: 600,
      destruction: new Date(Date.now() + 3600_000),
      isToRun,
    },
    parts: [],
    ...rest,
  };
}

/** As for a query that cannot be planned. */
export const noEstimate: EstimateDuration = () => Promise.resolve(null);

/** A run that answers every job with this text. */
export function answering(text: string): RunJob {
  return () => ({ mediaType: 'text/plain', chunks: once(text), rows: () => 1 });
}

/** A run that never ends by itself: it writes something, then waits to be stopped. */
export const endless: RunJob = (_, signal) => ({
  mediaType: 'text/plain',
  chunks: untilStopped(signal),
  rows: () => 3,
});

export async function* once(text: string): AsyncGenerator<Uint8Array, void> {
  yield Buffer.from(await Promise.resolve(text));
}

async function* untilStopped(signal: AbortSignal): AsyncGenerator<Uint8Array, void> {
  yield Buffer.from('half');
  await delay(60_000, undefined, { signal });
}

/** A result store in a folder of its own. */
export async function createTestResults(): Promise<{
  readonly results: ResultStore;
  readonly folder: string;
  readonly remove: () => Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'cloudtap-results-'));
  const results = await openFolderResultStore(folder);
  return { results, folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A replica with short times. */
export function startReplica(
  database: Database,
  options: Pick<JobServiceOptions, 'results' | 'run'> & Partial<JobServiceOptions>,
): JobService {
  return startJobService({
    database,
    estimate: noEstimate,
    slots: 4,
    slotsPerClient: 100,
    liveJobsPerClient: 10_000,
    longestWait: 600,
    log: () => undefined,
    ...options,
    timing: {
      heartbeat: 0.2,
      retry: 0.05,
      poll: 0.5,
      sweep: 0.2,
      deadAfter: 30,
      ...options.timing,
    },
  });
}

/** The job once it has come into this phase. */
export async function jobIn<P extends Job['phase']>(
  jobs: JobStore,
  jobId: string,
  phase: P,
): Promise<Extract<Job, { phase: P }>> {
  for (;;) {
    const job = await jobs.find(jobId);
    if (job.phase === phase) return job as Extract<Job, { phase: P }>;
    if (!isActive(job.phase)) throw new Error(`the job ended as ${job.phase}`);
    await delay(10);
  }
}

export async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString();
}
