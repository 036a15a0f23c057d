import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from '../../adql/index.ts';
import { atX, badCells, badStreams } from '../upload/bad-cells.ts';
import { badDocuments } from '../upload/bad-documents.ts';
import { badFits } from '../upload/bad-fits.ts';
import { badParquet } from '../upload/bad-parquet.ts';
import { limits, tabledata } from '../upload/read-hostile.ts';
import { hostileRequests, type HostilePost } from './hostile-requests.ts';
import { startTestService, type TestService } from './start-test-service.ts';
import { ask, errorOf, query } from './talk.ts';

let service: TestService;
/** One that fetches tables from its own network, where `evil` is. */
let trusting: TestService;
let evil: { readonly server: Server; readonly url: string };

beforeAll(async () => {
  const settings = {
    UPLOAD_MAX_BYTES: String(limits.bytes),
    UPLOAD_MAX_ROWS: String(limits.rows),
  };
  service = await startTestService(settings);
  trusting = await startTestService({ ...settings, UPLOAD_PRIVATE_ADDRESSES: 'true' });
  const server = createServer((request, response) => {
    evilAnswers[request.url ?? '']?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  evil = { server, url: `http://127.0.0.1:${String(port)}` };
});
afterAll(async () => {
  await Promise.all([service.stop(), trusting.stop()]);
  evil.server.closeAllConnections();
  evil.server.close();
});

interface Refusal {
  readonly status: number;
  readonly message: string;
}

type Content = string | Buffer;

/** Whatever the upload room refuses, as a client would send it. */
const tables: readonly (readonly [content: Content, message: string])[] = [
  ...[...badDocuments, ...badFits, ...badParquet, ...badStreams].map(
    ([, content, message]) => [content, message] as const,
  ),
  ...badCells.map(([field, cell, message]) => [tabledata(field, cell), atX + message] as const),
];

function form(values: readonly string[], content: Content): FormData {
  const fields = new FormData();
  fields.set('LANG', 'ADQL');
  fields.set('QUERY', 'SELECT COUNT(*) AS n FROM TAP_UPLOAD.mine');
  for (const value of values) fields.append('UPLOAD', value);
  fields.set('mine', new Blob([content]), 'table');
  return fields;
}

async function send(url: string, { body, headers, upload = [] }: HostilePost): Promise<Refusal> {
  const sent = body ?? form(upload, 'n\n1\n');
  return refusalOf(
    await ask(`${url}/sync`, { method: 'POST', body: sent, ...(headers && { headers }) }),
  );
}

function refusalOf({ status, body }: { readonly status: number; readonly body: string }): Refusal {
  return { status, message: unescaped(errorOf(body) ?? body.slice(0, 200)) };
}

function unescaped(xml: string): string {
  return xml
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

async function sendTables(): Promise<readonly Refusal[]> {
  const refusals: Refusal[] = [];
  for (const [content] of tables) {
    const body = form(['mine,param:mine'], content);
    refusals.push(refusalOf(await ask(`${service.url}/sync`, { method: 'POST', body })));
  }
  return refusals;
}

/** Bytes that this process holds when all that is no longer needed is gone. */
function memoryHeld(): number {
  service.forgetLogged();
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** What counts of a service that came to no harm: it answers, no table or file of an upload is left. */
async function state(): Promise<readonly unknown[]> {
  const { status, body } = await query(service.url, {
    QUERY: 'SELECT COUNT(*) AS n FROM ivoa.obscore',
    RESPONSEFORMAT: 'csv',
  });
  const left = sql`SELECT tablename FROM pg_tables WHERE schemaname = 'tap_upload'`;
  const tablesLeft = await service.database.owner.query(left);
  return [status, body, tablesLeft, await readdir(join(service.folder, 'uploads'))];
}

const unharmed = [200, 'n\r\n20624\r\n', [], []];

test('more than two hundred hostile tables are each refused in words, and leave nothing behind', async () => {
  expect(tables.length).toBeGreaterThan(200);
  const refusals = await sendTables();
  expect(refusals.map(({ message }) => message)).toEqual(
    tables.map(([, message]) => `The uploaded table mine cannot be used: ${message}`),
  );
  expect([...new Set(refusals.map(({ status }) => status))].sort()).toEqual([400, 413]);

  const afterFirst = memoryHeld();
  for (let round = 0; round < 2; round += 1) await sendTables();
  // What two rounds send is 130 MB. The buffers of connections come and go: 64 MB once.
  expect(memoryHeld() - afterFirst).toBeLessThan(100_000_000);
  expect(await state()).toEqual(unharmed);
}, 300_000);

test.each(hostileRequests)('%s is refused', async (_name, post, ...refusal) => {
  const { status, message } = await send(service.url, post);
  expect([status, message]).toEqual(refusal);
});

/** Servers of the own network that answer as no server should. */
const evilAnswers: Readonly<Record<string, RequestListener>> = {
  '/circle': (_request, response) => response.writeHead(302, { location: '/circle' }).end(),
  '/file': (_request, response) =>
    response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/nowhere': (_request, response) => response.writeHead(302, { location: 'http://[' }).end(),
  '/missing': (_request, response) => response.writeHead(404).end(),
  '/secret': (_request, response) => response.writeHead(401).end(),
  '/page': (_request, response) => response.end('<html><body>Log in</body></html>'),
  '/brotli': (_request, response) => response.writeHead(200, { 'content-encoding': 'br' }).end('x'),
  '/bomb': (_request, response) => response.end(gzipSync(`n\n${'1\n'.repeat(20_000_000)}`)),
  '/endless': (_request, response) => {
    const piece = 'x,'.repeat(50_000);
    const write = (): void => {
      while (response.write(piece));
      response.once('drain', write);
    };
    write();
  },
  '/short': (_request, response) => {
    response.writeHead(200, { 'content-length': 1000 }).write('n\n1\n', () => response.destroy());
  },
  '/reset': (_request, response) => response.destroy(),
};

test.each([
  ['/circle', 400, 'UPLOAD: BASE/circle redirects more than 5 times.'],
  ['/file', 400, 'UPLOAD: file: URIs are not read here; use http: or https:.'],
  ['/nowhere', 400, 'UPLOAD: BASE/nowhere redirects to nowhere.'],
  ['/missing', 400, 'UPLOAD: BASE/missing could not be fetched; its server answered 404.'],
  ['/secret', 400, 'UPLOAD: BASE/secret could not be fetched; its server answered 401.'],
  ['/page', 400, 'The uploaded table mine cannot be used: it is an HTML page, not a table.'],
  ['/brotli', 400, 'UPLOAD: BASE/brotli came compressed by br, which is not read here.'],
  [
    '/bomb',
    413,
    'The uploaded table mine cannot be used: it has more than 1000 rows, the most that this service takes.',
  ],
  ['/endless', 413, 'UPLOAD: BASE/endless is larger than the 32000000 bytes that may be uploaded.'],
  ['/short', 400, 'UPLOAD: BASE/short could not be fetched: its server broke off.'],
  ['/reset', 400, 'UPLOAD: BASE/reset could not be fetched: its server broke off.'],
])('a table at a URL like %s is refused', async (path, status, message) => {
  const upload = [`mine,${evil.url}${path}`];
  expect(await send(trusting.url, { upload })).toEqual({
    status,
    message: message.replace('BASE', evil.url),
  });
});

test('a URL that nobody listens to is refused', async () => {
  const upload = ['mine,http://127.0.0.1:1/t'];
  expect(await send(trusting.url, { upload })).toEqual({
    status: 400,
    message: 'UPLOAD: http://127.0.0.1:1/t could not be fetched: nothing listens there.',
  });
});

test('a client that leaves in the middle of its file leaves nothing behind', async () => {
  const socket = connect(service.port, '127.0.0.1');
  socket.write(
    'POST /tap/sync HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n' +
      'Content-Length: 100000\r\n\r\n--b\r\n' +
      'Content-Disposition: form-data; name="mine"; filename="mine"\r\n\r\nn\n1\n2\n',
  );
  await delay(100);
  socket.destroy();
  expect(await state()).toEqual(unharmed);
});

test.each([
  ['shorter than it says', 'Content-Length: 500\r\n\r\nLANG=ADQL', 400],
  ['in chunks of nowhere', 'Transfer-Encoding: chunked\r\n\r\nzz\r\nLANG\r\n', 400],
])('a body %s is refused', async (_name, rest, status) => {
  const [answer] = await hear(
    `POST /tap/sync HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n${rest}`,
  );
  expect(answer).toBe(`HTTP/1.1 ${String(status)} Bad Request`);
});

/** Sends, ends, and returns the lines that come back. */
async function hear(text: string): Promise<readonly string[]> {
  const socket = connect({ port: service.port, host: '127.0.0.1', allowHalfOpen: true });
  socket.end(text);
  const heard = await socket.toArray();
  return Buffer.concat(heard as Buffer[])
    .toString()
    .split('\r\n');
}

test('after all that nothing is left', async () => {
  expect(await state()).toEqual(unharmed);
});
