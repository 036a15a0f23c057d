import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { exampleQueries } from '../../src/vosi/example-queries.ts';
import { startTestService, type TestService } from './start-test-service.ts';
import { ask, query, rowsOf, statusesOf } from './talk.ts';

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

test.each(exampleQueries.map(({ id, ...example }) => [id, example] as const))(
  'the example %s finds something in the sample',
  async (_, example) => {
    const { status, body } = await query(service.url, { QUERY: example.query });
    expect([status, statusesOf(body)]).toEqual([200, ['OK']]);
    expect(rowsOf(body).length).toBeGreaterThan(0);
  },
);

test('/examples is XHTML in which clients find each query', async () => {
  const { status, headers, body } = await ask(`${service.url}/examples`);
  expect([status, headers.get('content-type')]).toEqual([
    200,
    'application/xhtml+xml;charset=utf-8',
  ]);
  expect(body).toContain('<body vocab="http://www.ivoa.net/rdf/examples#">');
  expect(body).toContain(`
  <div typeof="example" id="columns" resource="#columns">
   <h2 property="name">Which columns there are</h2>
   <p>TAP_SCHEMA describes every table and column of this service.</p>
   <pre property="query">SELECT column_name, datatype, unit, ucd, description
FROM tap_schema.columns
WHERE table_name = 'ivoa.obscore'
ORDER BY column_index</pre>
`);
  expect(body.match(/property="query"/g)).toHaveLength(exampleQueries.length);
});
