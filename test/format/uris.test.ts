import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { createS5cmdEncoder } from '../../src/format/uris/s5cmd.ts';
import { createUriListEncoder } from '../../src/format/uris/uri-list.ts';
import { batchOf, column, encode, headOf } from './rows.ts';

const url = column('access_url', 'text', { ucd: 'meta.ref.url' });
const cloudUri = column('CLOUD_URI', 'text');
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

test.each([
  ['uri-list', createUriListEncoder],
  ['s5cmd', createS5cmdEncoder],
] as const)('%s of an answer without URIs is refused before the first byte', (name, create) => {
  const columns = [number, column('cloud_access', 'jsonb'), column('cloud_uri', 'integer')];
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
