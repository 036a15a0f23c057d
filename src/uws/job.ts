import type { Parameter } from '../tap/tap-request.ts';
import type { failures } from '../service-error.ts';

/** A job as clients see it (UWS 1.1, "Job"): its phase decides what else there is to know. */
export type Job = JobDescription &
  (
    | { readonly phase: 'PENDING' }
    | { readonly phase: 'QUEUED'; readonly position: number }
    | { readonly phase: 'EXECUTING'; readonly startTime: Date; readonly progress: Progress }
    | {
        readonly phase: 'COMPLETED';
        readonly startTime: Date;
        readonly endTime: Date;
        readonly result: JobResult;
      }
    | {
        readonly phase: 'ERROR';
        readonly startTime: Date | null;
        readonly endTime: Date;
        readonly error: ErrorSummary;
      }
    | {
        readonly phase: 'ABORTED';
        readonly startTime: Date | null;
        readonly endTime: Date;
        /** Null when the client itself aborted the job. */
        readonly error: ErrorSummary | null;
      }
  );

/** What a job has in every phase. */
export interface JobDescription {
  readonly jobId: string;
  readonly ownerId: string | null;
  readonly runId: string | null;
  /** When the job should be done, estimated as it is queued; null before. */
  readonly quote: Date | null;
  readonly creationTime: Date;
  /** Seconds. */
  readonly executionDuration: number;
  readonly destruction: Date;
  readonly parameters: readonly Parameter[];
  readonly parts: readonly StoredPart[];
}

/** A file that came with a POST, kept in the result store until the job is destroyed. */
export interface StoredPart {
  /** As in `UPLOAD=table,param:name`. */
  readonly name: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
  readonly storageKey: string;
}

export interface Progress {
  readonly rows: number;
  readonly bytes: number;
}

/** The one result of a TAP job, id `result` (TAP 1.1, "async"). */
export interface JobResult {
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
  readonly rows: number;
  readonly storageKey: string;
}

/** UWS 1.1, "errorSummary": a transient error may pass when the same job is sent again. */
export interface ErrorSummary {
  readonly type: (typeof failures)[keyof typeof failures]['uwsType'];
  readonly message: string;
}

/** An entry of the job list (UWS 1.1, "Job list"). */
export interface JobReference {
  readonly jobId: string;
  readonly phase: Job['phase'];
  readonly runId: string | null;
  readonly ownerId: string | null;
  readonly creationTime: Date;
}

/**
 * Who asks. Without authentication `ownerId` is null and `visitor` stands for the client that keeps
 * our cookie; one that keeps none is nobody and sees no list. A job itself is open to whoever knows
 * its id, which cannot be guessed.
 */
export interface Viewer {
  readonly ownerId: string | null;
  readonly visitor: string | null;
}

/** UWS 1.1 times: UTC with `Z` and three digits of the second. */
export function formatTime(time: Date): string {
  return time.toISOString();
}
