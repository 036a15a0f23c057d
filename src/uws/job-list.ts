import { join, sql, type Sql, value } from '../../adql/index.ts';
import type { Owner } from '../database/database.ts';
import type { JobReference, Viewer } from './job.ts';
import { isPhase, type Phase } from './phase.ts';
import type { JobListFilter } from './uws-request.ts';

/**
 * The jobs that the viewer may see (UWS 1.1, "Job list"): with LAST the newest first, else the
 * oldest first. A viewer without owner and cookie sees none.
 */
export async function listJobs(
  owner: Owner,
  viewer: Viewer,
  filter: JobListFilter,
): Promise<readonly JobReference[]> {
  const isLast = filter.last !== null;
  const rows = await owner.query<ListedRow>(sql`
    SELECT job_id, phase, run_id, owner_id, to_jsonb(creation_time) AS creation_time
    FROM uws.job
    WHERE ${mayBeSeenBy(viewer)} AND ${hasPhaseOf(filter.phases)}
      AND ${isAfter(filter.after)}
    ORDER BY creation_time ${isLast ? sql`DESC` : sql`ASC`}, job_id
    LIMIT ${value(filter.last === null ? null : String(filter.last), 'bigint')}`);
  return rows.map((row) => ({
    jobId: row.job_id,
    phase: row.phase,
    runId: row.run_id,
    ownerId: row.owner_id,
    creationTime: new Date(row.creation_time),
  }));
}

interface ListedRow {
  readonly job_id: string;
  readonly phase: Phase;
  readonly run_id: string | null;
  readonly owner_id: string | null;
  readonly creation_time: string;
}

function mayBeSeenBy({ ownerId, visitor }: Viewer): Sql {
  // Comparing with NULL is never true: nobody sees nothing.
  return sql`(owner_id = ${value(ownerId, 'text')} OR visitor = ${value(visitor, 'text')})`;
}

function hasPhaseOf(asked: readonly string[]): Sql {
  if (asked.length === 0) return sql`TRUE`;
  const known = asked.filter(isPhase).map((phase) => value(phase, 'text'));
  return known.length === 0 ? sql`FALSE` : sql`phase IN (${join(known, sql`, `)})`;
}

function isAfter(after: Date | null): Sql {
  if (after === null) return sql`TRUE`;
  return sql`creation_time > ${value(after.toISOString(), 'timestamp with time zone')}`;
}
