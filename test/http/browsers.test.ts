import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { request as httpRequest } from 'node:http';
import { startTestService, type TestService } from './start-test-service.ts';
import { ask, errorOf } from './talk.ts';

/** What people with a browser, and scripts in it, meet. */
let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

test('the start page asks the example, or the query of its URL, and runs no script', async () => {
  const { headers, body } = await ask(service.url);
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(body).toContain(`<form action="${service.url}/sync" method="get">`);
  expect(body).toMatch(/<textarea [^>]*>SELECT access_url, cloud_access, cloud_uri\nFROM ivoa/);
  const other = await ask(`${service.url}?query=SELECT+1+%3C+2+--+%3C%2Ftextarea%3E`);
  expect(other.body).toMatch(/<textarea [^>]*>SELECT 1 &lt; 2 -- &lt;\/textarea&gt;<\/textarea>/);
});

test('an error is shown by a browser, and a VOTable to all others', async () => {
  const url = `${service.url}/sync?LANG=ADQL&QUERY=SELECT`;
  const shown = await ask(url, { headers: { 'Sec-Fetch-Dest': 'document' } });
  const usual = await ask(url);
  expect([shown.headers.get('content-type'), usual.headers.get('content-type')]).toEqual([
    'text/xml',
    'application/x-votable+xml',
  ]);
  expect(shown.body).toBe(usual.body);
});

test.each([
  ['GET', '/', 303, null],
  ['PUT', '/', 405, 'GET, HEAD, OPTIONS'],
  ['OPTIONS', '/', 204, 'GET, HEAD, OPTIONS'],
  ['PATCH', '/tap/sync', 405, 'GET, HEAD, OPTIONS, POST'],
  ['DELETE', '/tap/async', 405, 'GET, HEAD, OPTIONS, POST'],
  ['OPTIONS', '/tap/async/0/phase', 204, 'GET, HEAD, OPTIONS, POST'],
  ['OPTIONS', '/tap/nosuch', 404, null],
  ['GET', '/tap/tables/ivoa.obscore/', 200, null],
  ['GET', '//tap//availability', 200, null],
])('%s %s: %i, allowed %s', async (...row) => {
  const [method, path, status, allowed] = row;
  const { origin } = new URL(service.url);
  const answer = await ask(origin + path, { method });
  expect([answer.status, answer.headers.get('allow')]).toEqual([status, allowed]);
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect(errorOf(answer.body) === null).toBe(status < 400);
});

test('OPTIONS * tells of the whole service', async () => {
  const allowed = await new Promise((resolve, reject) => {
    const options = { port: service.port, method: 'OPTIONS', path: '*', agent: false };
    httpRequest(options, (response) => {
      response.resume();
      resolve(response.headers.allow);
    })
      .on('error', reject)
      .end();
  });
  expect(allowed).toBe('GET, HEAD, OPTIONS, POST, DELETE');
});

test('long documents are compressed for who asks for it', async () => {
  const tables = async (encoding: string): Promise<readonly (string | null)[]> => {
    const { headers, body } = await ask(`${service.url}/tables`, {
      headers: { 'Accept-Encoding': encoding },
    });
    return [headers.get('content-encoding'), headers.get('vary'), body];
  };
  const [packed, plain] = [await tables('gzip'), await tables('identity')];
  expect([packed[0], plain[0]]).toEqual(['gzip', null]);
  expect(packed[1]).toContain('Accept-Encoding');
  expect(packed[2]).toBe(plain[2]);
});
