import { createHash, createHmac } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { openPlace } from '../../src/storage/s3-place.ts';
import { presign } from '../../src/storage/s3-presign.ts';

const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const amazon = {
  bucket: 'examplebucket',
  prefix: 'jobs/',
  region: 'eu-west-1',
  endpoint: null,
  credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey },
};
const download = {
  key: '0f.result1',
  mediaType: 'text/csv;header=present',
  disposition: `inline; filename="it's (new).csv"`,
};

test('a URL lies at the bucket, and says how the object shall present itself', async () => {
  const url = new URL(await presign(openPlace(amazon), download));
  expect(url.origin + url.pathname).toBe(
    'https://examplebucket.s3.eu-west-1.amazonaws.com/jobs/0f.result1',
  );
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    'response-content-type': 'text/csv;header=present',
    'response-content-disposition': `inline; filename="it's (new).csv"`,
    'X-Amz-Credential': expect.stringMatching(
      /^AKIAIOSFODNN7EXAMPLE\/\d{8}\/eu-west-1\/s3\/aws4_request$/,
    ),
    'X-Amz-Expires': '900',
  });
});

test('its signature is what Amazon will compute', async () => {
  const endpoint = 'http://127.0.0.1:9000';
  for (const place of [amazon, { ...amazon, endpoint }]) {
    const url = new URL(await presign(openPlace(place), download));
    expect(url.searchParams.get('X-Amz-Signature')).toBe(signatureOf(url));
  }
});

/** AWS, "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)". */
function signatureOf(url: URL): string {
  const query = url.search
    .slice(1)
    .split('&')
    .filter((pair) => !pair.startsWith('X-Amz-Signature='))
    .sort()
    .join('&');
  const request = ['GET', url.pathname, query, `host:${url.host}`, '', 'host', 'UNSIGNED-PAYLOAD'];
  const time = url.searchParams.get('X-Amz-Date') ?? '';
  const scope = [time.slice(0, 8), 'eu-west-1', 's3', 'aws4_request'];
  const hash = createHash('sha256').update(request.join('\n')).digest('hex');
  let key = Buffer.from(`AWS4${secretAccessKey}`);
  for (const part of scope) key = createHmac('sha256', key).update(part).digest();
  const text = ['AWS4-HMAC-SHA256', time, scope.join('/'), hash].join('\n');
  return createHmac('sha256', key).update(text).digest('hex');
}

test('credentials that cannot be had are told in words', async () => {
  const place = openPlace(amazon);
  place.client.config.credentials = () => Promise.reject(new Error('no credentials'));
  await expect(presign(place, download)).rejects.toMatchObject({ kind: 'storage-unavailable' });
});
