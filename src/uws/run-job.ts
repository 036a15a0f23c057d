import type { ClaimedJob } from './job-queue.ts';

/** The answer to a job's query while it is made. */
export interface JobAnswer {
  readonly mediaType: string;
  /** Throws ServiceError when the query fails, even in mid-answer: no half answer becomes a result. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Rows so far. */
  readonly rows: () => number;
}

/**
 * What a job does: made by `tapJob` for TAP. Nothing happens until the chunks are pulled.
 * @throws ServiceError when the parameters make no query
 */
export type RunJob = (job: ClaimedJob, signal: AbortSignal) => JobAnswer;
