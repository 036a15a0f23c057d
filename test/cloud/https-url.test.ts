import { expect, test } from '@jest/globals';
import { httpsUrl } from '../../src/cloud/https-url.ts';

test.each([
  ['s3://stpubdata/tess/a.fits', 'https://s3.amazonaws.com/stpubdata/tess/a.fits'],
  ['gs://with.dots/a', 'https://storage.googleapis.com/with.dots/a'],
  ['s3://b/a b+c#d?e%2F//\u00e9', 'https://s3.amazonaws.com/b/a%20b%2Bc%23d%3Fe%252F//%C3%A9'],
  ['s3://bucket', null],
  ['s3://bucket/', null],
  ['https://a/b', null],
  ['javascript:s3://b/k', null],
])('%s is %s for browsers', (uri, url) => {
  expect(httpsUrl(uri)).toBe(url);
});
