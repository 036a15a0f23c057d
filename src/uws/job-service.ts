import { randomUUID } from 'node:crypto';
import type { Database } from '../database/database.ts';
import type { ResultStore } from '../storage/result-store.ts';
import { followJobs } from './job-events.ts';
import { createJobQueue } from './job-queue.ts';
import type { EstimateDuration } from './job-quote.ts';
import { JobRunner, type RunnerTiming } from './job-runner.ts';
import { createJobStore, type JobStore } from './job-store.ts';
import { JobSweeper, type SweeperTiming } from './job-sweeper.ts';
import { JobWaiter } from './job-waiter.ts';
import { readPhases } from './read-phases.ts';
import type { RunJob } from './run-job.ts';

export interface JobServiceOptions {
  readonly database: Database;
  readonly results: ResultStore;
  readonly run: RunJob;
  readonly estimate: EstimateDuration;
  /** Jobs that this process runs at the same time; 0 leaves them to other replicas. */
  readonly slots: number;
  /** Jobs of one client address that run at the same time, on all replicas together. */
  readonly slotsPerClient: number;
  /** Jobs of one client address that may be unfinished at the same time. */
  readonly liveJobsPerClient: number;
  /** Seconds that a request with WAIT may block. */
  readonly longestWait: number;
  readonly timing?: Partial<RunnerTiming & SweeperTiming>;
  readonly log: (line: string, fault?: unknown) => void;
}

/** Asynchronous jobs: what the routes of /async need, and the work behind them. */
export interface JobService {
  readonly jobs: JobStore;
  readonly waiter: JobWaiter;
  readonly results: ResultStore;
  /** Running jobs may end for so long, then they go back to the queue; all WAITs are answered. */
  readonly stop: (graceSeconds: number) => Promise<void>;
}

/** Seconds. A replica is dead after six signs of life that did not come. */
const usualTiming: RunnerTiming & SweeperTiming = {
  poll: 15,
  heartbeat: 5,
  retry: 1,
  sweep: 10,
  deadAfter: 30,
  orphanSweep: 3600,
  orphanAge: 24 * 3600,
};

/** Begins to take jobs from the queue at once. */
export function startJobService(options: JobServiceOptions): JobService {
  const { database, results, run, log } = options;
  const { owner } = database;
  const timing = { ...usualTiming, ...options.timing };
  const { liveJobsPerClient, estimate } = options;
  const jobs = createJobStore({ owner, liveJobsPerClient, estimate });
  const { slots, slotsPerClient, longestWait } = options;
  const queue = createJobQueue({ owner, replica: randomUUID(), slotsPerClient });
  const runner = new JobRunner({ queue, run, results, slots, timing, log });
  const sweeper = new JobSweeper({ owner, results, timing, log });
  const waiter = new JobWaiter({
    phaseOf: jobs.phaseOf,
    phasesOf: (jobIds) => readPhases(owner, jobIds),
    longestWait,
  });
  const unfollow = followJobs(database.listen, [runner, waiter]);
  runner.start();
  sweeper.start();
  return {
    jobs,
    waiter,
    results,
    stop: async (graceSeconds) => {
      waiter.wakeAll();
      await Promise.all([runner.stop(graceSeconds), sweeper.stop()]);
      await unfollow();
    },
  };
}
