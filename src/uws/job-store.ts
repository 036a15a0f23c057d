import { randomBytes } from 'node:crypto';
import { sql, type Sql, value } from '../../adql/index.ts';
import type { Owner, Session } from '../database/database.ts';
import { ServiceError } from '../service-error.ts';
import { listJobs } from './job-list.ts';
import type { EstimateDuration } from './job-quote.ts';
import { mergeParameters } from './job-parameters.ts';
import { jobColumns, jobOfRow, type SelectedJob } from './job-row.ts';
import type { Job, JobReference, StoredPart, Viewer } from './job.ts';
import { isActive, isIn, type Phase, phases, step } from './phase.ts';
import { readInBatches, type ReadMany } from './read-in-batches.ts';
import { readPhases } from './read-phases.ts';
import type { JobListFilter, JobRequest, ParameterEdit } from './uws-request.ts';

/** What clients do with jobs. A job that is not there is a ServiceError 'not-found' everywhere. */
export interface JobStore {
  /** @throws ServiceError 'too-many-requests' when the client has too many unfinished jobs */
  readonly create: (job: NewJob) => Promise<void>;
  readonly find: (jobId: string) => Promise<Job>;
  /** What the viewer may see of all jobs (see `listJobs`). */
  readonly list: (viewer: Viewer, filter: JobListFilter) => Promise<readonly JobReference[]>;
  /** One indexed read: TapPlus asks twice a second. */
  readonly phaseOf: (jobId: string) => Promise<Phase>;
  /** PHASE=RUN; without effect on a job that waits or runs already. */
  readonly queue: (jobId: string) => Promise<void>;
  /** PHASE=ABORT; without effect on a job that has ended. */
  readonly abort: (jobId: string) => Promise<void>;
  /** @returns the keys of what the job left in the result store */
  readonly destroy: (jobId: string) => Promise<readonly string[]>;
  /** @throws ServiceError 'forbidden' when the job is no longer PENDING; so the next one */
  readonly editParameters: (jobId: string, edit: ParameterEdit, parts: Parts) => Promise<void>;
  /** @param seconds within the service's limit */
  readonly setExecutionDuration: (jobId: string, seconds: number) => Promise<void>;
  readonly setDestruction: (jobId: string, time: Date) => Promise<void>;
}

type Parts = readonly StoredPart[];

export interface NewJob {
  /** Of `createJobId`. */
  readonly jobId: string;
  readonly viewer: Viewer;
  /** For the limits on one client. */
  readonly clientAddress: string;
  readonly request: JobRequest;
  readonly parts: Parts;
}

/** 128 random bits: knowing it is what lets a client see the job. Safe in URLs and file names. */
export function createJobId(): string {
  return randomBytes(16).toString('hex');
}

export interface JobStoreOptions {
  readonly owner: Owner;
  /** Jobs of one client address that may be unfinished at the same time. */
  readonly liveJobsPerClient: number;
  /** Asked once for each job, when it is queued. */
  readonly estimate: EstimateDuration;
}

export function createJobStore(options: JobStoreOptions): JobStore {
  const { owner, estimate } = options;
  const find = oneOf((jobIds) => readJobs(owner, jobIds));
  const phaseOf = oneOf((jobIds) => readPhases(owner, jobIds));

  /** Changes a job, or tells why that cannot be. */
  const change = async (update: Sql, jobId: string, refusal: Refusal): Promise<void> => {
    if ((await owner.execute(update)) === 0) refusal(await phaseOf(jobId));
  };

  return {
    create: (job) => createJob(job, options),
    find,
    list: (viewer, filter) => listJobs(owner, viewer, filter),
    phaseOf,
    queue: async (jobId) => {
      const { phase, parameters } = await find(jobId);
      const seconds = phase === 'PENDING' ? await estimate(parameters) : null;
      await change(queueJob(jobId, seconds), jobId, refuseRun);
    },
    abort: (jobId) => change(abortJob(jobId), jobId, () => undefined),
    destroy: (jobId) => destroyJob(owner, jobId),
    editParameters: (jobId, edit, parts) =>
      owner.transaction((session) => editParameters(session, jobId, { ...edit, parts })),
    setExecutionDuration: (jobId, seconds) =>
      change(updateExecutionDuration(jobId, seconds), jobId, refuseEdit),
    setDestruction: (jobId, time) => change(updateDestruction(jobId, time), jobId, () => undefined),
  };
}

