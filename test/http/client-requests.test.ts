import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestService, type TestService } from './start-test-service.ts';
import { ask, errorOf, post, rowsOf, talk } from './talk.ts';

/** Requests in the very shape in which real clients were recorded sending them. */
let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const adql = "SELECT TOP 3 obs_id FROM ivoa.obscore WHERE obs_id LIKE 'tess%'";

test('pyvo: urlencoded, REQUEST=doQuery', async () => {
  const { body } = await post(`${service.url}/sync`, {
    REQUEST: 'doQuery',
    LANG: 'ADQL',
    MAXREC: '5',
    QUERY: adql,
  });
  expect(rowsOf(body)).toHaveLength(3);
});

test('TapPlus: FORMAT, tapclient, PHASE=RUN to /sync', async () => {
  const { body } = await post(`${service.url}/sync`, {
    REQUEST: 'doQuery',
    LANG: 'ADQL',
    FORMAT: 'votable',
    tapclient: 'aqtappy-20200428.1',
    QUERY: adql,
    PHASE: 'RUN',
  });
  expect(rowsOf(body)).toHaveLength(3);
});

test('names in any case, unknown names, a trailing slash, CRLF and a semicolon in the query', async () => {
  const { body } = await post(`${service.url}/sync/?dummy=ignore-me`, {
    lang: 'ADQL',
    Query: `SELECT TOP 3 obs_id\r\nFROM ivoa.obscore -- images\r\nWHERE obs_id LIKE 'tess%';`,
  });
  expect(rowsOf(body)).toHaveLength(3);
});

function longQuery(bytes: number): string {
  const ids = Array.from(
    { length: bytes / 20 },
    (_, index) => `'id${String(index).padStart(14, '0')}'`,
  );
  return `SELECT obs_id FROM ivoa.obscore WHERE obs_id IN (${ids.join(',')})`;
}

test('a query of 1 MB is answered, urlencoded and multipart', async () => {
  const QUERY = longQuery(1_000_000);
  const form = new FormData();
  form.set('LANG', 'ADQL');
  form.set('QUERY', QUERY);
  const multipart = await ask(`${service.url}/sync`, { method: 'POST', body: form });
  const urlencoded = await post(`${service.url}/sync`, { LANG: 'ADQL', QUERY });
  expect([multipart.status, urlencoded.status]).toEqual([200, 200]);
});

test('a query over the limit is refused in words, urlencoded and multipart', async () => {
  const QUERY = longQuery(2_400_000);
  const form = new FormData();
  form.set('LANG', 'ADQL');
  form.set('QUERY', QUERY);
  const multipart = await ask(`${service.url}/sync`, { method: 'POST', body: form });
  const urlencoded = await post(`${service.url}/sync`, { LANG: 'ADQL', QUERY });
  for (const { status, body } of [multipart, urlencoded]) {
    expect([status, errorOf(body)]).toEqual([
      413,
      'The parameters of this request have more than 2000000 bytes, which is the limit here.',
    ]);
  }
});

test('a broken multipart body is refused in words', async () => {
  const answers = await Promise.all(
    ['multipart/form-data', 'multipart/form-data; boundary=x'].map((type) =>
      ask(`${service.url}/sync`, {
        method: 'POST',
        headers: { 'Content-Type': type },
        body: '--x\r\nContent-Disposition: form-data; name="QUERY"\r\n\r\nSELECT',
      }),
    ),
  );
  for (const { status, body } of answers) {
    expect([status, errorOf(body)]).toEqual([
      400,
      'The multipart/form-data body of this request is malformed.',
    ]);
  }
});

test('a file that ends before its body does is refused, and the service lives on', async () => {
  const part = '--x\r\nContent-Disposition: form-data; name="t"; filename="t"\r\n\r\n<VOTABLE>';
  for (const path of ['sync', 'async', 'sync']) {
    const { status, body } = await ask(`${service.url}/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
      body: part,
    });
    expect([status, errorOf(body)]).toEqual([
      400,
      'The multipart/form-data body of this request is malformed.',
    ]);
  }
});

test.each([
  [
    'NONSENSE\r\n\r\n',
    400,
    'This is not an HTTP/1.1 request. If the URL begins with https, try http.',
  ],
  [
    `GET /tap/sync?QUERY=${'x'.repeat(140_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
    431,
    'The URL or the headers are too long. Send the query by POST.',
  ],
])('what is no request gets an error document too (%#)', async (text, status, message) => {
  const heard = await talk(service.port, [text]);
  expect(heard).toMatch(new RegExp(`^HTTP/1\\.1 ${String(status)} `));
  expect(errorOf(heard)).toBe(message);
});

test('a hundred requests in one go on one connection are answered in order', async () => {
  const requests = Array.from({ length: 100 }, (_, index) => {
    const parameters = new URLSearchParams({
      LANG: 'ADQL',
      FORMAT: 'text/csv;header=absent',
      QUERY: `SELECT TOP 1 ${String(index)} AS n FROM ivoa.obscore`,
    });
    const last = index === 99 ? 'Connection: close\r\n' : '';
    return `GET /tap/sync?${parameters.toString()} HTTP/1.1\r\nHost: localhost\r\n${last}\r\n`;
  });
  const heard = await talk(service.port, [requests.join('')]);
  const numbers = Array.from(heard.matchAll(/\r\n\r\n(\d+)\r\n/g), ([, n]) => Number(n));
  expect(numbers).toEqual(Array.from({ length: 100 }, (_, index) => index));
});
