import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createJob, endOf, idOf, phaseIn } from './jobs.ts';
import { startTestService, type TestService } from './start-test-service.ts';
import { ask, errorOf, post, rowsOf } from './talk.ts';

/** The life of a job over HTTP, in the requests that real clients were recorded sending. */
let service: TestService;

beforeAll(async () => {
  service = await startTestService({
    ASYNC_EXECUTION_DURATION_DEFAULT: '600',
    ASYNC_EXECUTION_DURATION_HARD: '1200',
    LIVE_JOBS_PER_CLIENT: '20',
  });
});
afterAll(() => service.stop());

const seed = `SELECT access_url, cloud_access, cloud_uri FROM ivoa.obscore
  WHERE obs_collection='TESS' AND dataproduct_type='image' AND obs_id LIKE 'tess%-s0012-3-4%'`;
const small =
  "SELECT TOP 1 obs_id FROM ivoa.obscore WHERE obs_id LIKE 'tess2019141105932-s0012-1-1%'";
/** Works for minutes. */
const endless = 'SELECT SUM(a.s_ra * b.s_dec) AS n FROM ivoa.obscore AS a, ivoa.obscore AS b';

test('TapPlus: PHASE=RUN in the creating POST, /phase, then the result, by URLs of its own making', async () => {
  const { status, headers, body } = await post(`${service.url}/async`, {
    REQUEST: 'doQuery',
    LANG: 'ADQL',
    FORMAT: 'votable',
    tapclient: 'aqtappy-20200428.1',
    QUERY: seed,
    PHASE: 'RUN',
  });
  expect([status, body]).toEqual([303, '']);
  const job = `${service.url}/async/${idOf(headers)}`;
  expect(headers.get('location')).toBe(job);
  expect(await endOf(job)).toBe('COMPLETED');
  const phase = await ask(`${job}/phase`);
  expect([phase.status, phase.headers.get('content-type'), phase.body]).toEqual([
    200,
    'text/plain;charset=utf-8',
    'COMPLETED',
  ]);
  const result = await ask(`${job}/results/result`);
  expect([result.status, rowsOf(result.body).length]).toEqual([200, 1289]);
});

test('pyvo: create, look, run, wait, fetch, delete', async () => {
  const job = await createJob(service.url, { REQUEST: 'doQuery', QUERY: small });
  expect(phaseIn((await ask(job)).body)).toBe('PENDING');
  const run = await post(`${job}/phase`, { PHASE: 'RUN' });
  expect([run.status, run.headers.get('location')]).toEqual([303, job]);
  // pyvo fails on a job that is still PENDING after RUN, and takes the URL of the result from here.
  expect(phaseIn((await ask(job)).body)).toMatch(/^(QUEUED|EXECUTING|COMPLETED)$/);
  expect(await endOf(job)).toBe('COMPLETED');
  const { headers, body } = await ask(job);
  expect([headers.get('content-type'), headers.get('cache-control')]).toEqual([
    'text/xml;charset=utf-8',
    'no-store',
  ]);
  expect(body).toContain(
    `<uws:result id="result" xlink:type="simple" xlink:href="${job}/results/result" mime-type="application/x-votable+xml" size="`,
  );
  const gone = await ask(job, { method: 'DELETE' });
  expect([gone.status, gone.headers.get('location')]).toEqual([303, `${service.url}/async`]);
  const paths = ['', '/phase', '/quote', '/results/result', '/error', '/parameters'];
  const after = await Promise.all(paths.map((path) => ask(job + path)));
  expect(after.map(({ status }) => status)).toEqual(paths.map(() => 404));
});

