import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { createS5cmdEncoder } from '../../src/format/uris/s5cmd.ts';
import { createUriListEncoder } from '../../src/format/uris/uri-list.ts';
import { batchOf, column, encode, headOf } from './rows.ts';

const url = column('access_url', 'text', { ucd: 'meta.ref.url' });
const cloudUri = column('CLOUD_URI', 'text');
const cloudAccess = column('cloud_access', 'jsonb');
const number = column('n', 'integer', { datatype: 'int' });

test('a list of URIs: a line for each row that has one', () => {
  const rows = batchOf([
    ['1', 'https://a/b.fits', 's3://stpubdata/tess/b.fits'],
    ['2', 'https://a/c.fits', null],
    ['3', null, 's3://bucket/blank + \u00e9\nnewline'],
    ['4', null, ''],
  ]);
  expect(encode(createUriListEncoder, headOf([number, url, cloudUri]), rows)).toBe(
    's3://stpubdata/tess/b.fits\ns3://bucket/blank + \u00e9%0Anewline\n',
  );
});

test.each([
  [url],
  [column('x', 'text', { ucd: 'meta.ref.uri;meta.main' })],
  [column('x', 'text', { xtype: 'uri' })],
  [column('x', 'text', { utype: 'obscore:Access.Reference' })],
])('without cloud_uri, the first column that is called a URI is taken: %j', (described) => {
  const columns = [column('obs_id', 'text', { ucd: 'meta.id' }), described, url];
  const rows = batchOf([
    ['no', 'https://a/1', 'https://a/2'],
    [null, 'https://a/3', null],
  ]);
  expect(encode(createUriListEncoder, headOf(columns), rows)).toBe('https://a/1\nhttps://a/3\n');
});

test('without cloud_uri, cloud_access comes before other URIs', () => {
  const rows = batchOf([
    ['https://a/1', '{"aws": {"bucket_name": "b", "key": "k/1", "access": "restricted"}}'],
    ['https://a/2', '{}'],
    ['https://a/3', null],
    ['https://a/4', '"not an object"'],
    ['https://a/5', '{"gcp": {"bucket_name": "b", "key": "k/5"}}'],
  ]);
  expect(encode(createUriListEncoder, headOf([url, cloudAccess]), rows)).toBe(
    's3://b/k/1\ngs://b/k/5\n',
  );
});

test.each([
  ['aws', 's3://east/k'],
  ['aws:us-west-2', 's3://west/k'],
  ['AWS:US-West-2', 's3://west/k'],
  ['aws:eu-west-1', 's3://east/k'],
  ['gcp', 'gs://google/k'],
  ['google:europe-west4', 'gs://google/k'],
])('CLOUD=%s chooses %s', (cloud, uri) => {
  const copies = {
    aws: [
      { bucket_name: 'east', key: 'k', region: 'us-east-1' },
      { bucket_name: 'west', key: 'k', region: 'us-west-2' },
    ],
    gcp: { bucket_name: 'google', key: 'k' },
  };
  const head = { ...headOf([cloudUri, cloudAccess]), cloud };
  const rows = batchOf([
    ['s3://b/k', JSON.stringify(copies)],
    ['s3://nowhere/k', '{}'],
  ]);
  expect(encode(createUriListEncoder, head, rows)).toBe(`${uri}\n`);
});

test.each(['azure', 'aws:', ':us-west-2', 'aws:us:west', ''])('CLOUD=%s is refused', (cloud) => {
  expect(() => createUriListEncoder({ ...headOf([cloudAccess]), cloud })).toThrow(
    `CLOUD names a provider, aws or gcp, and perhaps a region, as in aws:us-west-2. It was "${cloud}".`,
  );
});

test('CLOUD needs cloud_access', () => {
  expect(() => createS5cmdEncoder({ ...headOf([cloudUri]), cloud: 'aws' })).toThrow(
    'CLOUD chooses among the copies that cloud_access tells of, and this answer has no such column. Add cloud_access to the SELECT list.',
  );
});

test.each([
  ['uri-list', createUriListEncoder],
  ['s5cmd', createS5cmdEncoder],
] as const)('%s of an answer without URIs is refused before the first byte', (name, create) => {
  const columns = [number, column('cloud_uri', 'integer'), column('json', 'jsonb')];
  expect(() => create(headOf(columns))).toThrow(
    `RESPONSEFORMAT=${name} writes the URIs of one column, and this answer has none. Add cloud_uri (or access_url) to the SELECT list.`,
  );
});

test('s5cmd: a cp for each S3 URI, quoted where need be', () => {
  const rows = batchOf([
    ['s3://stpubdata/tess/tess2019-s0012-3-4-0144-s_ffic.fits'],
    [null],
    ["s3://bucket/it's $HOME #1.fits"],
    ['s3://bucket/what?/*.fits'],
    ['gs://bucket/key'],
    ['s3://bucket/two\nlines'],
  ]);
  expect(encode(createS5cmdEncoder, headOf([cloudUri]), rows)).toBe(
    `cp s3://stpubdata/tess/tess2019-s0012-3-4-0144-s_ffic.fits .
cp 's3://bucket/it'\\''s $HOME #1.fits' .
cp --raw 's3://bucket/what?/*.fits' .
# not in S3: gs://bucket/key
# a key that fits on no line: s3://bucket/two lines
`,
  );
});

test('s5cmd: a file whose name is taken goes into folders, none of which leads elsewhere', () => {
  const uris = [
    's3://b/1/x.fits',
    's3://b/2/x.fits',
    's3://b/2/X.FITS',
    's3://b/../../~//x.fits',
    's3://b/of the/x.fits',
    's3://b/folder/',
    's3://b/..',
  ];
  const rows = batchOf(uris.map((uri) => [uri]));
  expect(encode(createS5cmdEncoder, headOf([cloudUri]), rows)).toBe(
    `cp s3://b/1/x.fits .
cp s3://b/2/x.fits ./b/2/
cp s3://b/2/X.FITS ./b/2/
cp 's3://b/../../~//x.fits' './b/_/_/~/_/'
cp 's3://b/of the/x.fits' './b/of the/'
# no name for a file: s3://b/folder/
# no name for a file: s3://b/..
`,
  );
});

test('s5cmd: a shell reads every command as it is meant', () => {
  const uris = [
    "s3://b/'; rm -rf ~ #",
    's3://b/"$(id)"`id`',
    's3://b/back\\slash & blank',
    's3://b/!$x',
  ];
  const commands = encode(
    createS5cmdEncoder,
    headOf([cloudUri]),
    batchOf(uris.map((uri) => [uri])),
  );
  const read = execFileSync('sh', ['-c', `cp() { printf '%s\\n' "$1"; }\n${commands}`]);
  expect(read.toString()).toBe(uris.map((uri) => `${uri}\n`).join(''));
});

test('how a list ends: an overflow is a comment for s5cmd, a failure cannot be told', () => {
  const failure = { status: 'ERROR', message: 'lost' } as const;
  const overflow = { status: 'OVERFLOW' } as const;
  const s5cmd = createS5cmdEncoder(headOf([cloudUri]));
  const uriList = createUriListEncoder(headOf([cloudUri]));
  expect(s5cmd.foot(overflow)?.toString()).toBe(
    '# OVERFLOW: there are more rows. Ask for them with a larger MAXREC.\n',
  );
  expect([uriList.foot(overflow), uriList.foot(failure), s5cmd.foot(failure)]).toEqual([
    Buffer.alloc(0),
    null,
    null,
  ]);
});
