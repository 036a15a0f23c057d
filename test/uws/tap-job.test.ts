import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ReadRows } from '../../src/row-batch.ts';
import { ServiceError } from '../../src/service-error.ts';
import { loadCatalog } from '../../src/tap-schema/load-catalog.ts';
import { cachedTranslate } from '../../src/tap/translation-cache.ts';
import type { JobService } from '../../src/uws/job-service.ts';
import { tapJob } from '../../src/uws/tap-job.ts';
import { createTestResults, jobIn, newJob, startReplica, textOf } from '../support/job-fixtures.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { uploadContext } from '../support/upload-context.ts';

let database: TestDatabase;
let store: Awaited<ReturnType<typeof createTestResults>>;
let service: JobService;

beforeAll(async () => {
  database = await createTestDatabase();
  store = await createTestResults();
  const query = {
    catalog: await loadCatalog(database.owner, () => undefined),
    translate: cachedTranslate(10),
    readRows: breakingOff(database.readRows),
    uploads: uploadContext(database.owner),
    executionDuration: 1,
    log: () => undefined,
  };
  const run = tapJob({
    queryContext: () => query,
    outputLimit: { default: 100, hard: 100_000 },
    results: store.results,
  });
  service = startReplica(database, { results: store.results, run });
});
afterAll(async () => {
  await service.stop(0);
  await database.drop();
  await store.remove();
});

/** A query with this word fails after its first batch of rows. */
const breaking = 'breaks off';

function breakingOff(readRows: ReadRows): ReadRows {
  return async function* (statement, options) {
    for await (const batch of readRows(statement, options)) {
      yield batch;
      if (!statement.values.includes(breaking)) continue;
      throw new ServiceError('data-error', 'A value cannot be computed.');
    }
  };
}

async function posted(parameters: Readonly<Record<string, string>>): Promise<string> {
  const job = newJob();
  await service.jobs.create({
    ...job,
    request: {
      ...job.request,
      isToRun: true,
      parameters: Object.entries(parameters).map(([name, value]) => ({ name, value })),
    },
  });
  return job.jobId;
}

test('the seed query as a job: 1289 images, in the format that was asked for', async () => {
  const jobId = await posted({
    LANG: 'ADQL',
    MAXREC: '5000',
    RESPONSEFORMAT: 'csv',
    QUERY: `SELECT obs_id, cloud_uri FROM ivoa.obscore WHERE obs_collection='TESS'
      AND dataproduct_type='image' AND obs_id LIKE 'tess%-s0012-3-4%'`,
  });
  const { result } = await jobIn(service.jobs, jobId, 'COMPLETED');
  const lines = (await textOf(await store.results.read(result.storageKey))).trim().split('\r\n');
  expect(result).toMatchObject({ mediaType: 'text/csv;header=present;charset=utf-8', rows: 1289 });
  expect(lines).toHaveLength(1290);
  expect(lines[1]).toMatch(/^tess.*-s0012-3-4.*,s3:\/\/stpubdata\/tess\//);
});

test('MAXREC counts the rows of the result, not the one that shows the overflow', async () => {
  const jobId = await posted({
    LANG: 'ADQL',
    MAXREC: '3',
    QUERY: 'SELECT obs_id FROM ivoa.obscore',
  });
  const { result } = await jobIn(service.jobs, jobId, 'COMPLETED');
  expect(result).toMatchObject({ mediaType: 'application/x-votable+xml', rows: 3 });
  expect(await textOf(await store.results.read(result.storageKey))).toContain(
    '<INFO name="QUERY_STATUS" value="OVERFLOW"/>',
  );
});

test('bad ADQL is taken, and fails with the same words as /sync has', async () => {
  const jobId = await posted({ LANG: 'ADQL', QUERY: 'SELECT obs_idd FROM ivoa.obscore' });
  const { error } = await jobIn(service.jobs, jobId, 'ERROR');
  expect(error.type).toBe('fatal');
  expect(error.message).toMatch(/obs_idd.*obs_id/s);
});

test('a query that fails after its first rows fails as a whole', async () => {
  const jobId = await posted({
    LANG: 'ADQL',
    MAXREC: '100000',
    QUERY: `SELECT obs_id, '${breaking}' AS word FROM ivoa.obscore`,
  });
  const { error } = await jobIn(service.jobs, jobId, 'ERROR');
  expect(error).toEqual({ type: 'fatal', message: 'A value cannot be computed.' });
  for await (const { key } of store.results.list()) expect(key).not.toContain(jobId);
});

test('a job without a query fails with the reason', async () => {
  const { error } = await jobIn(service.jobs, await posted({ LANG: 'ADQL' }), 'ERROR');
  expect(error).toEqual({
    type: 'fatal',
    message: 'QUERY is missing. Send the ADQL text as parameter QUERY.',
  });
});