test('taplint: every resource of a job has the values of its document', async () => {
  const job = await createJob(service.url, { QUERY: small, RUNID: 'TAPLINT-001' });
  const { body } = await ask(job);
  const element = (name: string): string =>
    new RegExp(`<uws:${name}>(.*?)</uws:${name}>`).exec(body)?.[1] ?? '';
  const names = ['phase', 'executionduration', 'destruction', 'quote', 'owner'];
  const answers = await Promise.all(names.map((name) => ask(`${job}/${name}`)));
  expect(answers.map((answer) => answer.headers.get('content-type'))).toEqual(
    names.map(() => 'text/plain;charset=utf-8'),
  );
  expect(answers.map((answer) => answer.body)).toEqual([
    'PENDING',
    '600',
    element('destruction'),
    element('quote'),
    element('ownerId'),
  ]);
  expect(element('destruction')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(element('runId')).toBe('TAPLINT-001');
  const results = await ask(`${job}/results`);
  expect(results.body).toMatch(/<uws:results [^>]*\/>/);
});

test('what a client sets is kept, within the limits of the service', async () => {
  const job = await createJob(service.url, { QUERY: small });
  const answers = [
    await post(`${job}/executionduration`, { EXECUTIONDURATION: '77' }),
    await post(`${job}/destruction`, { DESTRUCTION: '2026-11-20T19:37:33.817750Z' }),
    await post(`${job}/parameters`, { runId: 'TAPLINT-002' }),
    await post(`${job}/parameters`, { QUERY: 'SELECT TOP 2 obs_id FROM ivoa.obscore' }),
  ];
  expect(answers.map(({ status, headers }) => [status, headers.get('location')])).toEqual(
    answers.map(() => [303, job]),
  );
  expect((await ask(`${job}/executionduration`)).body).toBe('77');
  await post(`${job}/executionduration`, { EXECUTIONDURATION: '999999' });
  expect((await ask(`${job}/executionduration`)).body).toBe('1200');
  const { body } = await ask(job);
  expect(body).toContain('<uws:runId>TAPLINT-002</uws:runId>');
  expect(body.match(/<uws:parameter id="QUERY">/g)).toHaveLength(1);
  expect((await ask(`${job}/parameters`)).body).toContain('SELECT TOP 2 obs_id');
  expect((await ask(`${job}/parameters/query`)).body).toBe('SELECT TOP 2 obs_id FROM ivoa.obscore');
});

test('ABORT reaches a job that waits to be run, and one that runs', async () => {
  const pending = await createJob(service.url, { QUERY: small });
  const running = await createJob(service.url, { QUERY: endless, PHASE: 'RUN' });
  while ((await ask(`${running}/phase`)).body === 'QUEUED');
  for (const job of [pending, running]) {
    const { status, headers } = await post(`${job}/phase`, { PHASE: 'ABORT' });
    expect([status, headers.get('location')]).toEqual([303, job]);
    expect(phaseIn((await ask(job)).body)).toBe('ABORTED');
    // Nobody made a mistake: there is no result and no error.
    const missing = [await ask(`${job}/results/result`), await ask(`${job}/error`)];
    expect(missing.map(({ status, headers }) => [status, headers.get('cache-control')])).toEqual([
      [404, 'no-store'],
      [404, 'no-store'],
    ]);
  }
});

test('TapPlus is told of its ABORT with 200, which is all that it takes for success', async () => {
  const job = await createJob(service.url, { QUERY: small });
  const { status, body } = await ask(`${job}/phase`, {
    method: 'POST',
    body: new URLSearchParams({ PHASE: 'ABORT' }),
    headers: { 'User-Agent': 'astroquery/0.4.11 Python/3.12.1 (Linux)' },
  });
  expect([status, phaseIn(body)]).toEqual([200, 'ABORTED']);
});

test('ACTION=DELETE ends a running job and makes it gone', async () => {
  const job = await createJob(service.url, { QUERY: endless, PHASE: 'RUN' });
  const { status, headers } = await post(job, { ACTION: 'DELETE' });
  expect([status, headers.get('location')]).toEqual([303, `${service.url}/async`]);
  expect((await ask(job)).status).toBe(404);
});

test('bad ADQL makes a job, which fails with the words of /sync in all four places', async () => {
  const QUERY = 'SELECT obs_idd FROM ivoa.obscore';
  const sync = errorOf((await post(`${service.url}/sync`, { LANG: 'ADQL', QUERY })).body);
  const job = await createJob(service.url, { QUERY, PHASE: 'RUN' });
  expect(await endOf(job)).toBe('ERROR');
  const summary = /<uws:message>([^]*?)<\/uws:message>/.exec((await ask(job)).body)?.[1];
  const error = await ask(`${job}/error`);
  // TapPlus reads the result of a failed job before it looks anywhere else.
  const result = await ask(`${job}/results/result`);
  expect(sync).toMatch(/^Line 1, column 8: /);
  expect([summary, errorOf(error.body), errorOf(result.body)]).toEqual([sync, sync, sync]);
  expect([error.status, result.status]).toEqual([200, 400]);
  expect(error.headers.get('content-type')).toBe('application/x-votable+xml');
});

test.each([
  [{}, /^LANG is missing/],
  [{ LANG: 'ADQL' }, /^QUERY is missing/],
  [{ LANG: 'OOBLECK', QUERY: small }, /^LANG: /],
  [{ LANG: 'ADQL', QUERY: small, MAXREC: 'many' }, /^MAXREC /],
  [{ LANG: 'ADQL', QUERY: small, RESPONSEFORMAT: 'stone' }, /^RESPONSEFORMAT: /],
])('a job of %j is taken, and fails when it runs', async (parameters, message) => {
  const { status, headers } = await post(`${service.url}/async`, parameters);
  expect(status).toBe(303);
  const job = `${service.url}/async/${idOf(headers)}`;
  await post(`${job}/phase`, { PHASE: 'RUN' });
  expect(await endOf(job)).toBe('ERROR');
  expect(errorOf((await ask(`${job}/error`)).body)).toMatch(message);
});

test('a job is run once: RUN again is forbidden when it has ended, edits when it has begun', async () => {
  const job = await createJob(service.url, { QUERY: small, PHASE: 'RUN' });
  await endOf(job);
  const answers = [
    await post(`${job}/phase`, { PHASE: 'RUN' }),
    await post(`${job}/parameters`, { QUERY: endless }),
    await post(`${job}/executionduration`, { EXECUTIONDURATION: '5' }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
  expect(errorOf(answers[0]?.body ?? '')).toMatch(/its phase is COMPLETED/);
  // Nothing to abort any more: that is no mistake.
  expect((await post(`${job}/phase`, { PHASE: 'ABORT' })).status).toBe(303);
  expect((await ask(`${job}/phase`)).body).toBe('COMPLETED');
});

test.each([
  ['GET', '?WAIT=soon', {}, /^WAIT must be a whole number/],
  ['POST', '/phase', { PHASE: 'SLEEP' }, /^PHASE must be RUN or ABORT/],
  ['POST', '', { QUERY: 'x' }, /^A job takes only ACTION=DELETE/],
  ['POST', '/destruction', { DESTRUCTION: 'never' }, /^DESTRUCTION must be a time/],
  ['POST', '/executionduration', { EXECUTIONDURATION: '-1' }, /^EXECUTIONDURATION must be/],
])('%s {job}%s with %j is refused in words', async (...row) => {
  const [method, path, parameters, message] = row;
  const job = await createJob(service.url, { QUERY: small });
  const body = new URLSearchParams(parameters);
  const answer = await ask(job + path, method === 'GET' ? {} : { method, body });
  expect(answer.status).toBe(400);
  expect(errorOf(answer.body)).toMatch(message);
});

test('WAIT ends when the phase changes, or at once when it is another than the client thinks', async () => {
  const job = await createJob(service.url, { QUERY: endless, PHASE: 'RUN' });
  while ((await ask(`${job}/phase`)).body === 'QUEUED');
  expect(phaseIn((await ask(`${job}?WAIT=-1&PHASE=QUEUED`)).body)).toBe('EXECUTING');
  const waiting = ask(`${job}?WAIT=-1&PHASE=EXECUTING`);
  await post(`${job}/phase`, { PHASE: 'ABORT' });
  expect(phaseIn((await waiting).body)).toBe('ABORTED');
});

test('the job list shows a client its own jobs, by the cookie that it keeps, and nobody else any', async () => {
  const first = await post(`${service.url}/async`, { LANG: 'ADQL', QUERY: small, RUNID: 'one' });
  const cookie = first.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(
    /^cloudtap_visitor=[0-9a-f]{32}; Max-Age=2592000; Path=\/tap; Expires=.*; HttpOnly; SameSite=Lax$/,
  );
  const headers = { Cookie: cookie.split(';')[0] ?? '' };
  const second = await ask(`${service.url}/async`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({ LANG: 'ADQL', QUERY: small, RUNID: 'two', PHASE: 'RUN' }),
  });
  expect(second.headers.get('set-cookie')).toBeNull();
  await endOf(`${service.url}/async/${idOf(second.headers)}`);
  const listed = async (query: string, init: RequestInit): Promise<readonly string[]> => {
    const { body } = await ask(`${service.url}/async${query}`, init);
    return Array.from(body.matchAll(/<uws:jobref id="(\w+)"/g), ([, id = '']) => id);
  };
  const [one, two] = [idOf(first.headers), idOf(second.headers)];
  expect(await listed('', { headers })).toEqual([one, two]);
  expect(await listed('?PHASE=PENDING&LAST=3', { headers })).toEqual([one]);
  expect(await listed('?LAST=1', { headers })).toEqual([two]);
  expect(await listed('?AFTER=2099-01-01', { headers })).toEqual([]);
  expect(await listed('', {})).toEqual([]);
  expect((await ask(`${service.url}/async?LAST=0`, { headers })).status).toBe(400);
});

test('a browser of another origin may delete a job, and HEAD has no body', async () => {
  const job = await createJob(service.url, { QUERY: small });
  const options = await ask(job, { method: 'OPTIONS' });
  expect([options.status, options.headers.get('access-control-allow-methods')]).toEqual([
    204,
    'GET, HEAD, OPTIONS, POST, DELETE',
  ]);
  expect((await ask(`${job}/quote`, { method: 'DELETE' })).status).toBe(405);
  const head = await ask(job, { method: 'HEAD' });
  expect([head.status, head.body]).toEqual([200, '']);
});

test('a client with too many unfinished jobs is told to wait', async () => {
  const create = (): ReturnType<typeof post> =>
    post(`${service.url}/async`, { LANG: 'ADQL', QUERY: small });
  let answer = await create();
  for (let patience = 20; answer.status === 303 && patience > 0; patience -= 1) {
    answer = await create();
  }
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '5']);
  expect(errorOf(answer.body)).toMatch(/^You have 20 unfinished jobs here/);
});
