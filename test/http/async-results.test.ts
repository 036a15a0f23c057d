import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createJob, endOf } from './jobs.ts';
import { startTestService, type TestService } from './start-test-service.ts';
import { ask, errorOf } from './talk.ts';

let service: TestService;
let result = '';
/** The whole of it. */
let csv = '';

beforeAll(async () => {
  service = await startTestService();
  const job = await createJob(service.url, {
    QUERY: 'SELECT TOP 1000 obs_id, cloud_uri FROM ivoa.obscore ORDER BY obs_id',
    RESPONSEFORMAT: 'csv',
    PHASE: 'RUN',
  });
  await endOf(job);
  result = `${job}/results/result`;
  csv = (await ask(result)).body;
});
afterAll(() => service.stop());

const plain = { 'Accept-Encoding': 'identity' };

test('a result says what it is, how long, and how it may be saved', async () => {
  const { status, headers } = await ask(result, { headers: plain });
  expect(status).toBe(200);
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'text/csv;header=present;charset=utf-8',
    'content-length': String(csv.length),
    'content-disposition': 'inline; filename="result.csv"',
    'accept-ranges': 'bytes',
    'cache-control': 'no-store',
    etag: expect.stringMatching(/^"[0-9a-f]{32}\.result1"$/),
    vary: 'Accept-Encoding',
  });
  expect(csv.split('\r\n')).toHaveLength(1002);
});

test('HEAD tells the same without the bytes', async () => {
  const { status, headers, body } = await ask(result, { method: 'HEAD', headers: plain });
  expect([status, headers.get('content-length'), body]).toEqual([200, String(csv.length), '']);
});

test('gzip comes only to those who ask, as another entity of the same content', async () => {
  const { headers, body } = await ask(result, { headers: { 'Accept-Encoding': 'gzip' } });
  expect(headers.get('content-encoding')).toBe('gzip');
  expect(headers.get('etag')).toMatch(/-gzip"$/);
  expect(body).toBe(csv);
});

test.each([
  ['bytes=0-9', 0, 10],
  ['bytes=100-199', 100, 200],
  ['bytes=1000-', 1000, undefined],
  ['bytes=-20', -20, undefined],
  ['bytes=1000-99999999', 1000, undefined],
])('Range: %s is served, and never compressed', async (Range, first, end) => {
  const wanted = csv.slice(first, end);
  const { status, headers, body } = await ask(result, {
    headers: { Range, 'Accept-Encoding': 'gzip' },
  });
  const start = csv.lastIndexOf(wanted);
  expect([status, headers.get('content-encoding')]).toEqual([206, null]);
  expect(headers.get('content-range')).toBe(
    `bytes ${String(start)}-${String(start + wanted.length - 1)}/${String(csv.length)}`,
  );
  expect(body).toBe(wanted);
});

test('a Range beyond the end is refused with the size', async () => {
  const { status, headers, body } = await ask(result, { headers: { Range: 'bytes=99999999-' } });
  expect([status, headers.get('content-range')]).toEqual([416, `bytes */${String(csv.length)}`]);
  expect(errorOf(body)).toMatch(/^Range: there are \d+ bytes/);
});

test.each(['bytes=0-1,5-6', 'bytes=9-1', 'rows=1-2', 'bytes=-'])(
  'Range: %s gets all of it',
  async (Range) => {
    const { status, body } = await ask(result, { headers: { Range } });
    expect([status, body.length]).toEqual([200, csv.length]);
  },
);

test('a download is resumed only when the result is still the same', async () => {
  const etag = (await ask(result, { headers: plain })).headers.get('etag') ?? '';
  const resume = async (ifRange: string): Promise<number> =>
    (await ask(result, { headers: { ...plain, Range: 'bytes=10-', 'If-Range': ifRange } })).status;
  expect([await resume(etag), await resume('"another"')]).toEqual([206, 200]);
  for (const known of [etag, `"other", W/${etag}`, '*']) {
    const again = await ask(result, { headers: { ...plain, 'If-None-Match': known } });
    expect([known, again.status, again.body]).toEqual([known, 304, '']);
  }
  const other = await ask(result, { headers: { ...plain, 'If-None-Match': '"other"' } });
  expect(other.status).toBe(200);
});

test('a result that is lost is told in words', async () => {
  const job = await createJob(service.url, {
    QUERY: 'SELECT TOP 1 obs_id FROM ivoa.obscore',
    PHASE: 'RUN',
  });
  await endOf(job);
  await service.results.delete([`${job.split('/').at(-1) ?? ''}.result1`]);
  const { status, headers, body } = await ask(`${job}/results/result`);
  expect([status, headers.get('etag')]).toEqual([404, null]);
  expect(errorOf(body)).toBe('This result is no longer there.');
});
