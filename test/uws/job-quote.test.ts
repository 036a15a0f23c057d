import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql, value } from '../../adql/index.ts';
import type { QueryContext } from '../../src/tap/run-query.ts';
import { cachedTranslate } from '../../src/tap/translation-cache.ts';
import { loadCatalog } from '../../src/tap-schema/load-catalog.ts';
import { type EstimateDuration, estimateByPlan } from '../../src/uws/job-quote.ts';
import { createJobStore } from '../../src/uws/job-store.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { newJob } from '../support/job-fixtures.ts';
import { uploadContext } from '../support/upload-context.ts';

let database: TestDatabase;
let context: QueryContext;
let estimate: EstimateDuration;

beforeAll(async () => {
  database = await createTestDatabase();
  context = {
    catalog: await loadCatalog(database.owner),
    translate: cachedTranslate(10),
    readRows: database.readRows,
    uploads: uploadContext(database.owner),
    executionDuration: 60,
    log: () => undefined,
  };
  estimate = estimateBy(context);
});
afterAll(() => database.drop());

function estimateBy(queryContext: QueryContext): EstimateDuration {
  const outputLimit = { default: 1000, hard: 1000 };
  return estimateByPlan({ queryContext: () => queryContext, outputLimit });
}

const asking = (QUERY: string, others: Readonly<Record<string, string>> = {}) =>
  Object.entries({ LANG: 'ADQL', QUERY, ...others }).map(([name, text]) => ({ name, value: text }));

test('the more the planner expects of a query, the longer it is estimated', async () => {
  const seconds = [
    await estimate(asking('SELECT TOP 1 obs_id FROM ivoa.obscore')),
    await estimate(asking('SELECT COUNT(*) AS n FROM ivoa.obscore WHERE s_ra > 10')),
    await estimate(
      asking(
        'SELECT COUNT(*) AS n FROM ivoa.obscore AS a, ivoa.obscore AS b WHERE a.s_ra < b.s_ra',
      ),
    ),
  ].map((estimated) => estimated ?? -1);
  expect(seconds[0]).toBeCloseTo(0.05, 2);
  expect(seconds[1]).toBeGreaterThan(seconds[0] ?? 0);
  // It took 80 s on the machine where the planner's cost was measured.
  expect(Math.round((seconds[2] ?? 0) / 100)).toBe(1);
});

test.each([
  ['text that is no ADQL', asking('SELECT FROM')],
  ['an unknown table', asking('SELECT * FROM nowhere')],
  ['no query', []],
  ['a table to be uploaded', asking('SELECT * FROM TAP_UPLOAD.t', { UPLOAD: 't,param:t' })],
])('of %s nothing is estimated', async (_, parameters) => {
  expect(await estimate(parameters)).toBeNull();
});

test('in a rush two are estimated, and the others do not wait', async () => {
  const job = asking('SELECT TOP 1 obs_id FROM ivoa.obscore');
  const all = await Promise.all([1, 2, 3, 4].map(() => estimate(job)));
  expect(all.map((seconds) => seconds !== null)).toEqual([true, true, false, false]);
  expect(await estimate(job)).not.toBeNull();
});

test('the reader plans the query, and nothing of it runs', async () => {
  const statements: string[] = [];
  const readRows: QueryContext['readRows'] = (statement, options) => {
    statements.push(statement.text);
    return database.readRows(statement, options);
  };
  await estimateBy({ ...context, readRows })(asking('SELECT TOP 1 obs_id FROM ivoa.obscore'));
  expect(statements).toEqual([expect.stringMatching(/^EXPLAIN \(FORMAT JSON\) SELECT /)]);
});

/** Seconds between the queueing of a job and its quote. */
async function quoteOf(jobId: string): Promise<number> {
  const [row] = await database.owner.query<{ readonly seconds: string }>(sql`
    SELECT round(extract(epoch FROM quote - queue_time), 1)::text AS seconds
    FROM uws.job WHERE job_id = ${value(jobId, 'text')}`);
  return Number(row?.seconds);
}

test('a quote is the estimate, behind the queue, and at most the execution duration', async () => {
  const estimates = [10, 5, null, 10_000, 20];
  const jobs = createJobStore({
    owner: database.owner,
    liveJobsPerClient: 10,
    estimate: () => Promise.resolve(estimates.shift() ?? null),
  });
  const quotes: number[] = [];
  for (const isToRun of [true, false, true, true, false]) {
    const job = newJob({ isToRun });
    await jobs.create(job);
    if (!isToRun) await jobs.queue(job.jobId);
    quotes.push(await quoteOf(job.jobId));
  }
  const [first = 0, second = 0, unknown = 0, capped = 0, last = 0] = quotes;
  expect(first).toBeCloseTo(10, 0);
  expect(second).toBeCloseTo(15, 0);
  expect(unknown).toBeCloseTo(600, 0);
  expect(capped).toBeCloseTo(615, 0);
  expect(last).toBeCloseTo(35, 0);
});
