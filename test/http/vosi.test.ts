import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestService, type TestService } from './start-test-service.ts';
import { ask, talk } from './talk.ts';

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

test.each(['/capabilities', '/availability', '/tables', '/tables/ivoa.obscore', '/tables/'])(
  '%s is XML that names no stranger',
  async (path) => {
    const { status, headers, body } = await ask(service.url + path);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/xml;charset=utf-8']);
    expect(body).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<vosi:/);
  },
);

test('tables: whole, without columns, and one by name as astroquery asks', async () => {
  const columnsOf = async (path: string): Promise<number> =>
    (await ask(service.url + path)).body.split('<column ').length - 1;
  const all = await columnsOf('/tables?detail=max');
  const obscore = await columnsOf('/tables?tables=ivoa.obscore');
  expect(obscore).toBeGreaterThan(30);
  expect(all).toBeGreaterThan(obscore);
  expect(await columnsOf('/tables?DETAIL=min')).toBe(0);
  expect(await columnsOf('/tables/IVOA.ObsCore')).toBe(obscore);
});

test.each([
  ['tap.example.org:8443', 'http://tap.example.org:8443/tap'],
  ['x"/><a', null],
  ['example.org/evil', null],
])(
  'documents give the address that the client used, %s, if it is a plain host',
  async (host, base) => {
    const request = `GET /tap/capabilities HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
    const heard = await talk(service.port, [request]);
    expect(/<accessURL use="base">(.*?)</.exec(heard)?.[1]).toBe(base ?? service.url);
  },
);

test('a configured address stands in documents as it is', async () => {
  const proxied = await startTestService({ BASE_URL: 'https://archive.example.org/vo/tap/' });
  const { body } = await ask(`${proxied.url}/capabilities`);
  await proxied.stop();
  const urls = Array.from(body.matchAll(/<accessURL use="\w+">(.*?)</g), ([, url]) => url);
  expect(urls).toEqual([
    'https://archive.example.org/vo/tap',
    'https://archive.example.org/vo/tap/capabilities',
    'https://archive.example.org/vo/tap/availability',
    'https://archive.example.org/vo/tap/tables',
    'https://archive.example.org/vo/tap/examples',
  ]);
});

test('the start page is for people and holds the query to try', async () => {
  const { headers, body } = await ask(service.url);
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(body).toContain(`TAPService("${service.url}")`);
  const root = await ask(service.url.replace('/tap', '/'));
  expect([root.status, root.headers.get('location')]).toEqual([303, '/tap']);
});
