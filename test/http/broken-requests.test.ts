import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { startTestService, type TestService } from './start-test-service.ts';
import { ask, errorOf, talk } from './talk.ts';

/** What comes over the wire when the other side is no client, or a bad one. Each connection is closed. */
let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());
/** Every request that is broken leaves a service that answers. */
afterEach(async () => {
  const { status } = await ask(`${service.url}/availability`);
  if (status !== 200) throw new Error(`The service is in state ${String(status)}.`);
});

/** The status of each answer on the connection, and what the last one says of an error. */
function told(heard: string): readonly unknown[] {
  const statuses = Array.from(heard.matchAll(/^HTTP\/1\.1 (\d+)/gm), ([, status]) => status);
  return [statuses.join(' '), errorOf(heard)];
}

const host = 'Host: archive.example.org\r\nConnection: close\r\n';
const form = `${host}Content-Type: application/x-www-form-urlencoded\r\n`;
const query = 'LANG=ADQL&FORMAT=csv&QUERY=SELECT+TOP+1+obs_id+FROM+ivoa.obscore';

const noHttp = 'This is not an HTTP/1.1 request. If the URL begins with https, try http.';
const brokenOff = 'The request broke off before its end, or its body is not as its headers say.';
const wrongUrl =
  'The URL has characters that must be escaped with %: spaces, letters with accents. Send the query ' +
  'by POST, or let the client escape it (curl: -G --data-urlencode "QUERY=...").';
const tooLong = 'The URL or the headers are too long. Send the query by POST.';

test.each([
  ['a TLS handshake', '\u0016\u0003\u0001\u0002\u0000\u0001\r\n', '400', noHttp],
  ['an invented method', `BREW /tap/sync HTTP/1.1\r\n${host}\r\n`, '400', noHttp],
  ['HTTP/2 at once', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', '400', noHttp],
  ['HTTP/3.1', `GET /tap HTTP/3.1\r\n${host}\r\n`, '400', noHttp],
  ['a NUL in the URL', `GET /tap/\u0000 HTTP/1.1\r\n${host}\r\n`, '400', wrongUrl],
  ['a space in the URL', `GET /tap/sync?QUERY=SELECT 1 HTTP/1.1\r\n${host}\r\n`, '400', wrongUrl],
  ['an accent in the URL', `GET /tap/sync?QUERY=\u00e9 HTTP/1.1\r\n${host}\r\n`, '400', wrongUrl],
  ['a NUL in a header', `GET /tap HTTP/1.1\r\nHost: \u0000\r\n\r\n`, '400', noHttp],
  ['a space before the colon', `GET /tap HTTP/1.1\r\nHost : x\r\n\r\n`, '400', noHttp],
  ['a URL of 200 kB', `GET /tap?${'a'.repeat(200_000)} HTTP/1.1\r\n${host}\r\n`, '431', tooLong],
  ['a cookie of 200 kB', `GET /tap HTTP/1.1\r\nCookie: ${'a'.repeat(200_000)}\r\n`, '431', tooLong],
  [
    'no Host',
    'GET /tap HTTP/1.1\r\nConnection: close\r\n\r\n',
    '400',
    'The request has no Host header.',
  ],
  [
    'two Hosts',
    `GET /tap HTTP/1.1\r\n${host}Host: elsewhere.org\r\nConnection: close\r\n\r\n`,
    '400',
    'The request has more than one Host header.',
  ],
  [
    'a path of 10 kB',
    `GET /${'a'.repeat(10_000)} HTTP/1.1\r\n${host}Connection: close\r\n\r\n`,
    '404',
    `There is nothing at /${'a'.repeat(39)}.... The service lies at /tap.`,
  ],
  [
    'a tunnel',
    `CONNECT example.org:80 HTTP/1.1\r\n${host}\r\n`,
    '405',
    'CONNECT is not possible here: this is no proxy.',
  ],
  [
    'a length and chunks',
    `POST /tap/sync HTTP/1.1\r\n${form}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n`,
    '400',
    brokenOff,
  ],
  [
    'two lengths',
    `POST /tap/sync HTTP/1.1\r\n${form}Content-Length: 5\r\nContent-Length: 6\r\n\r\n`,
    '400',
    brokenOff,
  ],
  [
    'a negative length',
    `POST /tap/sync HTTP/1.1\r\n${form}Content-Length: -5\r\n\r\n`,
    '400',
    brokenOff,
  ],
  [
    'a chunk of no size',
    `POST /tap/sync HTTP/1.1\r\n${form}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
    '400',
    brokenOff,
  ],
])('%s is refused in words', async (...row) => {
  const [, request, status, message] = row;
  expect(told(await talk(service.port, [request]))).toEqual([status, message]);
});

test.each([
  ['nothing at all', '', '', null],
  ['half a request line', 'GET /tap HTT', '400', brokenOff],
  [
    'half a body',
    `POST /tap/sync HTTP/1.1\r\n${form}Content-Length: 1000\r\n\r\n${query}`,
    '400',
    brokenOff,
  ],
  [
    'half a chunk',
    `POST /tap/sync HTTP/1.1\r\n${form}Transfer-Encoding: chunked\r\n\r\nff\r\n${query}`,
    '400',
    brokenOff,
  ],
])('%s, and no more to come, ends the connection', async (...row) => {
  const [, request, status, message] = row;
  expect(told(await talk(service.port, [request], 'FIN'))).toEqual([status, message]);
});

const answer = 'obs_id\r\ntess2019141105932-s0012-1-1-0144-s\r\n';
const length = `Content-Length: ${String(query.length)}\r\n`;

test.each([
  ['HTTP/1.0 without Host', `GET /tap/sync?${query} HTTP/1.0\r\n\r\n`, '200'],
  [
    'an absolute URL',
    `GET http://archive.example.org/tap/sync?${query} HTTP/1.1\r\n${host}\r\n`,
    '200',
  ],
  ['slashes too many', `GET //tap//sync?${query} HTTP/1.1\r\n${host}\r\n`, '200'],
  ['a slash at the end', `GET /tap/sync/?${query} HTTP/1.1\r\n${host}\r\n`, '200'],
  [
    'a GET with a body',
    `GET /tap/sync?${query} HTTP/1.1\r\n${host}Content-Length: 3\r\n\r\nabc`,
    '200',
  ],
  [
    'an empty POST with a query string',
    `POST /tap/sync?${query} HTTP/1.1\r\n${host}Content-Length: 0\r\n\r\n`,
    '200',
  ],
  [
    'chunks',
    `POST /tap/sync HTTP/1.1\r\n${form}Transfer-Encoding: chunked\r\n\r\n${query.length.toString(16)}\r\n${query}\r\n0\r\n\r\n`,
    '200',
  ],
  [
    'an expectation that is met',
    `POST /tap/sync HTTP/1.1\r\n${form}${length}Expect: 100-continue\r\n\r\n${query}`,
    '100 200',
  ],
  [
    'an expectation that nobody knows',
    `POST /tap/sync HTTP/1.1\r\n${form}${length}Expect: tea\r\n\r\n${query}`,
    '200',
  ],
  [
    'three requests at once',
    `${'GET /tap/availability HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(2)}GET /tap/sync?${query} HTTP/1.1\r\n${host}\r\n`,
    '200 200 200',
  ],
])('%s is understood', async (_, request, statuses) => {
  const heard = await talk(service.port, [request]);
  expect(told(heard)).toEqual([statuses, null]);
  expect(heard.endsWith(answer)).toBe(true);
});
