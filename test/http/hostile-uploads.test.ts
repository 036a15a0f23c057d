import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { atX, badCells, badStreams } from '../upload/bad-cells.ts';
import { badDocuments } from '../upload/bad-documents.ts';
import { limits, tabledata } from '../upload/read-hostile.ts';
import { startTestService, type TestService } from './start-test-service.ts';
import { ask, errorOf, query } from './talk.ts';

let service: TestService;

beforeAll(async () => {
  service = await startTestService({
    UPLOAD_MAX_BYTES: String(limits.bytes),
    UPLOAD_MAX_ROWS: String(limits.rows),
  });
});
afterAll(() => service.stop());

interface Hostile {
  readonly content: string | Buffer;
  readonly message: string;
}

/** Whatever the upload room refuses, as a client would send it. */
const hostile: readonly Hostile[] = [
  ...badDocuments.map(([, content, message]) => ({ content, message })),
  ...badStreams.map(([, content, message]) => ({ content, message })),
  ...badCells.map(([field, cell, message]) => ({
    content: tabledata(field, cell),
    message: atX + message,
  })),
];

interface Refusal {
  readonly status: number;
  readonly message: string;
}

async function send({ content }: Hostile): Promise<Refusal> {
  const form = new FormData();
  form.set('LANG', 'ADQL');
  form.set('QUERY', 'SELECT COUNT(*) AS n FROM TAP_UPLOAD.mine');
  form.set('UPLOAD', 'mine,param:mine');
  form.set('mine', new Blob([content]), 'table');
  const { status, body } = await ask(`${service.url}/sync`, { method: 'POST', body: form });
  return { status, message: unescaped(errorOf(body) ?? body.slice(0, 200)) };
}

function unescaped(xml: string): string {
  return xml
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

async function sendAll(): Promise<readonly Refusal[]> {
  const refusals: Refusal[] = [];
  for (const upload of hostile) refusals.push(await send(upload));
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

test('more than a hundred hostile uploads are each refused in words, and leave nothing behind', async () => {
  expect(hostile.length).toBeGreaterThan(100);
  const refusals = await sendAll();
  expect(refusals.map(({ message }) => message)).toEqual(
    hostile.map(({ message }) => `The uploaded table mine cannot be used: ${message}`),
  );
  expect([...new Set(refusals.map(({ status }) => status))].sort()).toEqual([400, 413]);

  const afterFirst = memoryHeld();
  for (let round = 0; round < 3; round += 1) await sendAll();
  // What three rounds send is 180 MB.
  expect(memoryHeld() - afterFirst).toBeLessThan(60_000_000);

  const { status, body } = await query(service.url, {
    QUERY: 'SELECT COUNT(*) AS n FROM ivoa.obscore',
    RESPONSEFORMAT: 'csv',
  });
  expect([status, body]).toEqual([200, 'n\r\n20624\r\n']);
}, 120_000);
