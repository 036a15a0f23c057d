import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from '../../adql/index.ts';
import { defaultUploadLimits } from '../../src/upload/upload-limits.ts';
import { keepUploadTables } from '../../src/upload/upload-sweeper.ts';
import { sweepUploadTables } from '../../src/upload/upload-table.ts';
import { prepareUploads, type UploadContext } from '../../src/upload/uploads.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { uploadContext } from '../support/upload-context.ts';
import { part, runWithUploads, tableLines, upload } from './run-with-uploads.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

function context(changes: Partial<UploadContext> = {}): UploadContext {
  return { ...uploadContext(database.owner), ...changes };
}

/** Tables in schema tap_upload, and those that the books know. */
async function leftovers(): Promise<readonly number[]> {
  const [counts] = await database.owner.query<{ tables: number; entries: number }>(sql`
    SELECT (SELECT count(*)::integer FROM pg_tables WHERE schemaname = 'tap_upload') AS tables,
           (SELECT count(*)::integer FROM cloudtap.upload) AS entries`);
  return counts === undefined ? [] : [counts.tables, counts.entries];
}

test('an uploaded list of observations is joined with the catalogue', async () => {
  const [image] = await database.owner.query<{ obs_id: string }>(
    sql`SELECT obs_id FROM ivoa.obscore ORDER BY obs_id LIMIT 1`,
  );
  const mine = `n,obs\n1,${image?.obs_id ?? ''}\n2,no-such-thing\n`;
  const query = `SELECT u.n, o.obs_collection FROM TAP_UPLOAD.mine AS u
    LEFT JOIN ivoa.obscore AS o ON o.obs_id = u.obs ORDER BY u.n`;
  const answer = await runWithUploads(database, { tables: { mine }, query, format: 'csv' });
  expect(answer).toBe('n,obs_collection\r\n1,TESS\r\n2,\r\n');
  expect(await leftovers()).toEqual([0, 0]);
});

test('two tables of one request are joined with each other', async () => {
  const tables = { a: 'id,x\n1,one\n2,two\n', b: 'id,y\n2,zwei\n3,drei\n' };
  const query = 'SELECT a.id, x, y FROM TAP_UPLOAD.a JOIN tap_upload.B ON a.id = b.id';
  expect(await runWithUploads(database, { tables, query, format: 'csv' })).toBe(
    'id,x,y\r\n2,two,zwei\r\n',
  );
});

test('two uploads of one name do not meet, and nothing is left of them', async () => {
  const [first, second] = await Promise.all([
    upload(database, { t: 'x\n1\n' }),
    upload(database, { t: 'x\n2\n' }),
  ]);
  expect(first.tables[0]?.sqlName).toMatch(/^u[0-9a-f]{32}$/);
  expect(first.tables[0]?.sqlName).not.toBe(second.tables[0]?.sqlName);
  expect(await leftovers()).toEqual([2, 2]);
  await Promise.all([first.drop(), second.drop()]);
  expect(await leftovers()).toEqual([0, 0]);
});

test('when the second table is bad the first is dropped, and the message names the bad one', async () => {
  const bad =
    '<VOTABLE><RESOURCE><TABLE><FIELD name="x" datatype="int"/><DATA><TABLEDATA><TR><TD>a</TD>';
  await expect(upload(database, { good: 'x\n1\n', bad })).rejects.toMatchObject({
    kind: 'bad-request',
    message:
      'The uploaded table bad cannot be used: row 1, column "x": "a" is no whole number (datatype int)',
  });
  expect(await leftovers()).toEqual([0, 0]);
});

test('a table that breaks off in the middle of COPY leaves nothing, and the service goes on', async () => {
  const rows = '1,2\n'.repeat(100_000);
  await expect(upload(database, { t: `a,b\n${rows}1,2,3\n` })).rejects.toMatchObject({
    message: 'The uploaded table t cannot be used: row 100001 has 3 cells, but the header has 2.',
  });
  expect(await leftovers()).toEqual([0, 0]);
  const query = 'SELECT count(*) AS n FROM TAP_UPLOAD.t';
  const tables = { t: `a,b\n${rows}` };
  expect(await runWithUploads(database, { tables, query, format: 'csv' })).toBe('n\r\n100000\r\n');
});

test.each([
  [
    'columns of one name',
    'id,ID\n1,2\n',
    'it has two columns "ID" (case does not count); give them different names.',
  ],
  [
    'more rows than allowed',
    'x\n1\n2\n3\n4\n',
    'it has more than 3 rows, the most that this service takes.',
  ],
  [
    'more bytes than allowed',
    `x\n${' '.repeat(2000)}1\n`,
    'it is too large: one request may upload 1000 bytes in all.',
  ],
])('%s are refused', async (_name, t, message) => {
  const limits = { rows: 3, bytes: 1000 };
  await expect(upload(database, { t }, { limits })).rejects.toMatchObject({
    message: `The uploaded table t cannot be used: ${message}`,
  });
});

