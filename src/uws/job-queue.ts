import { sql, type Sql, value } from '../../adql/index.ts';
import type { Owner } from '../database/database.ts';
import { descriptionOf, type JobRow } from './job-row.ts';
import type { ErrorSummary, JobDescription, JobResult, Progress } from './job.ts';
import { isIn, step } from './phase.ts';

/** A job that this replica runs: what the runner does with uws.job. */
export interface ClaimedJob extends JobDescription {
  /** From 1; together with the replica's name it tells this run from any other of the same job. */
  readonly attempt: number;
  /** How often the job was lost through no fault of its own. */
  readonly faults: number;
}

/** How a run ends. Each is without effect when the job is no longer this replica's. */
export interface JobQueue {
  /** The next jobs, oldest first, clients in turn; at most `slots`. */
  readonly claim: (slots: number) => Promise<readonly ClaimedJob[]>;
  /** Tells that this replica lives. @returns the ids of those jobs that are still its own */
  readonly beat: (running: readonly RunningJob[]) => Promise<ReadonlySet<string>>;
  readonly complete: (job: ClaimedJob, result: JobResult) => Promise<boolean>;
  readonly fail: (job: ClaimedJob, error: ErrorSummary) => Promise<boolean>;
  readonly abort: (job: ClaimedJob, error: ErrorSummary) => Promise<boolean>;
  /** Back to QUEUED, at its old place. */
  readonly release: (job: ClaimedJob, cause: 'fault' | 'drain') => Promise<boolean>;
}

export interface RunningJob {
  readonly job: ClaimedJob;
  readonly progress: Progress;
}

export interface QueueOptions {
  readonly owner: Owner;
  /** Names this process among all that share the database. */
  readonly replica: string;
  /** Jobs of one client address that run at the same time, on all replicas together. */
  readonly slotsPerClient: number;
}

export function createJobQueue(options: QueueOptions): JobQueue {
  const { owner } = options;

  const end = async (job: ClaimedJob, changes: Sql): Promise<boolean> => {
    const changed = await owner.execute(sql`
      UPDATE uws.job SET ${changes}, claimed_by = NULL, heartbeat = NULL
      WHERE job_id = ${value(job.jobId, 'text')} AND attempt = ${integer(job.attempt)}
        AND claimed_by = ${value(options.replica, 'text')} AND ${isIn(['EXECUTING'])}`);
    return changed > 0;
  };

  return {
    claim: (slots) => claimJobs(options, slots),
    beat: (running) => beat(options, running),
    complete: (job, result) => end(job, completed(result)),
    fail: (job, error) => end(job, sql`${step(['EXECUTING'], 'ERROR').set}, ${endedWith(error)}`),
    abort: (job, error) =>
      end(job, sql`${step(['EXECUTING'], 'ABORTED').set}, ${endedWith(error)}`),
    release: (job, cause) =>
      end(job, sql`${queuedAgain}, faults = faults + ${integer(cause === 'fault' ? 1 : 0)}`),
  };
}

/** For SET: a job that has to run once more, from the beginning. */
export const queuedAgain = sql`
  ${step(['EXECUTING'], 'QUEUED').set}, start_time = NULL, progress_rows = 0, progress_bytes = 0`;

/**
 * Replicas claim one after the other: only so can they count each other's running jobs. With
 * 20,000 queued jobs of 50 clients a claim took 7 ms, on two cores with a load of ten.
 */
async function claimJobs(options: QueueOptions, slots: number): Promise<readonly ClaimedJob[]> {
  return options.owner.transaction(async (session) => {
    await session.query(sql`SELECT pg_advisory_xact_lock(hashtext('uws claim'))`);
    const rows = await session.query<{ readonly job: JobRow }>(claim(options, slots));
    return rows.map(({ job }) => ({
      ...descriptionOf(job),
      attempt: job.attempt,
      faults: job.faults,
    }));
  });
}

