import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from '../../adql/index.ts';
import { endOf, idOf } from './jobs.ts';
import { asPyvo, asTapPlus, asTopcat, type SendMultipart } from './multipart.ts';
import { startTestService, type TestService } from './start-test-service.ts';
import { ask, errorOf, post, rowsOf } from './talk.ts';

let service: TestService;

beforeAll(async () => {
  service = await startTestService({ UPLOAD_MAX_BYTES: '20000', UPLOAD_MAX_ROWS: '100' });
});
afterAll(() => service.stop());

const votable = `<?xml version="1.0" encoding="utf-8"?>
<VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3"><RESOURCE><TABLE>
<FIELD name="n" datatype="int"/><FIELD name="obs" datatype="unicodeChar" arraysize="40*" ucd="meta.id"/>
<DATA><TABLEDATA>
<TR><TD>1</TD><TD>tess2019141105932-s0012-3-4-0144-s</TD></TR>
<TR><TD>2</TD><TD>nowhere</TD></TR>
</TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>`;

const join = `SELECT u.n, o.cloud_uri FROM TAP_UPLOAD.mine AS u
  LEFT JOIN ivoa.obscore AS o ON o.obs_id = u.obs ORDER BY u.n`;

const joined = [
  [
    '1',
    's3://stpubdata/tess/public/ffi/s0012/2019/141/3-4/tess2019141105932-s0012-3-4-0144-s_ffic.fits',
  ],
  ['2', ''],
];

/** They go just behind the last byte of the answer. */
async function uploadsAreGone(): Promise<void> {
  const left = sql`SELECT FROM pg_tables WHERE schemaname = 'tap_upload'`;
  for (let patience = 500; (await service.database.owner.query(left)).length > 0; patience -= 1) {
    if (patience === 0) throw new Error('An uploaded table outlived its query.');
    await delay(20);
  }
}

const clients: readonly (readonly [string, SendMultipart])[] = [
  ['pyvo', asPyvo],
  ['TapPlus', asTapPlus],
  ['TOPCAT', asTopcat],
];

test.each(clients)('%s uploads a table to /sync, which is gone afterwards', async (_, send) => {
  const { status, body } = await send({
    port: service.port,
    path: '/tap/sync',
    fields: [
      ['REQUEST', 'doQuery'],
      ['LANG', 'ADQL'],
      ['QUERY', join],
      ['UPLOAD', 'mine,param:part_1'],
    ],
    file: { name: 'part_1', content: votable },
  });
  expect([status, rowsOf(body)]).toEqual([200, joined]);
  await uploadsAreGone();
});

test.each(clients)('%s uploads a table with a job', async (_, send) => {
  const { status, headers } = await send({
    port: service.port,
    path: '/tap/async',
    fields: [
      ['LANG', 'ADQL'],
      ['QUERY', join],
      ['UPLOAD', 'mine,param:part_1'],
      ['PHASE', 'RUN'],
    ],
    file: { name: 'part_1', content: votable },
  });
  expect(status).toBe(303);
  const job = `${service.url}/async/${idOf(headers)}`;
  expect(await endOf(job)).toBe('COMPLETED');
  expect(rowsOf((await ask(`${job}/results/result`)).body)).toEqual(joined);
  // UWS 1.1, "byReference": what was uploaded can be had back.
  const { body: document } = await ask(job);
  expect(document).toContain(
    `<uws:parameter id="part_1" byReference="true">${job}/parameters/part_1</uws:parameter>`,
  );
  const part = await ask(`${job}/parameters/part_1`);
  expect([part.body, part.headers.get('content-disposition')]).toEqual([votable, 'attachment']);
  await uploadsAreGone();
});

test('pyvo adds a table to a job before it is run', async () => {
  const created = await post(`${service.url}/async`, { LANG: 'ADQL', QUERY: join });
  const jobId = idOf(created.headers);
  const { status } = await asPyvo({
    port: service.port,
    path: `/tap/async/${jobId}/parameters`,
    fields: [['UPLOAD', 'mine,param:late']],
    file: { name: 'late', content: votable },
  });
  expect(status).toBe(303);
  const job = `${service.url}/async/${jobId}`;
  await post(`${job}/phase`, { PHASE: 'RUN' });
  expect(await endOf(job)).toBe('COMPLETED');
  expect(rowsOf((await ask(`${job}/results/result`)).body)).toEqual(joined);
});

