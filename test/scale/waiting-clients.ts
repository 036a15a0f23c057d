import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { sql, value } from '../../adql/index.ts';
import type { StartedService } from '../clients/started-service.ts';
import type { SharedDatabase } from './shared-database.ts';
import { get, getAsOneOfMany, phaseIn, post } from './talk.ts';

/** What many clients in WAIT cost a service. */
export interface WaitingCost {
  /** Connections to the database after as many requests without WAIT. */
  readonly connectionsBefore: number;
  readonly connections: number;
  /** Of these, those that work for somebody. */
  readonly active: number;
  /** The most that the process ever had, in MB: while all wait, and when all were woken at once. */
  readonly memoryWaiting: number;
  readonly memoryWoken: number;
  /** Clients that were told of the change of phase. */
  readonly told: number;
  /** From the change to the last answer. */
  readonly seconds: number;
}

/** Each client waits for a job of its own; then all jobs change their phase in one transaction. */
export async function costOfWaiting(
  { url, processId }: StartedService,
  database: SharedDatabase,
  clients: number,
): Promise<WaitingCost> {
  const jobs = await createJobs(url, database, clients);
  await inTurns(jobs, (job) => get(`${job}/phase`));
  const { total: connectionsBefore } = await connectionsOf(database);
  const waiting = jobs.map(async (job, number) => {
    // Five hundred more every tenth of a second: listen() keeps 511 that were not yet accepted.
    await delay(Math.floor(number / 500) * 100);
    // A client that is cut off is one that was not told.
    return getAsOneOfMany(`${job}?WAIT=-1&PHASE=PENDING`).catch(() => null);
  });
  await delay(clients / 5 + 5000);
  const { total: connections, active } = await quietestOf(database);
  const memoryWaiting = await peakMemory(processId);
  const began = performance.now();
  await database.query(
    sql`UPDATE uws.job SET phase = 'ABORTED', end_time = clock_timestamp() WHERE phase = 'PENDING'`,
  );
  const answers = await Promise.all(waiting);
  const seconds = (performance.now() - began) / 1000;
  const told = answers.filter((answer) => phaseIn(answer?.body ?? '') === 'ABORTED').length;
  const memoryWoken = await peakMemory(processId);
  return { connectionsBefore, connections, active, memoryWaiting, memoryWoken, told, seconds };
}

/** One by HTTP, the others as its copies: only the waiting is looked at here. */
async function createJobs(
  url: string,
  database: SharedDatabase,
  count: number,
): Promise<readonly string[]> {
  await database.query(sql`DELETE FROM uws.job`);
  const query = 'SELECT TOP 1 obs_id FROM ivoa.obscore';
  await post(`${url}/async`, { LANG: 'ADQL', QUERY: query });
  const rows = await database.query<{ readonly job_id: string }>(sql`
    INSERT INTO uws.job (job_id, client_address, phase, execution_duration, destruction, parameters)
    SELECT md5(number::text), client_address, phase, execution_duration, destruction, parameters
    FROM uws.job, generate_series(1, ${value(String(count), 'integer')}) AS number
    RETURNING job_id`);
  return rows.map(({ job_id }) => `${url}/async/${job_id}`);
}

async function inTurns<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < items.length; start += 100) {
    await Promise.all(items.slice(start, start + 100).map(work));
  }
}

/** Of the services: our own has another name. */
async function connectionsOf(
  database: SharedDatabase,
): Promise<{ readonly total: number; readonly active: number }> {
  const [found] = await database.query<{ readonly total: number; readonly active: number }>(sql`
    SELECT count(*)::integer AS total,
      (count(*) FILTER (WHERE state <> 'idle'))::integer AS active
    FROM pg_stat_activity
    WHERE application_name = 'cloudtap'`);
  return found ?? { total: NaN, active: NaN };
}

/** Of some looks, one at which nothing worked if there is one: services clean up from time to time. */
async function quietestOf(database: SharedDatabase): ReturnType<typeof connectionsOf> {
  let quietest = await connectionsOf(database);
  for (let look = 0; look < 10 && quietest.active > 0; look += 1) {
    await delay(200);
    quietest = await connectionsOf(database);
  }
  return quietest;
}

/** MB, by the kernel's own mark of the highest level (Linux). */
async function peakMemory(processId: number): Promise<number> {
  const status = await readFile(`/proc/${String(processId)}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1000;
}
