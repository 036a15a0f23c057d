import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findFormat } from '../../src/format/find-format.ts';
import { resultFormats } from '../../src/format/result-formats.ts';
import { startTestService, type TestService } from './start-test-service.ts';
import { ask, query } from './talk.ts';

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const mediaTypes = resultFormats.map(({ mediaType }) => mediaType);
const QUERY = 'SELECT TOP 300 * FROM ivoa.obscore ORDER BY obs_id';

function urlOf(RESPONSEFORMAT: string): string {
  const parameters = { LANG: 'ADQL', QUERY, RESPONSEFORMAT };
  return `${service.url}/sync?${new URLSearchParams(parameters).toString()}`;
}

/** What a client is told besides the bytes. */
function told({ headers }: { readonly headers: Headers }): readonly (string | null)[] {
  const names = ['content-type', 'content-disposition', 'vary', 'content-encoding'];
  return names.map((name) => headers.get(name));
}

/** Without the time of the request. */
function undated(document: string): string {
  return document.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}/g, '');
}

test.each(mediaTypes)('%s: GET, HEAD and gzip tell the same', async (mediaType) => {
  const chosen = findFormat(mediaType);
  const url = urlOf(mediaType);
  const plain = await ask(url, { headers: { 'Accept-Encoding': 'identity' } });
  expect([plain.status, ...told(plain)]).toEqual([
    200,
    chosen?.contentType,
    `inline; filename="result.${chosen?.format.extension ?? ''}"`,
    'Accept-Encoding',
    null,
  ]);
  const head = await ask(url, { method: 'HEAD', headers: { 'Accept-Encoding': 'identity' } });
  expect([head.status, head.body, ...told(head)]).toEqual([200, '', ...told(plain)]);
  const zipped = await ask(url, { headers: { 'Accept-Encoding': 'gzip' } });
  expect(told(zipped)).toEqual([...told(plain).slice(0, 3), 'gzip']);
  expect(undated(zipped.body)).toBe(undated(plain.body));
});

test.each(mediaTypes)('%s: a mistake in the query is an error document', async (mediaType) => {
  const { status, headers } = await query(service.url, {
    QUERY: 'SELECT obs_idd FROM ivoa.obscore',
    RESPONSEFORMAT: mediaType,
  });
  expect([status, headers.get('content-type')]).toEqual([400, 'application/x-votable+xml']);
});

test('CLOUD chooses among the copies in cloud_access', async () => {
  const select = 'SELECT TOP 1 cloud_access, cloud_uri FROM ivoa.obscore ORDER BY obs_id';
  const ofCloud = async (CLOUD: string): Promise<readonly [number, string]> => {
    const { status, body } = await query(service.url, {
      QUERY: select,
      RESPONSEFORMAT: 's5cmd',
      CLOUD,
    });
    return [status, body];
  };
  expect(await ofCloud('aws:us-west-2')).toEqual([
    200,
    expect.stringMatching(/^cp s3:\/\/stpubdata\/tess\/public\/\S+\.fits \.\n$/),
  ]);
  expect(await ofCloud('gcp')).toEqual([200, '']);
  const [status, message] = await ofCloud('moon');
  expect([status, message]).toEqual([400, expect.stringContaining('It was "moon".')]);
});

test('the page for browsers links to the same answer in other formats', async () => {
  const one = 'SELECT TOP 1 obs_collection AS x FROM ivoa.obscore';
  const page = await query(service.url, { QUERY: one, RESPONSEFORMAT: 'html' });
  const link = /<a href="([^"]+)" rel="noreferrer">CSV<\/a>/.exec(page.body)?.[1] ?? '';
  const csv = await ask(link.replaceAll('&amp;', '&'));
  expect([csv.status, csv.body]).toEqual([200, 'x\r\nTESS\r\n']);
});
