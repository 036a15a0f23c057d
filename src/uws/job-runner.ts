import { setTimeout as delay } from 'node:timers/promises';
import type { JobEvent, JobListener } from './job-events.ts';
import { type ExecutionContext, JobExecution, type Outcome } from './job-execution.ts';
import type { ClaimedJob, JobQueue } from './job-queue.ts';

export interface RunnerOptions extends ExecutionContext {
  readonly queue: JobQueue;
  /** Jobs that this process runs at the same time; leave connections of the reader to /sync. */
  readonly slots: number;
  readonly timing: RunnerTiming;
}

/** Seconds. */
export interface RunnerTiming {
  /** Between looks at the queue when nothing was heard: a safety net, NOTIFY does the work. */
  readonly poll: number;
  /** Between signs of life. */
  readonly heartbeat: number;
  /** Before a job goes back to the queue after a passing fault. */
  readonly retry: number;
}

/** A job lost once to a passing fault or a dead replica gets a second chance, and no third. */
export const faultsForgiven = 1;

/** Milliseconds between attempts to tell the database how a job ended: doubled up to the last. */
const firstPause = 100;
const longestPause = 5000;

/** Takes jobs from the queue as long as it has free slots, and runs them. */
export class JobRunner implements JobListener {
  readonly #options: RunnerOptions;
  readonly #running = new Map<string, JobExecution>();
  readonly #settled = new Map<string, Promise<void>>();
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #stopping = new AbortController();
  #claiming: Promise<void> | null = null;
  #isClaimAsked = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  start(): void {
    const { poll, heartbeat } = this.#options.timing;
    this.#timers.push(
      setInterval(() => {
        this.#askClaim();
      }, poll * 1000),
      setInterval(() => void this.#beat(), heartbeat * 1000),
    );
    this.#askClaim();
  }

  jobChanged({ jobId, phase }: JobEvent): void {
    if (phase === 'QUEUED') this.#askClaim();
    if (phase === 'ABORTED' || phase === 'DELETED') this.#running.get(jobId)?.stop('gone');
  }

  resync(): void {
    this.#askClaim();
    void this.#beat();
  }

  /** Lets running jobs end for `graceSeconds`, then hands them back to the queue. */
  async stop(graceSeconds: number): Promise<void> {
    this.#stopping.abort();
    for (const timer of this.#timers) clearInterval(timer);
    await this.#claiming;
    await Promise.race([this.#allSettled(), delay(graceSeconds * 1000, undefined, { ref: false })]);
    for (const execution of this.#running.values()) execution.stop('drained');
    await this.#allSettled();
  }

  async #allSettled(): Promise<void> {
    await Promise.all(this.#settled.values());
  }

  /** One claim at a time: what is asked meanwhile is answered by one more afterwards. */
  #askClaim(): void {
    this.#isClaimAsked = true;
    this.#claiming ??= this.#claim().finally(() => {
      this.#claiming = null;
      // Asked for between the last look and here.
      if (this.#isClaimAsked && !this.#stopping.signal.aborted) this.#askClaim();
    });
  }

  async #claim(): Promise<void> {
    const { queue, slots, log } = this.#options;
    while (this.#isClaimAsked && !this.#stopping.signal.aborted) {
      this.#isClaimAsked = false;
      const free = slots - this.#settled.size;
      if (free <= 0) return;
      try {
        for (const job of await queue.claim(free)) this.#run(job);
      } catch (error) {
        log('jobs cannot be claimed', error);
      }
    }
  }

  #run(job: ClaimedJob): void {
    const execution = new JobExecution(job, this.#options);
    this.#running.set(job.jobId, execution);
    const settled = this.#finish(execution).finally(() => {
      this.#running.delete(job.jobId);
      this.#settled.delete(job.jobId);
      this.#askClaim();
    });
    this.#settled.set(job.jobId, settled);
  }

  async #finish({ job, outcome }: JobExecution): Promise<void> {
    const ended = await outcome;
    const isFault = ended.kind === 'fault' && job.faults < faultsForgiven;
    if (isFault) await this.#pause(this.#options.timing.retry * 1000);
    await this.#tell(job, ended);
  }

  /** Until the database has heard it. When the service stops meanwhile, the sweepers will notice. */
  async #tell(job: ClaimedJob, outcome: Outcome): Promise<void> {
    let pause = firstPause;
    for (;;) {
      try {
        await this.#settle(job, outcome);
        return;
      } catch (error) {
        this.#options.log(`the end of job ${job.jobId} cannot be recorded`, error);
      }
      if (this.#stopping.signal.aborted) return;
      await this.#pause(pause);
      pause = Math.min(pause * 2, longestPause);
    }
  }

  async #settle(job: ClaimedJob, outcome: Outcome): Promise<void> {
    const { queue, results } = this.#options;
    switch (outcome.kind) {
      case 'completed': {
        const { result } = outcome;
        // Aborted, deleted or taken over in the meantime: nobody will ask for this result.
        if (!(await queue.complete(job, result))) await results.delete([result.storageKey]);
        return;
      }
      case 'failed':
        await queue.fail(job, outcome.error);
        return;
      case 'too-long':
        await queue.abort(job, outcome.error);
        return;
      case 'fault':
        if (job.faults < faultsForgiven) await queue.release(job, 'fault');
        else await queue.fail(job, outcome.error);
        return;
      case 'drained':
        await queue.release(job, 'drain');
        return;
      case 'gone':
        return;
    }
  }

  async #beat(): Promise<void> {
    const running = [...this.#running.values()];
    if (running.length === 0) return;
    try {
      const own = await this.#options.queue.beat(running);
      for (const execution of running) if (!own.has(execution.job.jobId)) execution.stop('gone');
    } catch (error) {
      this.#options.log('running jobs could not be reported', error);
    }
  }

  /** Ends early when the service stops. */
  async #pause(milliseconds: number): Promise<void> {
    const { signal } = this.#stopping;
    await delay(milliseconds, undefined, { signal }).catch(() => undefined);
  }
}