/** Hears the phase that a job was found in. */
type Refusal = (phase: Phase) => void;

async function createJob(
  { jobId, viewer, clientAddress, request, parts }: NewJob,
  { owner, liveJobsPerClient, estimate }: JobStoreOptions,
): Promise<void> {
  const seconds = request.isToRun ? await estimate(request.parameters) : null;
  const isQueued = value(String(request.isToRun), 'boolean');
  const duration = value(String(request.executionDuration), 'integer');
  const created = await owner.execute(sql`
    INSERT INTO uws.job (
      job_id, owner_id, visitor, client_address, run_id, phase, queue_time, quote,
      execution_duration, destruction, parameters, parts
    )
    SELECT ${value(jobId, 'text')}, ${value(viewer.ownerId, 'text')},
      ${value(viewer.visitor, 'text')}, ${value(clientAddress, 'text')},
      ${value(request.runId, 'text')},
      CASE WHEN ${isQueued} THEN 'QUEUED' ELSE 'PENDING' END,
      CASE WHEN ${isQueued} THEN clock_timestamp() END,
      CASE WHEN ${isQueued} THEN ${quote(seconds, duration)} END,
      ${duration}, ${time(request.destruction)},
      ${json(request.parameters)}, ${json(parts)}
    WHERE ${value(String(liveJobsPerClient), 'bigint')} > (
      SELECT count(*) FROM uws.job
      WHERE client_address = ${value(clientAddress, 'text')} AND ${isIn(phases.filter(isActive))}
    )`);
  if (created > 0) return;
  throw new ServiceError(
    'too-many-requests',
    `You have ${String(liveJobsPerClient)} unfinished jobs here, which is as many as one client may have. ` +
      'Wait for some of them to end, or delete jobs that you never started.',
  );
}

/** Jobs that are read at once: their documents are some milliseconds of work. */
const batchSize = 100;

const jobIdForm = /^[0-9a-f]{32}$/;

/** One of those that are read together. @throws ServiceError 'not-found' */
function oneOf<Value>(read: ReadMany<Value>): (jobId: string) => Promise<Value> {
  const readOne = readInBatches(read, batchSize);
  return async (jobId) => {
    // What is no id of ours may hold anything, and must not spoil the read of the others.
    const found = jobIdForm.test(jobId) ? await readOne(jobId) : undefined;
    if (found === undefined) throw unknownJob(jobId);
    return found;
  };
}

async function readJobs(
  owner: Owner,
  jobIds: readonly string[],
): Promise<ReadonlyMap<string, Job>> {
  const ids = value(JSON.stringify(jobIds), 'jsonb');
  const rows = await owner.query<SelectedJob>(sql`
    SELECT ${jobColumns} FROM uws.job AS job
    WHERE job_id IN (SELECT jsonb_array_elements_text(${ids}))`);
  return new Map(rows.map((row) => [row.job.job_id, jobOfRow(row)]));
}

async function lockJob(session: Session, jobId: string): Promise<Job> {
  const [found] = await session.query<SelectedJob>(
    sql`SELECT ${jobColumns} FROM uws.job AS job WHERE ${is(jobId)} FOR UPDATE`,
  );
  if (found === undefined) throw unknownJob(jobId);
  return jobOfRow(found);
}

/**
 * When a job that is queued now should have ended (UWS 1.1, "Quote"): after the last job before it, as
 * though each waited for the other; those that run already are not counted. Without an estimate the
 * job is said to need all of its execution duration.
 */
