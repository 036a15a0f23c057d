import { expect, test } from '@jest/globals';
import { parseCloudAccess, cloudUri } from '../../src/cloud/cloud-access.ts';

const open = { bucket_name: 'sky', key: 'a/b.fits', access: 'open' } as const;

/** Shapes met in the wild, and shapes that a careful client has to expect. */
const shapes: readonly (readonly [name: string, cell: string | null, copies: unknown])[] = [
  ['NULL', null, null],
  ['an empty cell', ' ', null],
  ['no provider', '{}', null],
  ['a provider without copies', '{"aws": []}', null],
  [
    'an object',
    '{"aws": {"bucket_name": "sky", "key":"a/b.fits", "region": "us-east-1"}}',
    { aws: [{ ...open, region: 'us-east-1' }] },
  ],
  [
    'a list',
    '{"aws": [{"bucket_name": "sky", "key": "a/b.fits"}, {"bucket_name": "two", "key": "c", "access": "region"}]}',
    { aws: [open, { bucket_name: 'two', key: 'c', access: 'region' }] },
  ],
  [
    'the members of the first draft',
    '{"aws": {"bucket": "sky", "region": "r", "access": "none", "path": "a/b.fits"}}',
    { aws: [{ ...open, region: 'r', access: 'none' }] },
  ],
  [
    'a key with a slash in front: one goes, those within stay',
    '{"aws": {"bucket_name": "sky", "key": "//FTP//x.fits"}}',
    { aws: [{ ...open, key: '/FTP//x.fits' }] },
  ],
  ['a URI in place of bucket and key', '{"aws": {"uri": "s3://sky/a/b.fits"}}', { aws: [open] }],
  ['a bare URI', 's3://sky/a/b.fits', { aws: [open] }],
  ['a bare URI of Google', 'gs://sky/a/b.fits', { gcp: [open] }],
  [
    'an unknown provider, unknown members, an unknown right of access',
    '{"moon": {"bucket_name": "sky", "key": "a/b.fits", "access": "maybe", "etag": 5}}',
    { moon: [{ ...open, access: 'restricted' }] },
  ],
  [
    'an entry that names no place, beside one that does',
    '{"aws": [{"region": "us-east-1"}, {"bucket_name": "sky", "key": "a/b.fits"}], "note": "x"}',
    { aws: [open] },
  ],
];

test.each(shapes)('%s is read', (_name, cell, copies) => {
  expect(parseCloudAccess(cell)).toEqual(copies);
});

test.each(['not json', '[]', '5', '"text"', '{"aws":'])('%s is a fault of its row', (cell) => {
  expect(() => parseCloudAccess(cell)).toThrow(SyntaxError);
});

test('a URI holds the key as it is, with the characters that only HTTPS escapes', () => {
  expect(cloudUri('aws', 'sky', 'a b/c+d#e?f.fits')).toBe('s3://sky/a b/c+d#e?f.fits');
  expect(cloudUri('gcp', 'sky', 'x')).toBe('gs://sky/x');
});
