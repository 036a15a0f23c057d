import { sql } from '../../adql/index.ts';
import type { Parameter } from '../tap/tap-request.ts';
import type { ErrorSummary, Job, JobDescription, StoredPart } from './job.ts';
import type { Phase } from './phase.ts';

/** A row of uws.job as JSON: times in ISO 8601, numbers as numbers. */
export interface JobRow {
  readonly job_id: string;
  readonly owner_id: string | null;
  readonly run_id: string | null;
  readonly phase: Phase;
  readonly creation_time: string;
  readonly quote: string | null;
  readonly start_time: string | null;
  readonly end_time: string | null;
  readonly execution_duration: number;
  readonly destruction: string;
  readonly parameters: readonly Parameter[];
  readonly parts: readonly StoredPart[];
  readonly attempt: number;
  readonly faults: number;
  readonly progress_rows: number;
  readonly progress_bytes: number;
  readonly result_key: string | null;
  readonly result_media_type: string | null;
  readonly result_bytes: number | null;
  readonly result_rows: number | null;
  readonly error_type: ErrorSummary['type'] | null;
  readonly error_message: string | null;
}

/** For a query over uws.job: columns `job` and `position`. */
export interface SelectedJob {
  readonly job: JobRow;
  /** From 1; null for a job that is not QUEUED. */
  readonly position: number | null;
}

/** The columns of `SelectedJob`. */
export const jobColumns = sql`
  to_jsonb(job) AS job,
  CASE WHEN phase = 'QUEUED' THEN (
    SELECT count(*) FROM uws.job AS other
    WHERE other.phase = 'QUEUED' AND other.queue_time <= job.queue_time
  )::integer END AS position`;

/** The constraints of uws.job promise what each phase needs; `present` holds them to it. */
export function jobOfRow({ job: row, position }: SelectedJob): Job {
  const description = descriptionOf(row);
  const { phase } = row;
  switch (phase) {
    case 'PENDING':
      return { ...description, phase };
    case 'QUEUED':
      return { ...description, phase, position: present(position) };
    case 'EXECUTING': {
      const progress = { rows: row.progress_rows, bytes: row.progress_bytes };
      return { ...description, phase, startTime: present(timeOf(row.start_time)), progress };
    }
    case 'COMPLETED':
      return { ...description, phase, ...completionOf(row) };
    case 'ERROR':
      return { ...description, phase, ...endOf(row), error: present(errorOf(row)) };
    case 'ABORTED':
      return { ...description, phase, ...endOf(row), error: errorOf(row) };
  }
}

export function descriptionOf(row: JobRow): JobDescription {
  return {
    jobId: row.job_id,
    ownerId: row.owner_id,
    runId: row.run_id,
    quote: timeOf(row.quote),
    creationTime: new Date(row.creation_time),
    executionDuration: row.execution_duration,
    destruction: new Date(row.destruction),
    parameters: row.parameters,
    parts: row.parts,
  };
}

type End = Omit<Extract<Job, { phase: 'ABORTED' }>, keyof JobDescription | 'phase' | 'error'>;
type Completion = Omit<Extract<Job, { phase: 'COMPLETED' }>, keyof JobDescription | 'phase'>;

function endOf(row: JobRow): End {
  return { startTime: timeOf(row.start_time), endTime: present(timeOf(row.end_time)) };
}

function completionOf(row: JobRow): Completion {
  return {
    startTime: present(timeOf(row.start_time)),
    endTime: present(timeOf(row.end_time)),
    result: {
      mediaType: present(row.result_media_type),
      size: present(row.result_bytes),
      rows: present(row.result_rows),
      storageKey: present(row.result_key),
    },
  };
}

function errorOf(row: JobRow): ErrorSummary | null {
  if (row.error_type === null || row.error_message === null) return null;
  return { type: row.error_type, message: row.error_message };
}

function timeOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}

function present<Value>(value: Value | null): Value {
  if (value === null) throw new TypeError('uws.job breaks its own constraints');
  return value;
}