function quote(seconds: number | null, executionDuration: Sql): Sql {
  const latest = sql`clock_timestamp() + ${executionDuration} * interval '1 second'`;
  if (seconds === null) return latest;
  const estimate = value(String(seconds), 'double precision');
  return sql`
    greatest(clock_timestamp(), (
      SELECT before.quote FROM uws.job AS before
      WHERE before.phase = 'QUEUED'
        -- A quote of the execution duration is no estimate (a second for rounding to milliseconds).
        AND before.quote < before.queue_time + (before.execution_duration - 1) * interval '1 second'
      ORDER BY before.queue_time DESC LIMIT 1))
    + least(${estimate}, ${executionDuration}) * interval '1 second'`;
}

function queueJob(jobId: string, seconds: number | null): Sql {
  const { set, where } = step(['PENDING'], 'QUEUED');
  return sql`
    UPDATE uws.job SET ${set}, queue_time = clock_timestamp(),
      quote = ${quote(seconds, sql`execution_duration`)}
    WHERE ${is(jobId)} AND ${where}`;
}

function abortJob(jobId: string): Sql {
  const { set, where } = step(['PENDING', 'QUEUED', 'EXECUTING'], 'ABORTED');
  return sql`
    UPDATE uws.job
    SET ${set}, end_time = clock_timestamp(), claimed_by = NULL, heartbeat = NULL
    WHERE ${is(jobId)} AND ${where}`;
}

async function destroyJob(owner: Owner, jobId: string): Promise<readonly string[]> {
  const [gone] = await owner.query<{ readonly keys: readonly string[] }>(
    sql`DELETE FROM uws.job WHERE ${is(jobId)} RETURNING ${storageKeys} AS keys`,
  );
  if (gone === undefined) throw unknownJob(jobId);
  return gone.keys;
}

/** Of a row of uws.job, as a JSON array: what it has in the result store. */
export const storageKeys = sql`(
  jsonb_path_query_array(parts, '$[*].storageKey')
  || CASE WHEN result_key IS NULL THEN '[]' ELSE jsonb_build_array(result_key) END)`;

async function editParameters(
  session: Session,
  jobId: string,
  edit: ParameterEdit & { readonly parts: Parts },
): Promise<void> {
  const job = await lockJob(session, jobId);
  if (job.phase !== 'PENDING') refuseEdit(job.phase);
  const names = new Set(edit.parts.map(({ name }) => name));
  const parts = [...job.parts.filter(({ name }) => !names.has(name)), ...edit.parts];
  await session.execute(sql`
    UPDATE uws.job
    SET parameters = ${json(mergeParameters(job.parameters, edit.parameters))},
      parts = ${json(parts)}, run_id = ${value(edit.runId ?? job.runId, 'text')}
    WHERE ${is(jobId)}`);
}

function updateExecutionDuration(jobId: string, seconds: number): Sql {
  return sql`
    UPDATE uws.job SET execution_duration = ${value(String(seconds), 'integer')}
    WHERE ${is(jobId)} AND phase = 'PENDING'`;
}

function updateDestruction(jobId: string, destruction: Date): Sql {
  return sql`UPDATE uws.job SET destruction = ${time(destruction)} WHERE ${is(jobId)}`;
}

function is(jobId: string): Sql {
  return sql`job_id = ${value(jobId, 'text')}`;
}

function time(moment: Date): Sql {
  return value(moment.toISOString(), 'timestamp with time zone');
}

function json(data: unknown): Sql {
  return value(JSON.stringify(data), 'jsonb');
}

function unknownJob(jobId: string): ServiceError {
  return new ServiceError(
    'not-found',
    `There is no job ${jobId.slice(0, 64)} here. It may have been deleted, or its destruction time has passed.`,
  );
}

function refuseRun(phase: Phase): void {
  if (isActive(phase)) return;
  throw new ServiceError(
    'forbidden',
    `This job cannot be run again: its phase is ${phase}. Create a new job with the same query.`,
  );
}

function refuseEdit(phase: Phase): void {
  throw new ServiceError(
    'forbidden',
    `This job can no longer be changed: its phase is ${phase}. Only a PENDING job can.`,
  );
}
