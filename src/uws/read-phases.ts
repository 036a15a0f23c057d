import { sql, value } from '../../adql/index.ts';
import type { Owner } from '../database/database.ts';
import type { Phase } from './phase.ts';

/** The phases of many jobs by their ids; those that are gone are missing. */
export async function readPhases(
  owner: Owner,
  jobIds: readonly string[],
): Promise<ReadonlyMap<string, Phase>> {
  const rows = await owner.query<{ readonly job_id: string; readonly phase: Phase }>(sql`
    SELECT job_id, phase FROM uws.job
    WHERE job_id IN (SELECT jsonb_array_elements_text(${value(JSON.stringify(jobIds), 'jsonb')}))`);
  return new Map(rows.map(({ job_id, phase }) => [job_id, phase]));
}