/**
 * Whoever has the fewest jobs running comes first, then the older job. Written so that a client
 * with thousands of queued jobs costs no more than one with a few: the index job_queued is walked
 * from client to client, and only the oldest jobs of each are looked at.
 */
function claim({ replica, slotsPerClient }: QueueOptions, slots: number): Sql {
  const { set, where } = step(['QUEUED'], 'EXECUTING');
  return sql`
    WITH RECURSIVE client AS (
      SELECT min(client_address) AS address FROM uws.job WHERE ${where}
      UNION ALL
      SELECT (SELECT min(client_address) FROM uws.job
              WHERE ${where} AND client_address > client.address)
      FROM client WHERE client.address IS NOT NULL
    ),
    turn AS (
      SELECT oldest.job_id, oldest.queue_time,
        busy.jobs + row_number() OVER (
          PARTITION BY client.address ORDER BY oldest.queue_time, oldest.job_id) AS turn
      FROM client
      CROSS JOIN LATERAL (
        SELECT count(*) AS jobs FROM uws.job
        WHERE phase = 'EXECUTING' AND client_address = client.address
      ) AS busy
      CROSS JOIN LATERAL (
        SELECT job_id, queue_time FROM uws.job
        WHERE ${where} AND client_address = client.address
        ORDER BY queue_time, job_id
        LIMIT least(${integer(slots)}, greatest(${integer(slotsPerClient)} - busy.jobs, 0))
      ) AS oldest
      WHERE client.address IS NOT NULL
    ),
    next AS (
      SELECT job_id FROM uws.job
      WHERE ${where} AND job_id IN (
        SELECT job_id FROM turn ORDER BY turn, queue_time LIMIT ${integer(slots)})
      FOR UPDATE SKIP LOCKED
    )
    UPDATE uws.job AS job
    SET ${set}, start_time = clock_timestamp(), attempt = attempt + 1,
      claimed_by = ${value(replica, 'text')}, heartbeat = clock_timestamp()
    FROM next WHERE job.job_id = next.job_id
    RETURNING to_jsonb(job) AS job`;
}

async function beat(
  { owner, replica }: QueueOptions,
  running: readonly RunningJob[],
): Promise<ReadonlySet<string>> {
  const report = running.map(({ job, progress }) => ({
    job_id: job.jobId,
    attempt: job.attempt,
    rows: progress.rows,
    bytes: progress.bytes,
  }));
  const own = await owner.query<{ readonly job_id: string }>(sql`
    UPDATE uws.job AS job SET heartbeat = clock_timestamp(),
      progress_rows = report.rows, progress_bytes = report.bytes
    FROM jsonb_to_recordset(${value(JSON.stringify(report), 'jsonb')})
      AS report (job_id text, attempt integer, rows bigint, bytes bigint)
    WHERE job.job_id = report.job_id AND job.attempt = report.attempt
      AND job.claimed_by = ${value(replica, 'text')} AND job.phase = 'EXECUTING'
    RETURNING job.job_id`);
  return new Set(own.map(({ job_id }) => job_id));
}

function completed({ storageKey, mediaType, size, rows }: JobResult): Sql {
  return sql`
    ${step(['EXECUTING'], 'COMPLETED').set}, end_time = clock_timestamp(),
    progress_rows = ${bigint(rows)}, progress_bytes = ${bigint(size)},
    result_key = ${value(storageKey, 'text')}, result_media_type = ${value(mediaType, 'text')},
    result_bytes = ${bigint(size)}, result_rows = ${bigint(rows)}`;
}

/** For SET. */
export function endedWith({ type, message }: ErrorSummary): Sql {
  return sql`
    end_time = clock_timestamp(),
    error_type = ${value(type, 'text')}, error_message = ${value(message, 'text')}`;
}

function integer(number: number): Sql {
  return value(String(number), 'integer');
}

function bigint(number: number): Sql {
  return value(String(number), 'bigint');
}
