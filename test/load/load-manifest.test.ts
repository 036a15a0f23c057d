import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from '../../adql/index.ts';
import { parseCloudAccess } from '../../src/cloud/cloud-access.ts';
import { type Laboratory, manifestOf, openLaboratory } from './laboratory.ts';

let lab: Laboratory;

beforeAll(async () => {
  lab = await openLaboratory();
});

beforeEach(() => lab.database.owner.execute(sql`TRUNCATE ivoa.obscore`));

afterAll(() => lab.close());

test('a line becomes a row as the definition says', async () => {
  const counts = await lab.load('1001 d/2020366235959-07-M 31.fits');
  expect(counts).toEqual({
    read: 1,
    matched: 1,
    repeated: 0,
    unchanged: 0,
    loaded: 1,
    notMatched: { count: 0, examples: [] },
    malformed: { count: 0, examples: [] },
  });
  const rows = await lab.database.owner.query(sql`SELECT obs_id, obs_publisher_did, calib_level,
    obs_title, target_name, s_ra, t_min, t_max, access_estsize::integer, cloud_uri,
    cloud_access::text, obs_release_date::text, s_dec FROM ivoa.obscore`);
  expect(rows).toEqual([
    {
      obs_id: '2020366235959-07',
      obs_publisher_did: 'ivo://lab/frames?2020366235959-07',
      calib_level: 1,
      obs_title: 'Field 07: a, b',
      target_name: 'M 31',
      s_ra: 10.5,
      t_min: 59214.999988425923,
      t_max: 59218.499988425923,
      access_estsize: 2,
      cloud_uri: 's3://lab/d/2020366235959-07-M 31.fits',
      cloud_access:
        '{"aws": {"key": "d/2020366235959-07-M 31.fits", "access": "open", "region": "eu-west-1", "bucket_name": "lab"}}',
      obs_release_date: '2021-02-03 04:05:06',
      s_dec: null,
    },
  ]);
});

test('what the loader writes to cloud_access is what clients read', async () => {
  await lab.load('5 d/2020001000000-07.fits');
  const [row] = await lab.database.owner.query<{ cell: string }>(
    sql`SELECT cloud_access::text AS cell FROM ivoa.obscore`,
  );
  expect(parseCloudAccess(row?.cell ?? null)).toEqual({
    aws: [
      {
        bucket_name: 'lab',
        key: 'd/2020001000000-07.fits',
        region: 'eu-west-1',
        access: 'open',
      },
    ],
  });
});

test('a missing look-up row, an empty cell and a part that is not there give NULL', async () => {
  await lab.load('0 d/2020001000000-08.fits', '0 d/2020001000000-99.fits');
  expect(
    await lab.database.owner.query(sql`SELECT s_ra, obs_title, target_name,
      access_estsize::integer FROM ivoa.obscore`),
  ).toEqual([
    { s_ra: null, obs_title: null, target_name: null, access_estsize: 42 },
    { s_ra: null, obs_title: null, target_name: null, access_estsize: 42 },
  ]);
});

test('the same load again changes nothing; a changed size changes its row', async () => {
  const entries = ['1000 d/2020001000000-07.fits', '2000 d/2020002000000-07.fits'];
  await lab.load(...entries);
  expect(await lab.load(...entries)).toMatchObject({ matched: 2, unchanged: 2, loaded: 0 });

  const counts = await lab.load('9000 d/2020001000000-07.fits', '2000 d/2020002000000-07.fits');
  expect(counts).toMatchObject({ matched: 2, unchanged: 1, loaded: 1 });
  expect(await lab.stored()).toEqual([
    { obs_id: '2020001000000-07', size: 9 },
    { obs_id: '2020002000000-07', size: 2 },
  ]);
});

test('of two lines for one product the later holds', async () => {
  const counts = await lab.load(
    '1000 d/2020001000000-07.fits',
    '2000 d/2020001000000-07.fits',
    '3000 d/2020001000000-07.fits',
    '4000 d/2020002000000-07.fits',
  );
  expect(counts).toMatchObject({ matched: 4, repeated: 2, loaded: 2 });
  expect(await lab.stored()).toEqual([
    { obs_id: '2020001000000-07', size: 3 },
    { obs_id: '2020002000000-07', size: 4 },
  ]);
});

test('odd lines are counted with examples, and the rest is loaded', async () => {
  const text = [
    '2021-02-03 04:05:06       1000 d/2020001000000-07.fits\r',
    '2021-02-03 04:05:06       1000 d/2020001000000-07.txt\r',
    '\r',
    '                           PRE d/',
    'Total Objects: 5',
    '2021-02-03 04:05:06       1000 d/2020001000000-07-a\tb.fits',
    `2021-02-03 04:05:06       1000 d/${'x'.repeat(200_000)}`,
    '2021-02-03 04:05:06       2000 d/2020002000000-07.fits',
  ].join('\n');
  const bytes = Buffer.concat([Buffer.from(text), Buffer.from('\n\xff\xfe\x00', 'latin1')]);
  expect(await lab.loadFrom(bytes)).toEqual({
    read: 8,
    matched: 2,
    repeated: 0,
    unchanged: 0,
    loaded: 2,
    notMatched: { count: 1, examples: ['d/2020001000000-07.txt'] },
    malformed: {
      count: 5,
      examples: [
        '                           PRE d/',
        'Total Objects: 5',
        '2021-02-03 04:05:06       1000 d/2020001000000-07-a\tb.fits',
        `2021-02-03 04:05:06       1000 d/${'x'.repeat(167)}`,
        '\uFFFD\uFFFD\0',
      ],
    },
  });
});

test('gzip is known by its first bytes, in several members too', async () => {
  const first = gzipSync(manifestOf(['1000 d/2020001000000-07.fits']));
  const second = gzipSync(manifestOf(['2000 d/2020002000000-07.fits']));
  expect(await lab.loadFrom(Buffer.concat([first, second]))).toMatchObject({ read: 2, loaded: 2 });
});

test('an empty manifest loads nothing', async () => {
  expect(await lab.loadFrom(Buffer.alloc(0))).toMatchObject({ read: 0, loaded: 0 });
});
