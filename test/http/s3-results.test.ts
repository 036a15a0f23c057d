import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type S3Double, startS3Double } from '../support/s3-double.ts';
import { createJob, endOf } from './jobs.ts';
import { startTestService, type TestService } from './start-test-service.ts';
import { ask, errorOf } from './talk.ts';

let s3: S3Double;
let service: TestService;
/** The same, but clients are sent to the bucket. */
let redirecting: TestService;

beforeAll(async () => {
  s3 = await startS3Double();
  // Where Amazon's SDK looks for them.
  process.env['AWS_ACCESS_KEY_ID'] = 'test';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
  const settings = {
    RESULTS_S3_BUCKET: s3.settings.bucket,
    RESULTS_S3_PREFIX: s3.settings.prefix,
    RESULTS_S3_ENDPOINT: s3.settings.endpoint ?? '',
  };
  service = await startTestService(settings);
  redirecting = await startTestService({ ...settings, RESULTS_REDIRECT: 'true' });
});
afterAll(async () => {
  await Promise.all([service.stop(), redirecting.stop()]);
  await s3.stop();
});

interface Completed {
  readonly job: string;
  readonly result: string;
  /** In the bucket. */
  readonly key: string;
}

async function completedJob({ url }: TestService): Promise<Completed> {
  const QUERY = 'SELECT TOP 3 obs_id FROM ivoa.obscore ORDER BY obs_id';
  const job = await createJob(url, { QUERY, RESPONSEFORMAT: 'csv', PHASE: 'RUN' });
  expect(await endOf(job)).toBe('COMPLETED');
  const key = `jobs/${job.split('/').at(-1) ?? ''}.result1`;
  return { job, result: `${job}/results/result`, key };
}

const csv = [
  'obs_id',
  ...['1-1', '1-2', '1-3'].map((chip) => `tess2019141105932-s0012-${chip}-0144-s`),
  '',
].join('\r\n');

test('a result in a bucket is served, whole, in part and by its ETag', async () => {
  const { result, key } = await completedJob(service);
  const whole = await ask(result);
  expect([whole.status, whole.body]).toEqual([200, csv]);
  expect(s3.objects.get(key)?.toString()).toBe(csv);
  const etag = whole.headers.get('etag') ?? '';
  expect(etag).toBe(`"${key.slice('jobs/'.length)}"`);
  const part = await ask(result, { headers: { Range: 'bytes=8-', 'If-Range': etag } });
  expect([part.status, part.headers.get('content-range'), part.body]).toEqual([
    206,
    `bytes 8-${String(csv.length - 1)}/${String(csv.length)}`,
    csv.slice(8),
  ]);
  expect((await ask(result, { headers: { 'If-None-Match': etag } })).status).toBe(304);
});

test('a job that is deleted takes its result out of the bucket', async () => {
  const { job, key } = await completedJob(service);
  expect(s3.objects.has(key)).toBe(true);
  expect((await ask(job, { method: 'DELETE' })).status).toBe(303);
  expect(s3.objects.has(key)).toBe(false);
  expect((await ask(job)).status).toBe(404);
});

test('a bucket that cannot be reached is told in words', async () => {
  const { result } = await completedJob(service);
  s3.faultOf = () => ({ status: 403, code: 'AccessDenied' });
  const { status, body } = await ask(result);
  s3.faultOf = () => null;
  expect([status, errorOf(body)]).toEqual([
    503,
    'The result store of this service cannot be used at the moment (AccessDenied). Please try again later.',
  ]);
});

const asPyvo = { headers: { 'User-Agent': 'python-pyvo/1.7 (python-requests/2.32.3)' } };

test('where it is wanted a client is sent to the bucket by a signed URL, and gets it there', async () => {
  const { result, key } = await completedJob(redirecting);
  const { status, headers, body } = await ask(result, asPyvo);
  expect([status, body, headers.get('cache-control')]).toEqual([303, '', 'no-store']);
  const { origin, pathname, searchParams } = new URL(headers.get('location') ?? '');
  expect(origin + pathname).toBe(`${s3.settings.endpoint ?? ''}/${s3.settings.bucket}/${key}`);
  expect(Object.fromEntries(searchParams)).toMatchObject({
    'response-content-type': 'text/csv;header=present;charset=utf-8',
    'response-content-disposition': 'inline; filename="result.csv"',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Expires': '900',
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect((await ask(result, { ...asPyvo, redirect: 'follow' })).body).toBe(csv);
});

test.each([
  ['astroquery', { headers: { 'User-Agent': 'astroquery/0.4.7 Python/3.12' } }],
  ['no name, as TapPlus', { headers: { 'User-Agent': '' } }],
  ['STILTS', { headers: { 'User-Agent': 'STILTS/3.4.7-debian Java/17.0.15' } }],
  ['Java', { headers: { 'User-Agent': 'Java/17.0.15' } }],
])('a client that cannot follow is served from here: %s', async (_, init) => {
  const { result } = await completedJob(redirecting);
  const { status, body } = await ask(result, init);
  expect([status, body]).toEqual([200, csv]);
});

test('HEAD is answered from here: a signed URL is for GET alone', async () => {
  const { result } = await completedJob(redirecting);
  const { status, headers } = await ask(result, { ...asPyvo, method: 'HEAD' });
  expect([status, headers.get('content-length')]).toEqual([200, String(csv.length)]);
});

test('without the setting nobody is sent anywhere', async () => {
  const { result } = await completedJob(service);
  expect((await ask(result, asPyvo)).status).toBe(200);
});
