import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openResultStore } from '../../src/storage/open-result-store.ts';
import type { ResultStore } from '../../src/storage/result-store.ts';
import { once, textOf } from '../support/job-fixtures.ts';
import { type S3Double, startS3Double } from '../support/s3-double.ts';

let s3: S3Double;
let results: ResultStore;

beforeAll(async () => {
  s3 = await startS3Double();
  results = await openResultStore({ kind: 's3', ...s3.settings });
});
beforeEach(() => {
  s3.faultOf = () => null;
});
afterAll(() => s3.stop());

/** 20 MiB, in pieces that fit no part. */
async function* large(): AsyncGenerator<Uint8Array, void> {
  for (let piece = 0; piece < 20; piece += 1) {
    yield* once(String.fromCharCode(97 + piece).repeat(1024 * 1024));
  }
}

const unavailable = (reason: string) => ({
  kind: 'storage-unavailable',
  message: `The result store of this service cannot be used at the moment (${reason}). Please try again later.`,
});

test('what was written is read, whole and in ranges', async () => {
  expect(await results.write('a.result1', once('0123456789'), 'text/plain')).toBe(10);
  expect([...s3.objects.keys()]).toEqual(['jobs/a.result1']);
  expect(await textOf(await results.read('a.result1'))).toBe('0123456789');
  expect(await textOf(await results.read('a.result1', { first: 2, last: 4 }))).toBe('234');
});

test('a large answer goes in parts and comes back the same', async () => {
  expect(await results.write('large', large(), 'text/plain')).toBe(20 * 1024 * 1024);
  expect((await textOf(await results.read('large'))) === (await textOf(large()))).toBe(true);
  expect(s3.unfinished()).toEqual([]);
});

test('an empty object is an object', async () => {
  expect(await results.write('empty', once(''), 'text/plain')).toBe(0);
  expect(await textOf(await results.read('empty'))).toBe('');
});

test('a query that fails in mid-answer leaves nothing behind', async () => {
  const failure = new Error('the query failed');
  const failing = async function* (): AsyncGenerator<Uint8Array, void> {
    yield* large();
    throw failure;
  };
  await expect(results.write('half', failing(), 'text/plain')).rejects.toBe(failure);
  expect(s3.objects.has('jobs/half')).toBe(false);
  expect(s3.unfinished()).toEqual([]);
});

test('a part that S3 refuses fails the write, stops the query and leaves nothing behind', async () => {
  s3.faultOf = (request) =>
    request === 'PUT part 1' ? { status: 403, code: 'AccessDenied' } : null;
  let isStopped = false;
  const watched = async function* (): AsyncGenerator<Uint8Array, void> {
    try {
      yield* large();
      yield* large();
    } finally {
      isStopped = true;
    }
  };
  await expect(results.write('refused', watched(), 'text/plain')).rejects.toMatchObject(
    unavailable('AccessDenied'),
  );
  expect(isStopped).toBe(true);
  expect(s3.unfinished()).toEqual([]);
});

test('a fault that passes is not noticed', async () => {
  let faults = 0;
  s3.faultOf = () => {
    faults += 1;
    if (faults === 1) return { status: 503, code: 'SlowDown' };
    return faults === 2 ? 'broken connection' : null;
  };
  await results.write('patient', once('x'), 'text/plain');
  expect(await textOf(await results.read('patient'))).toBe('x');
});

test('what cannot be cleaned up at once is found by the orphan sweep', async () => {
  s3.faultOf = (request) =>
    request === 'PUT part 2' || request === 'DELETE uploads'
      ? { status: 403, code: 'AccessDenied' }
      : null;
  await expect(results.write('left', large(), 'text/plain')).rejects.toMatchObject(
    unavailable('AccessDenied'),
  );
  s3.faultOf = () => null;
  const [uploadId = ''] = s3.unfinished();
  const keys: string[] = [];
  for await (const { key } of results.list()) keys.push(key);
  expect(keys).toContain('a.result1');
  expect(keys).toContain(`left!${uploadId}`);
  await results.delete([`left!${uploadId}`]);
  expect(s3.unfinished()).toEqual([]);
});

test('deleting what is not there is no error', async () => {
  await results.write('e', once('x'), 'text/plain');
  await results.delete(['e', 'never']);
  await expect(results.read('e')).rejects.toMatchObject({
    kind: 'not-found',
    message: 'This result is no longer there.',
  });
});

test('a bucket that cannot be used is told at the start', async () => {
  const nobody = { ...s3.settings, kind: 's3', endpoint: 'http://127.0.0.1:1' } as const;
  // The reason in the message is left out: jest's realm hides the error's code from the SDK.
  await expect(openResultStore(nobody)).rejects.toMatchObject({ kind: 'storage-unavailable' });
});

test('at the start the operator is told which bucket cannot be used, and what to look at', async () => {
  s3.faultOf = () => ({ status: 403, code: 'AccessDenied' });
  await expect(results.check()).rejects.toMatchObject({ kind: 'storage-unavailable' });
  await expect(openResultStore({ kind: 's3', ...s3.settings })).rejects.toMatchObject({
    kind: 'storage-unavailable',
    message:
      'The S3 bucket for results of asynchronous queries, results, cannot be used (HTTP 403). ' +
      'Check RESULTS_S3_BUCKET, RESULTS_S3_REGION, RESULTS_S3_ENDPOINT and the credentials (AWS_ACCESS_KEY_ID...).',
  });
});

test('chunks that last only until the next is asked for arrive as they were', async () => {
  const reused = Buffer.alloc(3 * 1024 * 1024);
  const changing = async function* (): AsyncGenerator<Uint8Array, void> {
    for (const letter of 'abcdefg') {
      yield* once('');
      yield reused.fill(letter);
    }
  };
  await results.write('changing', changing(), 'text/plain');
  const text = await textOf(await results.read('changing'));
  expect(text).toHaveLength(7 * reused.length);
  expect([...new Set(text)].join('')).toBe('abcdefg');
});
