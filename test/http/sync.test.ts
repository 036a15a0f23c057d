import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestService, type TestService } from './start-test-service.ts';
import { ask, errorOf, post, query, rowsOf, statusesOf } from './talk.ts';

let service: TestService;

beforeAll(async () => {
  service = await startTestService({ MAXREC_HARD: '100000', MAXREC_DEFAULT: '2000' });
});
afterAll(() => service.stop());

const seed = `SELECT access_url, cloud_access, cloud_uri FROM ivoa.obscore
  WHERE obs_collection='TESS' AND dataproduct_type='image' AND obs_id LIKE 'tess%-s0012-3-4%'`;

test('the question of 2021 is answered with S3 URIs', async () => {
  const { status, headers, body } = await query(service.url, { QUERY: seed });
  expect([status, headers.get('content-type')]).toEqual([200, 'application/x-votable+xml']);
  expect(statusesOf(body)).toEqual(['OK']);
  const rows = rowsOf(body);
  expect(rows).toHaveLength(1289);
  for (const [, cloudAccess = '', cloudUri = ''] of rows) {
    const { aws } = JSON.parse(cloudAccess) as { aws: { bucket_name: string; key: string } };
    expect(cloudUri).toBe(`s3://${aws.bucket_name}/${aws.key}`);
    expect(aws.key).toMatch(/^tess\/public\/ffi\/s0012\/2019\/\d{3}\/3-4\/tess\d+-s0012-3-4-/);
  }
});

test('the seed letter for letter works, and a warning says what was read as a string', async () => {
  const { status, body } = await query(service.url, {
    QUERY: `SELECT access_url FROM obscore WHERE obs_collection='TESS' AND dataproduct_type = "image" AND obs_id LIKE 'tess%-s0012-3-4%'`,
  });
  expect([status, rowsOf(body).length]).toEqual([200, 1289]);
  expect(/<INFO name="warning" value="(.*?)">/.exec(body)?.[1]).toContain('&quot;image&quot;');
});

test('FIELDs carry what TAP_SCHEMA says', async () => {
  const { body } = await query(service.url, {
    QUERY:
      'SELECT TOP 1 s_ra, cloud_access, t_min AS start, "size" FROM ivoa.obscore, tap_schema.columns',
  });
  const fields = Array.from(body.matchAll(/<FIELD [^>]*>/g), ([field]) => field);
  expect(fields).toEqual([
    '<FIELD name="s_ra" datatype="double" unit="deg" ucd="pos.eq.ra" utype="obscore:Char.SpatialAxis.Coverage.Location.Coord.Position2D.Value2.C1" ref="icrs">',
    '<FIELD name="cloud_access" datatype="char" arraysize="*" xtype="json" ucd="meta.ref" utype="adhoc:cloudstorage">',
    '<FIELD name="start" datatype="double" unit="d" ucd="time.start;obs.exposure" utype="obscore:Char.TimeAxis.Coverage.Bounds.Limits.StartTime" ref="mjdutc">',
    expect.stringMatching(/^<FIELD name="size" datatype="int"/),
  ]);
});

test.each([
  // TOP b and MAXREC a (TAP 1.1, "MAXREC"): rows and statuses.
  ['SELECT TOP 5 obs_id FROM ivoa.obscore', {}, 5, ['OK']],
  ['SELECT TOP 5 obs_id FROM ivoa.obscore', { MAXREC: '5' }, 5, ['OK']],
  ['SELECT TOP 5 obs_id FROM ivoa.obscore', { MAXREC: '4' }, 4, ['OK', 'OVERFLOW']],
  ['SELECT obs_id FROM ivoa.obscore', {}, 2000, ['OK', 'OVERFLOW']],
  ['SELECT obs_id FROM ivoa.obscore', { MAXREC: '20624' }, 20_624, ['OK']],
  ['SELECT obs_id FROM ivoa.obscore', { MAXREC: '20623' }, 20_623, ['OK', 'OVERFLOW']],
  ['SELECT obs_id FROM ivoa.obscore', { MAXREC: '999999999' }, 20_624, ['OK']],
  ['SELECT obs_id FROM ivoa.obscore', { MAXREC: '0' }, 0, ['OK', 'OVERFLOW']],
  ["SELECT obs_id FROM ivoa.obscore WHERE obs_id = 'none'", {}, 0, ['OK']],
])('%s with %j gives %i rows, %j', async (...row) => {
  const [QUERY, parameters, rowCount, statuses] = row;
  const { body } = await query(service.url, { QUERY, ...parameters });
  expect([rowsOf(body).length, statusesOf(body)]).toEqual([rowCount, statuses]);
});

const one =
  "SELECT 'it''s' AS a, 1 AS b FROM ivoa.obscore WHERE obs_id = 'tess2019141105932-s0012-1-1-0144-s'";

test.each([
  ['csv', 'text/csv;header=present;charset=utf-8', "a,b\r\nit's,1\r\n"],
  ['text/csv;header=absent', 'text/csv;header=absent;charset=utf-8', "it's,1\r\n"],
  ['tsv', 'text/tab-separated-values;charset=utf-8', "a\tb\nit's\t1\n"],
])('RESPONSEFORMAT=%s', async (RESPONSEFORMAT, contentType, expected) => {
  const { headers, body } = await query(service.url, { QUERY: one, RESPONSEFORMAT });
  expect([headers.get('content-type'), body]).toEqual([contentType, expected]);
});

test('an answer says how it may be saved and kept', async () => {
  const { headers, body } = await query(service.url, { QUERY: one });
  expect(headers.get('content-disposition')).toBe('inline; filename="result.vot"');
  expect(headers.get('content-length')).toBe(String(body.length));
  expect(headers.get('vary')).toBe('Accept-Encoding');
  expect(headers.get('server')).toMatch(/^cloudtap\/\d/);
  expect(headers.get('access-control-allow-origin')).toBe('*');
  expect(headers.get('x-powered-by')).toBeNull();
});

