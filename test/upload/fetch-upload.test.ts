import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { testSpool } from '../support/upload-context.ts';
import { fetchUpload } from '../../src/upload/fetch-upload.ts';

const answers: Readonly<Record<string, RequestListener>> = {
  '/table': (_request, response) => {
    response.setHeader('content-type', 'text/csv').end('a,b\n1,2\n');
  },
  '/gzip': (_request, response) => {
    response.setHeader('content-encoding', 'gzip').end(gzipSync('a,b\n'));
  },
  '/brotli': (_request, response) => {
    response.setHeader('content-encoding', 'br').end('x');
  },
  '/moved': (_request, response) => {
    response.writeHead(302, { location: 'table' }).end();
  },
  '/circle': (_request, response) => {
    response.writeHead(307, { location: '/circle' }).end();
  },
  '/file': (_request, response) => {
    response.writeHead(301, { location: 'file:///etc/passwd' }).end();
  },
  '/missing': (_request, response) => {
    response.writeHead(404).end('no');
  },
  '/large': (_request, response) => {
    response.end(Buffer.alloc(2000));
  },
  '/broken': (_request, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('x');
    setTimeout(() => response.destroy(), 20);
  },
  '/silent': () => undefined,
  '/tired': (_request, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('x');
  },
};

let server: Server;
let base: string;

beforeAll(async () => {
  server = createServer((request, response) => answers[request.url ?? '']?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function fetched(url: string, allowPrivateAddresses: boolean): Promise<string> {
  const { signal } = new AbortController();
  const files = testSpool.begin();
  const options = { allowPrivateAddresses, maxBytes: 1000, files, signal };
  const upload = await fetchUpload(new URL(url), options);
  const content = await upload.open().toArray();
  await files.dispose();
  return `${upload.mediaType ?? 'no type'}: ${Buffer.concat(content as Buffer[]).toString('latin1')}`;
}

test.each([
  ['/table', 'text/csv: a,b\n1,2\n'],
  ['/moved', 'text/csv: a,b\n1,2\n'],
  ['/gzip', `no type: ${gzipSync('a,b\n').toString('latin1')}`],
])('%s is fetched as it is', async (path, content) => {
  expect(await fetched(`${base}${path}`, true)).toBe(content);
});

test.each([
  ['/brotli', 'UPLOAD: BASE/brotli came compressed by br, which is not read here.'],
  ['/circle', 'UPLOAD: BASE/circle redirects more than 5 times.'],
  ['/file', 'UPLOAD: file: URIs are not read here; use http: or https:.'],
  ['/missing', 'UPLOAD: BASE/missing could not be fetched; its server answered 404.'],
  ['/large', 'UPLOAD: BASE/large is larger than the 1000 bytes that may be uploaded.'],
  ['/broken', 'UPLOAD: BASE/broken could not be fetched: its server broke off.'],
])('%s is refused', async (path, message) => {
  await expect(fetched(`${base}${path}`, true)).rejects.toMatchObject({
    name: 'ServiceError',
    message: message.replace('BASE', base),
  });
});

test.each([
  ['http://127.0.0.1:PORT/table', '127.0.0.1'],
  ['http://2130706433:PORT/table', '127.0.0.1'],
  ['http://0x7f.1:PORT/table', '127.0.0.1'],
  ['http://[::1]:PORT/table', '::1'],
  ['http://[::ffff:127.0.0.1]:PORT/table', '::ffff:7f00:1'],
  ['http://169.254.169.254/latest/meta-data/', '169.254.169.254'],
  ['http://localhost:PORT/table', 'localhost'],
])('%s is not reached unless a setting allows it', async (url, host) => {
  await expect(fetched(url.replace('PORT', new URL(base).port), false)).rejects.toMatchObject({
    message:
      `UPLOAD: ${host} is not a host of the public Internet, and this service fetches nothing from ` +
      'others. Send the table inside the request.',
  });
});

test('a URL with a password is not fetched', async () => {
  await expect(fetched('http://me:secret@example.org/', true)).rejects.toThrow(
    'UPLOAD: a URL with a user name or password is not fetched.',
  );
});

test.each(['/silent', '/tired'])(
  '%s is left after 30 s without a byte, here less',
  async (path) => {
    const files = testSpool.begin();
    const { signal } = new AbortController();
    const options = { allowPrivateAddresses: true, maxBytes: 1000, files, signal, patience: 0.1 };
    await expect(fetchUpload(new URL(`${base}${path}`), options)).rejects.toMatchObject({
      name: 'ServiceError',
      message: `UPLOAD: ${base}${path} could not be fetched: its server sent nothing for 0.1 s.`,
    });
  },
);

test('a URL whose server is not there is told in words', async () => {
  await expect(fetched('http://127.0.0.1:1/t', true)).rejects.toThrow(
    'UPLOAD: http://127.0.0.1:1/t could not be fetched: nothing listens there.',
  );
});

test('a server that says nothing is left when the time is over', async () => {
  const files = testSpool.begin();
  const signal = AbortSignal.timeout(50);
  const options = { allowPrivateAddresses: true, maxBytes: 1000, files, signal };
  await expect(fetchUpload(new URL(`${base}/silent`), options)).rejects.toHaveProperty(
    'code',
    'ABORT_ERR',
  );
});
