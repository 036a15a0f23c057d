import { expect, test } from '@jest/globals';
import type { CloudAccessRight } from '../../src/cloud/cloud-access.ts';
import { chooseCopy } from '../../src/cloud/choose-copy.ts';

const west = { provider: 'aws', region: 'us-west-2' } as const;

/** Copies in one provider, each with its region and access; the bucket is their number. */
function copies(...given: readonly (readonly [region: string, access: CloudAccessRight])[]) {
  return {
    aws: given.map(([region, access], index) => ({
      bucket_name: String(index),
      key: 'k',
      region,
      access,
    })),
  };
}

test.each([
  ['the first of equals', copies(['us-east-1', 'open'], ['us-east-2', 'open']), 's3://0/k'],
  ['the one in the region', copies(['us-east-1', 'open'], ['us-west-2', 'open']), 's3://1/k'],
  [
    'one for this region only counts as open there',
    copies(['us-east-1', 'open'], ['us-west-2', 'region']),
    's3://1/k',
  ],
  [
    'an open one elsewhere before one with credentials here',
    copies(['us-west-2', 'restricted'], ['us-east-1', 'open']),
    's3://1/k',
  ],
  [
    'one of another region before one with credentials',
    copies(['us-west-2', 'restricted'], ['us-east-1', 'region']),
    's3://1/k',
  ],
  ['never one that nobody may read', copies(['us-west-2', 'none']), null],
  ['never one of another provider', { gcp: copies(['us-west-2', 'open']).aws }, null],
])('the best copy for aws:us-west-2 is %s', (_, access, uri) => {
  expect(chooseCopy(access, west)).toBe(uri);
});

test('without a preference any provider that has URIs will do', () => {
  const copy = { bucket_name: 'b', key: 'k', access: 'open' } as const;
  expect(chooseCopy({ azure: [copy] }, null)).toBeNull();
  expect(chooseCopy({ azure: [copy], google: [copy] }, null)).toBe('gs://b/k');
});
