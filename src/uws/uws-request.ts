import { ServiceError } from '../service-error.ts';
import { givenValuesOf, type Parameter, valuesOf } from '../tap/parameter.ts';
import { runIdOf } from '../tap/tap-request.ts';
import { jobParameters } from './job-parameters.ts';
import { isPhase } from './phase.ts';

/** How long jobs may run and be kept, in seconds. */
export interface JobLimits {
  readonly executionDuration: DefaultAndHard;
  /** From creation (or from the moment DESTRUCTION is posted) to destruction. */
  readonly retention: DefaultAndHard;
}

interface DefaultAndHard {
  readonly default: number;
  readonly hard: number;
}

/** What a POST to the job list asks for. */
export interface JobRequest {
  readonly runId: string | null;
  readonly parameters: readonly Parameter[];
  /** Seconds. */
  readonly executionDuration: number;
  readonly destruction: Date;
  /** PHASE=RUN came with it: the job is QUEUED at once. */
  readonly isToRun: boolean;
}

/** What a POST to `/parameters` changes. */
export interface ParameterEdit {
  /** Null keeps what there is. */
  readonly runId: string | null;
  readonly parameters: readonly Parameter[];
}

/** UWS 1.1, "Job list filters". */
export interface JobListFilter {
  /** Empty for all. Phases that jobs of this service never have find nothing. */
  readonly phases: readonly string[];
  readonly after: Date | null;
  readonly last: number | null;
}

/** UWS 1.1, "Blocking behaviour". */
export interface WaitRequest {
  /** -1 is as long as the service likes. */
  readonly seconds: number;
  /** Wait only while the job is in this phase. */
  readonly phase: string | null;
}

/** The service's own limits are applied, nothing else is checked: bad ADQL makes a job that fails. */
export function readJobRequest(
  posted: readonly Parameter[],
  limits: JobLimits,
  now: Date,
): JobRequest {
  const duration = lastOf(posted, 'EXECUTIONDURATION');
  const destruction = lastOf(posted, 'DESTRUCTION');
  const { retention, executionDuration } = limits;
  return {
    ...readParameterEdit(posted),
    executionDuration:
      duration === null ? executionDuration.default : readExecutionDuration(posted, limits),
    destruction:
      destruction === null
        ? secondsAfter(now, retention.default)
        : readDestruction(posted, limits, now),
    isToRun: lastOf(posted, 'PHASE') !== null && readPhaseAction(posted) === 'RUN',
  };
}

export function readParameterEdit(posted: readonly Parameter[]): ParameterEdit {
  for (const { name, value } of posted) refuseNul(name, value);
  return { runId: runIdOf(lastOf(posted, 'RUNID')), parameters: jobParameters(posted) };
}

/** POST to `/phase`. */
export function readPhaseAction(posted: readonly Parameter[]): 'RUN' | 'ABORT' {
  const action = lastOf(posted, 'PHASE')?.trim().toUpperCase();
  if (action === 'RUN' || action === 'ABORT') return action;
  throw badRequest(`PHASE must be RUN or ABORT, and not "${action ?? ''}".`);
}

/** POST to the job itself: only ACTION=DELETE exists (DALI 1.1, "DALI-async"). */
export function readJobAction(posted: readonly Parameter[]): 'DELETE' {
  const action = lastOf(posted, 'ACTION')?.trim().toUpperCase();
  if (action === 'DELETE') return action;
  throw badRequest(
    'A job takes only ACTION=DELETE. Post PHASE to its /phase, and parameters to its /parameters.',
  );
}

/** Seconds within the limit; 0 asks for no limit and gets the longest. */
export function readExecutionDuration(posted: readonly Parameter[], limits: JobLimits): number {
  const text = lastOf(posted, 'EXECUTIONDURATION')?.trim() ?? '';
  if (!/^\+?\d+$/.test(text)) {
    throw badRequest(`EXECUTIONDURATION must be a whole number of seconds, and not "${text}".`);
  }
  const { hard } = limits.executionDuration;
  return Number(text) === 0 ? hard : Math.min(Number(text), hard);
}

/** Within the limit; an empty value asks to keep the job for ever and gets the latest. */
export function readDestruction(posted: readonly Parameter[], limits: JobLimits, now: Date): Date {
  const text = valuesOf(posted, 'DESTRUCTION').at(-1)?.trim();
  if (text === undefined) throw badRequest('DESTRUCTION is missing.');
  const latest = secondsAfter(now, limits.retention.hard);
  if (text === '') return latest;
  const time = readTime('DESTRUCTION', text);
  return new Date(Math.min(Math.max(time.getTime(), now.getTime()), latest.getTime()));
}

export function readJobListFilter(query: readonly Parameter[]): JobListFilter {
  const phases = givenValuesOf(query, 'PHASE').map((phase) => phase.trim().toUpperCase());
  const unknown = phases.find((phase) => !isPhase(phase) && !otherPhases.has(phase));
  if (unknown !== undefined) throw badRequest(`PHASE: UWS knows no phase "${unknown}".`);
  const after = lastOf(query, 'AFTER');
  const last = lastOf(query, 'LAST');
  if (last !== null && !/^\s*\+?0*[1-9]\d{0,14}\s*$/.test(last)) {
    throw badRequest(`LAST must be a whole number of jobs, 1 or more, and not "${last}".`);
  }
  return {
    phases,
    after: after === null ? null : readTime('AFTER', after.trim()),
    last: last === null ? null : Number(last),
  };
}

/** UWS 1.1, "Execution Phase": those that jobs of this service never have. */
const otherPhases: ReadonlySet<string> = new Set(['HELD', 'SUSPENDED', 'UNKNOWN', 'ARCHIVED']);

/** Null when the client does not want to wait. */
export function readWait(query: readonly Parameter[]): WaitRequest | null {
  const wait = lastOf(query, 'WAIT')?.trim();
  if (wait === undefined) return null;
  if (!/^[+-]?\d+$/.test(wait)) {
    throw badRequest(`WAIT must be a whole number of seconds, or -1, and not "${wait}".`);
  }
  const phase = lastOf(query, 'PHASE')?.trim().toUpperCase() ?? null;
  return { seconds: Math.max(Number(wait), -1), phase };
}

const isoTime =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?(Z|[+-]\d\d(?::?\d\d)?)?$/i;

/** ISO 8601 as DALI 1.1 and UWS 1.1 write it; without a zone UTC is meant. */
function readTime(name: string, text: string): Date {
  const [, day, clock = '00:00', zone = 'Z'] = isoTime.exec(text) ?? [];
  const offset = zone.replace(/^([+-]\d\d)(?::?(\d\d))?$/, (_, hours, minutes = '00') =>
    [hours, minutes].join(':'),
  );
  const time = new Date(`${day ?? ''}T${clock}${offset.toUpperCase()}`);
  if (!Number.isNaN(time.getTime())) return time;
  throw badRequest(`${name} must be a time such as 2026-01-31T12:00:00Z, and not "${text}".`);
}

/** Names in any case; null when absent or empty. */
function lastOf(parameters: readonly Parameter[], name: string): string | null {
  return givenValuesOf(parameters, name).at(-1) ?? null;
}

/** PostgreSQL can keep every character but this one. */
function refuseNul(name: string, value: string): void {
  if (!name.includes('\0') && !value.includes('\0')) return;
  throw badRequest(`${name.replaceAll('\0', '')} holds a NUL character. Send plain text.`);
}

function secondsAfter(time: Date, seconds: number): Date {
  return new Date(time.getTime() + seconds * 1000);
}

function badRequest(message: string): ServiceError {
  return new ServiceError('bad-request', message);
}
