import { failures, ServiceError } from '../service-error.ts';
import type { ResultStore } from '../storage/result-store.ts';
import type { ClaimedJob } from './job-queue.ts';
import type { ErrorSummary, JobResult, Progress } from './job.ts';
import type { RunJob } from './run-job.ts';

/** How a run of a job ended, to be told to the queue. */
export type Outcome =
  | { readonly kind: 'completed'; readonly result: JobResult }
  | { readonly kind: 'failed'; readonly error: ErrorSummary }
  | { readonly kind: 'too-long'; readonly error: ErrorSummary }
  /** A passing fault: once more. */
  | { readonly kind: 'fault'; readonly error: ErrorSummary }
  /** The service stops: another replica, or this one after its restart, begins anew. */
  | { readonly kind: 'drained' }
  /** Aborted or deleted by a client, or taken over by another replica: nothing to tell. */
  | { readonly kind: 'gone' };

/** Why a run is stopped from outside. */
type StopReason = 'gone' | 'drained' | 'too-long';

/** To the query it is the same as a client that has gone: nobody waits for its answer any more. */
class JobStopped extends ServiceError {
  readonly reason: StopReason;

  constructor(reason: StopReason) {
    super('client-gone', `The job was stopped: ${reason}.`);
    this.reason = reason;
  }
}

export interface ExecutionContext {
  readonly run: RunJob;
  readonly results: ResultStore;
  readonly log: (line: string, fault?: unknown) => void;
}

/** One run of one job: its answer flows from PostgreSQL into the result store. */
export class JobExecution {
  readonly job: ClaimedJob;
  readonly outcome: Promise<Outcome>;
  readonly #stopping = new AbortController();
  #bytes = 0;
  #rows = (): number => 0;

  constructor(job: ClaimedJob, context: ExecutionContext) {
    this.job = job;
    this.outcome = this.#execute(context);
  }

  get progress(): Progress {
    return { rows: this.#rows(), bytes: this.#bytes };
  }

  stop(reason: 'gone' | 'drained'): void {
    this.#stopping.abort(new JobStopped(reason));
  }

  async #execute(context: ExecutionContext): Promise<Outcome> {
    const timeLimit = setTimeout(() => {
      this.#stopping.abort(new JobStopped('too-long'));
    }, this.job.executionDuration * 1000);
    try {
      return { kind: 'completed', result: await this.#writeResult(context) };
    } catch (error) {
      return this.#outcomeOf(error, context);
    } finally {
      clearTimeout(timeLimit);
    }
  }

  async #writeResult({ run, results }: ExecutionContext): Promise<JobResult> {
    const answer = run(this.job, this.#stopping.signal);
    this.#rows = answer.rows;
    const { mediaType } = answer;
    // A key for each attempt: a replica that was thought dead spoils nothing.
    const storageKey = `${this.job.jobId}.result${String(this.job.attempt)}`;
    const size = await results.write(storageKey, this.#counted(answer.chunks), mediaType);
    return { mediaType, size, rows: answer.rows(), storageKey };
  }

  async *#counted(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
    for await (const chunk of chunks) {
      // Also ends an answer whose source has nothing left to cancel.
      this.#stopping.signal.throwIfAborted();
      this.#bytes += chunk.length;
      yield chunk;
    }
  }

  /** What stopped the run comes first: the error is only what it looked like from inside. */
  #outcomeOf(error: unknown, { log }: ExecutionContext): Outcome {
    const { aborted, reason } = this.#stopping.signal as { aborted: boolean; reason: unknown };
    if (aborted && reason instanceof JobStopped) {
      return reason.reason === 'too-long'
        ? { kind: 'too-long', error: tooLong(this.job) }
        : { kind: reason.reason };
    }
    const failure = failureOf(error);
    if (failure.kind === 'internal') log(`job ${this.job.jobId} failed`, failure.cause);
    const summary = { type: failures[failure.kind].uwsType, message: failure.message };
    if (failure.kind === 'query-timeout') return { kind: 'too-long', error: tooLong(this.job) };
    return { kind: summary.type === 'transient' ? 'fault' : 'failed', error: summary };
  }
}

function tooLong({ executionDuration }: ClaimedJob): ErrorSummary {
  return {
    type: 'fatal',
    message:
      `The job ran longer than its execution duration of ${String(executionDuration)} s and was ` +
      'aborted. Ask for less at a time, or set a longer EXECUTIONDURATION before the job is run.',
  };
}

function failureOf(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  return new ServiceError(
    'internal',
    'The service failed on this job. The fault is ours and was logged; please report it.',
    { cause: error },
  );
}