test('a query is logged in one entry with its rows, bytes and times', async () => {
  await query(service.url, { QUERY: seed, RUNID: 'night-1', FORMAT: 'csv' });
  const { milliseconds, bytes, queryHash, ...entry } = service.logged.at(-1) ?? {
    milliseconds: {},
    bytes: 0,
    queryHash: '',
  };
  expect(entry).toEqual({
    query: seed,
    runId: 'night-1',
    client: '127.0.0.1',
    format: 'CSV',
    outcome: 'OK',
    rows: 1289,
    failure: null,
  });
  expect(Object.keys(milliseconds)).toEqual([
    'upload',
    'translate',
    'gate',
    'read',
    'encode',
    'send',
    'total',
  ]);
  expect(bytes).toBeGreaterThan(1289 * 100);
  expect(queryHash).toMatch(/^[\da-f]{12}$/);
});

test.each([
  [
    { QUERY: 'SELECT nothing FROM ivoa.obscore' },
    400,
    /^Line 1, column 8: .*\nSELECT nothing FROM ivoa.obscore\n {7}\^+$/,
  ],
  [{ QUERY: 'DUFF QUERY' }, 400, /^Line 1, column 1: /],
  [{ QUERY: one, LANG: 'OOBLECK' }, 400, /^LANG: "OOBLECK" is not spoken here/],
  [{}, 400, /^QUERY is missing/],
  [{ QUERY: one, MAXREC: '-1' }, 400, /^MAXREC must be/],
  [{ QUERY: one, RESPONSEFORMAT: 'stone' }, 400, /^RESPONSEFORMAT: /],
  [{ QUERY: one, UPLOAD: 't,param:t' }, 400, /^UPLOAD: /],
  [{ QUERY: 'SELECT CAST(obs_id AS INTEGER) AS n FROM ivoa.obscore' }, 400, /integer/],
])('%j is refused with a VOTable', async (parameters, status, message) => {
  const answer = await query(service.url, parameters);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    status,
    'application/x-votable+xml',
  ]);
  expect(errorOf(answer.body)).toMatch(message);
});

test.each([
  ['GET', '/nosuch', 404],
  ['GET', '/async/0', 404],
  ['GET', '/tables/ivoa.nosuch', 404],
  ['GET', '/tables/%zz', 400],
  ['DELETE', '/sync', 405],
  ['POST', '/capabilities', 405],
  ['PUT', '/tables', 405],
])('%s %s is a VOTable error with status %i', async (method, path, status) => {
  const answer = await ask(service.url + path, { method });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    status,
    'application/x-votable+xml',
  ]);
  expect(errorOf(answer.body)).not.toBeNull();
});

test('parameters of the URL and of the body belong together', async () => {
  const answer = await post(`${service.url}/sync?FORMAT=csv&LANG=ADQL`, { QUERY: one });
  expect(answer.body).toBe("a,b\r\nit's,1\r\n");
  const clash = await post(`${service.url}/sync?LANG=ADQL&QUERY=a`, { QUERY: one });
  expect(errorOf(clash.body)).toMatch(/^QUERY was given more than once/);
});

test('a body in any other media type is refused', async () => {
  const answer = await ask(`${service.url}/sync`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{}',
  });
  expect([answer.status, errorOf(answer.body)]).toEqual([
    415,
    'Send parameters as application/x-www-form-urlencoded or multipart/form-data.',
  ]);
});

test('HEAD has the headers of GET and no body', async () => {
  const parameters = new URLSearchParams({ LANG: 'ADQL', QUERY: one, FORMAT: 'csv' });
  const { status, headers, body } = await ask(`${service.url}/sync?${parameters.toString()}`, {
    method: 'HEAD',
  });
  expect([status, headers.get('content-type'), body]).toEqual([
    200,
    'text/csv;header=present;charset=utf-8',
    '',
  ]);
});

test('a browser of another origin is let in', async () => {
  const { status, headers } = await ask(`${service.url}/sync`, {
    method: 'OPTIONS',
    headers: { 'Access-Control-Request-Headers': 'x-requested-with' },
  });
  expect(status).toBe(204);
  expect(headers.get('access-control-allow-methods')).toBe('GET, HEAD, OPTIONS, POST');
  expect(headers.get('access-control-allow-headers')).toBe('x-requested-with');
});

test('gzip comes only to those who ask, and never for a few rows', async () => {
  const encodingOf = async (accept: string, QUERY: string): Promise<string | null> => {
    const parameters = new URLSearchParams({ LANG: 'ADQL', QUERY });
    const { headers } = await ask(`${service.url}/sync?${parameters.toString()}`, {
      headers: { 'Accept-Encoding': accept },
    });
    return headers.get('content-encoding');
  };
  expect(await encodingOf('gzip', seed)).toBe('gzip');
  expect(await encodingOf('gzip', 'SELECT TOP 1 obs_id FROM ivoa.obscore WHERE 1 = 0')).toBeNull();
  expect(await encodingOf('identity', seed)).toBeNull();
  expect(await encodingOf('gzip;q=0', seed)).toBeNull();
});

test('what gzip carries is the same answer', async () => {
  const parameters = { QUERY: seed, FORMAT: 'csv' };
  const plain = await ask(
    `${service.url}/sync?${new URLSearchParams({ LANG: 'ADQL', ...parameters }).toString()}`,
    { headers: { 'Accept-Encoding': 'identity' } },
  );
  expect((await query(service.url, parameters)).body).toBe(plain.body);
});
