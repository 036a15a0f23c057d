import { setTimeout as delay } from 'node:timers/promises';
import { sql } from '../../adql/index.ts';
import type { SharedDatabase } from './shared-database.ts';
import { get, post } from './talk.ts';

/** What is in uws.job of a rush. */
interface Count {
  readonly phase: string;
  readonly attempt: number;
  readonly jobs: number;
}

/** How a rush of jobs ended. */
export interface RushEnd {
  /** Jobs that are COMPLETED and whose result is the right one. */
  readonly right: number;
  /** Jobs that were begun more than once. */
  readonly again: number;
  readonly seconds: number;
  /** What went wrong first, if anything. */
  readonly problem: string | null;
}

export interface Rush {
  readonly jobs: number;
  readonly database: SharedDatabase;
  /** Posted to in turn. */
  readonly services: readonly string[];
  /** Where results are fetched in the end. */
  readonly reader: string;
  /** Happens once, when a third of the jobs has ended. */
  readonly accident?: () => Promise<void>;
}

/** Seconds after which a rush is given up; a dead service's jobs are taken over after 30. */
const patience = 240;

/** Posts all jobs at once, waits until none is unfinished, and fetches every result. */
export async function rush({ jobs, database, services, reader, accident }: Rush): Promise<RushEnd> {
  await database.query(sql`DELETE FROM uws.job`);
  const began = performance.now();
  const numbers = Array.from({ length: jobs }, (_, number) => number);
  const locations = await Promise.all(
    numbers.map((number) => create(services[number % services.length] ?? '', number)),
  );
  let isAccidentDue = accident !== undefined;
  for (;;) {
    const counts = await countJobs(database).catch(() => []);
    const ended = sum(counts.filter(({ phase }) => !unfinished.has(phase)));
    if (ended === jobs || performance.now() - began > patience * 1000) break;
    if (isAccidentDue && ended > jobs / 3) {
      isAccidentDue = false;
      await accident?.();
    }
    await delay(100);
  }
  const seconds = (performance.now() - began) / 1000;
  const problems = await Promise.all(
    numbers.map((number) => judge(locations[number] ?? '', reader, number)),
  );
  const wrong = problems.filter((problem) => problem !== null);
  const again = sum((await countJobs(database)).filter(({ attempt }) => attempt > 1));
  return { right: jobs - wrong.length, again, seconds, problem: wrong[0] ?? null };
}

const unfinished: ReadonlySet<string> = new Set(['PENDING', 'QUEUED', 'EXECUTING']);

/** Some 10 ms of work, and an answer that tells the jobs apart. */
async function create(service: string, number: number): Promise<string> {
  const QUERY = `SELECT ${String(number)} AS n, COUNT(*) AS c FROM ivoa.obscore
    WHERE obs_title LIKE '%${String(number % 10)}%' OR access_url LIKE '%x%'`;
  const form = { LANG: 'ADQL', PHASE: 'RUN', FORMAT: 'csv', QUERY };
  const { status, location } = await post(`${service}/async`, form);
  if (status !== 303) throw new Error(`a job was refused with ${String(status)}`);
  return location;
}

async function judge(location: string, reader: string, number: number): Promise<string | null> {
  const jobId = location.slice(location.lastIndexOf('/') + 1);
  const { status, body } = await get(`${reader}/async/${jobId}/results/result`);
  const isRight = status === 200 && body.startsWith(`n,c\r\n${String(number)},`);
  return isRight ? null : `job ${String(number)}: ${String(status)} ${body.slice(0, 300)}`;
}

async function countJobs(database: SharedDatabase): Promise<readonly Count[]> {
  return database.query<Count>(
    sql`SELECT phase, attempt, count(*)::integer AS jobs FROM uws.job GROUP BY phase, attempt`,
  );
}

function sum(counts: readonly Count[]): number {
  return counts.reduce((all, { jobs }) => all + jobs, 0);
}