test('rows wider than PostgreSQL can hold are refused in plain words', async () => {
  const names = Array.from({ length: 1000 }, (_, index) => `c${String(index)}`).join(',');
  const row = Array.from({ length: 1000 }, () => 'twelve chars').join(',');
  await expect(upload(database, { t: `${names}\n${row}\n` })).rejects.toMatchObject({
    message:
      'The uploaded table t cannot be used: a row of it is too wide for the database; upload fewer columns.',
  });
});

test('a part that the request lacks is named', async () => {
  const request = { parts: new Map(), signal: new AbortController().signal };
  await expect(
    prepareUploads({ ...request, values: ['t,param:nothing'] }, context()),
  ).rejects.toMatchObject({
    message: 'UPLOAD: the request has no part "nothing" for the table t.',
  });
});

test('a client that stops sending does not hold the table open', async () => {
  const stalled = new Readable({ read: () => undefined });
  stalled.push('a,b\n1,2\n'.padEnd(5000, '1,2\n'));
  const request = {
    values: ['t,param:t'],
    parts: new Map([['t', { mediaType: null, open: () => stalled }]]),
    signal: new AbortController().signal,
  };
  const limits = { ...defaultUploadLimits, seconds: 0.3 };
  await expect(prepareUploads(request, context({ limits }))).rejects.toMatchObject({
    kind: 'too-large',
    message:
      'UPLOAD: the tables did not arrive within 0.3 s. Send smaller ones, or from a faster server.',
  });
  expect(stalled.destroyed).toBe(true);
  expect(await leftovers()).toEqual([0, 0]);
});

test('a client that leaves ends its upload with the reason it left for', async () => {
  const leaving = new AbortController();
  const request = {
    values: ['t,param:t'],
    parts: new Map([['t', part('x\n1\n')]]),
    signal: leaving.signal,
  };
  leaving.abort(new Error('the client is gone'));
  await expect(prepareUploads(request, context())).rejects.toThrow('the client is gone');
  expect(await leftovers()).toEqual([0, 0]);
});

test('a table is fetched from a URL where that is allowed', async () => {
  const server = createServer((_request, response) => response.end('x\n7\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/t.csv`;
  const request = {
    values: [`t,${url}`],
    parts: new Map(),
    signal: new AbortController().signal,
  };
  const uploads = await prepareUploads(request, context({ allowPrivateAddresses: true }));
  expect(uploads.tables[0]?.columns.map(({ name }) => name)).toEqual(['x']);
  await uploads.drop();
  await expect(prepareUploads(request, context())).rejects.toThrow(
    'UPLOAD: 127.0.0.1 is not a host of the public Internet',
  );
  server.closeAllConnections();
  server.close();
});

test('forgotten tables are swept when their time is over, others stay', async () => {
  const forgotten = await prepareUploads(
    {
      values: ['t,param:t'],
      parts: new Map([['t', part('x\n1\n')]]),
      signal: new AbortController().signal,
    },
    context({ keepFor: -1 }),
  );
  const current = await upload(database, { t: 'x\n1\n' });
  expect(await sweepUploadTables(database.owner)).toBe(1);
  expect(await leftovers()).toEqual([1, 1]);
  await forgotten.drop();
  await current.drop();
  expect(await leftovers()).toEqual([0, 0]);
});

test('tables of a service that lives are kept, however long their queries take', async () => {
  const live = new Set<string>();
  const request = { values: ['t,param:t'], signal: new AbortController().signal };
  const slow = await prepareUploads(
    { ...request, parts: new Map([['t', part('x\n1\n')]]) },
    context({ keepFor: -1, live }),
  );
  expect([...live]).toEqual(slow.tables.map(({ sqlName }) => sqlName));
  await keepUploadTables(database.owner, live);
  expect(await sweepUploadTables(database.owner)).toBe(0);
  await slow.drop();
  expect([[...live], await leftovers()]).toEqual([[], [0, 0]]);
});

test('FIELDs of an answer keep what the upload said of them', async () => {
  const t = `<VOTABLE><RESOURCE><TABLE><FIELD name="Hmag" datatype="float" unit="mag"
    ucd="phot.mag;em.IR.H" utype="u:t"><DESCRIPTION>H band</DESCRIPTION></FIELD></TABLE></RESOURCE></VOTABLE>`;
  const query = 'SELECT hmag AS h FROM TAP_UPLOAD.t';
  expect(tableLines(await runWithUploads(database, { tables: { t }, query }))).toEqual([
    '<FIELD name="h" datatype="float" unit="mag" ucd="phot.mag;em.IR.H" utype="u:t"><DESCRIPTION>H band</DESCRIPTION></FIELD>',
  ]);
});