test('FIELDs come back with the metadata and the rows with the values that were uploaded', async () => {
  const { body } = await asPyvo({
    port: service.port,
    path: '/tap/sync',
    fields: [
      ['LANG', 'ADQL'],
      ['QUERY', 'SELECT * FROM tap_upload.MINE'],
      ['UPLOAD', 'mine,param:mine'],
    ],
    file: { name: 'mine', content: votable },
  });
  const fields = Array.from(body.matchAll(/<FIELD [^>]*>/g), ([field]) => field);
  expect(fields).toEqual([
    '<FIELD name="n" datatype="int"/>',
    '<FIELD name="obs" datatype="unicodeChar" arraysize="40*" ucd="meta.id"/>',
  ]);
  expect(rowsOf(body)).toEqual([
    ['1', 'tess2019141105932-s0012-3-4-0144-s'],
    ['2', 'nowhere'],
  ]);
});

test('a field without a file name is a table when UPLOAD names it: curl -F "mine=<table.csv"', async () => {
  const form = new FormData();
  form.set('LANG', 'ADQL');
  form.set('QUERY', 'SELECT SUM(n) AS n FROM TAP_UPLOAD.mine');
  form.set('mine', 'n,obs\n1,a\n2,b\n');
  form.set('UPLOAD', 'mine,param:mine');
  const { body } = await ask(`${service.url}/sync`, { method: 'POST', body: form });
  expect(rowsOf(body)).toEqual([['3']]);
});

test('two queries of the same text over different tables get different answers', async () => {
  const sumOf = async (content: string): Promise<unknown> => {
    const { body } = await asPyvo({
      port: service.port,
      path: '/tap/sync',
      fields: [
        ['LANG', 'ADQL'],
        ['QUERY', 'SELECT SUM(n) AS n FROM TAP_UPLOAD.t'],
        ['UPLOAD', 't,param:t'],
      ],
      file: { name: 't', content },
    });
    return rowsOf(body);
  };
  expect([await sumOf('n\n1\n'), await sumOf('n\n5\n6\n')]).toEqual([[['1']], [['11']]]);
});

test.each([
  [
    'mine,param:nosuch',
    votable,
    400,
    'UPLOAD: the request has no part "nosuch" for the table mine.',
  ],
  [
    'mine,param:mine',
    '<VOTABLE/>',
    400,
    'The uploaded table mine cannot be used: it holds no TABLE with FIELDs.',
  ],
  [
    'mine,http://169.254.169.254/latest/meta-data',
    votable,
    400,
    /169\.254\.169\.254 is not a host of the public Internet/,
  ],
  [
    'mine,file:///etc/passwd',
    votable,
    400,
    'UPLOAD: this service does not read file: URIs; use param:, http: or https:.',
  ],
  ['mine,param:mine', `n\n${'1\n'.repeat(101)}`, 413, /100 rows/],
  [
    'mine,param:mine',
    `n\n${'1\n'.repeat(10_001)}`,
    413,
    'The files of this request have more than 20000 bytes, which is the limit here.',
  ],
])('UPLOAD=%s is refused in words (%#)', async (...row) => {
  const [upload, content, status, message] = row;
  const answer = await asPyvo({
    port: service.port,
    path: '/tap/sync',
    fields: [
      ['LANG', 'ADQL'],
      ['QUERY', 'SELECT * FROM TAP_UPLOAD.mine'],
      ['UPLOAD', upload],
    ],
    file: { name: 'mine', content },
  });
  expect(answer.status).toBe(status);
  expect(errorOf(answer.body)).toMatch(message);
  await uploadsAreGone();
});

test('a table at a URL of the own network is read when a setting allows it', async () => {
  const server = createServer((_request, response) => {
    response.end(votable);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const trusting = await startTestService({ UPLOAD_PRIVATE_ADDRESSES: 'true' });
  const { port } = server.address() as AddressInfo;
  const { body } = await post(`${trusting.url}/sync`, {
    LANG: 'ADQL',
    QUERY: join,
    UPLOAD: `mine,http://127.0.0.1:${String(port)}/table.vot`,
  });
  await trusting.stop();
  server.close();
  expect(rowsOf(body)).toEqual(joined);
});

test('files of a POST that makes no job are not kept', async () => {
  const before = await storedKeys();
  const answer = await asPyvo({
    port: service.port,
    path: '/tap/async',
    fields: [
      ['PHASE', 'SLEEP'],
      ['UPLOAD', 'mine,param:mine'],
    ],
    file: { name: 'mine', content: votable },
  });
  expect([answer.status, errorOf(answer.body)]).toEqual([
    400,
    'PHASE must be RUN or ABORT, and not "SLEEP".',
  ]);
  expect(await storedKeys()).toEqual(before);
});

async function storedKeys(): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of service.results.list()) keys.push(key);
  return keys.sort();
}
