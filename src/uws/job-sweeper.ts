import { setTimeout as delay } from 'node:timers/promises';
import { sql, value } from '../../adql/index.ts';
import type { Owner } from '../database/database.ts';
import type { ResultStore, StoredObject } from '../storage/result-store.ts';
import { endedWith, queuedAgain } from './job-queue.ts';
import { faultsForgiven } from './job-runner.ts';
import { storageKeys } from './job-store.ts';
import { step } from './phase.ts';

export interface SweeperOptions {
  readonly owner: Owner;
  readonly results: ResultStore;
  readonly timing: SweeperTiming;
  readonly log: (line: string, fault?: unknown) => void;
}

/** Seconds. */
export interface SweeperTiming {
  /** Between looks for dead replicas and jobs whose destruction time has come. */
  readonly sweep: number;
  /** A replica that gave no sign of life for so long is dead. */
  readonly deadAfter: number;
  /** Between looks for objects that belong to no job. */
  readonly orphanSweep: number;
  /** Younger objects are left alone: their job may not be there yet. */
  readonly orphanAge: number;
}

/** Cleans up behind all replicas; several may sweep at once without harm. */
export class JobSweeper {
  readonly #options: SweeperOptions;
  readonly #stopping = new AbortController();
  #sweeping: Promise<unknown> = Promise.resolve();

  constructor(options: SweeperOptions) {
    this.#options = options;
  }

  start(): void {
    const { sweep, orphanSweep } = this.#options.timing;
    this.#sweeping = Promise.all([
      this.#every(sweep, () => sweepJobs(this.#options)),
      this.#every(orphanSweep, () => sweepOrphans(this.#options)),
    ]);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#sweeping;
  }

  async #every(seconds: number, work: () => Promise<unknown>): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await work().catch((error: unknown) => {
        this.#options.log('cleaning up behind jobs failed', error);
      });
      // Replicas that were started together shall not sweep together for ever.
      const pause = seconds * (0.75 + Math.random() / 2);
      await delay(pause * 1000, undefined, { signal }).catch(() => undefined);
    }
  }
}

export async function sweepJobs({ owner, results, timing }: SweeperOptions): Promise<void> {
  await takeFromDead(owner, timing.deadAfter);
  await results.delete(await destroyExpired(owner));
}

/** Jobs of dead replicas: queued again once, then given up. */
async function takeFromDead(owner: Owner, deadAfter: number): Promise<void> {
  const isDead = sql`
    phase = 'EXECUTING'
    AND heartbeat < clock_timestamp() - ${value(String(deadAfter), 'double precision')} * interval '1 second'`;
  const forgiven = value(String(faultsForgiven), 'integer');
  const unclaimed = sql`claimed_by = NULL, heartbeat = NULL`;
  await owner.execute(sql`
    UPDATE uws.job SET ${step(['EXECUTING'], 'ERROR').set}, ${unclaimed}, ${endedWith(lostTwice)}
    WHERE ${isDead} AND faults >= ${forgiven}`);
  await owner.execute(sql`
    UPDATE uws.job SET ${queuedAgain}, ${unclaimed}, faults = faults + 1
    WHERE ${isDead} AND faults < ${forgiven}`);
}

const lostTwice = {
  type: 'transient',
  message:
    'The service was interrupted twice while it ran this job, and gave it up. ' +
    'Please send the query again; if that happens again, ask for less at a time.',
} as const;

/** UWS 1.1, "Destruction time". A job that runs is stopped by its runner, which hears of it. */
async function destroyExpired(owner: Owner): Promise<readonly string[]> {
  const gone = await owner.query<{ readonly keys: readonly string[] }>(sql`
    DELETE FROM uws.job WHERE destruction <= clock_timestamp() RETURNING ${storageKeys} AS keys`);
  return gone.flatMap(({ keys }) => keys);
}

/** How many objects are compared with the jobs in one query. */
const batchSize = 1000;

/** What crashes left behind: half-written files, results of attempts that did not count. */
export async function sweepOrphans({ owner, results, timing }: SweeperOptions): Promise<void> {
  const before = Date.now() - timing.orphanAge * 1000;
  let batch: string[] = [];
  const deleteOrphans = async (): Promise<void> => {
    await results.delete(await orphansAmong(owner, batch));
    batch = [];
  };
  for await (const { key, modified } of results.list()) {
    if (isOlder(modified, before)) batch.push(key);
    if (batch.length >= batchSize) await deleteOrphans();
  }
  await deleteOrphans();
}

function isOlder(modified: StoredObject['modified'], before: number): boolean {
  return modified.getTime() < before;
}

/** Keys begin with the job's id. While a job is unfinished nothing of it is an orphan. */
async function orphansAmong(owner: Owner, keys: readonly string[]): Promise<readonly string[]> {
  if (keys.length === 0) return [];
  const orphans = await owner.query<{ readonly key: string }>(sql`
    SELECT key FROM jsonb_array_elements_text(${value(JSON.stringify(keys), 'jsonb')}) AS key
    WHERE NOT EXISTS (
      SELECT FROM uws.job
      WHERE job_id = split_part(key, '.', 1)
        AND (end_time IS NULL OR ${storageKeys} ? key))`);
  return orphans.map(({ key }) => key);
}
