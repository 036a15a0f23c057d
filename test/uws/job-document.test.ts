import { expect, test } from '@jest/globals';
import type { Job, JobDescription } from '../../src/uws/job.ts';
import {
  jobDocument,
  jobListDocument,
  parametersDocument,
  resultsDocument,
} from '../../src/uws/job-document.ts';

const jobsUrl = 'https://example.org/tap/async';

const description: JobDescription = {
  jobId: 'b3k2',
  ownerId: null,
  runId: 'my-run',
  quote: new Date('2026-01-01T00:10:00Z'),
  creationTime: new Date('2026-01-01T00:00:00.250Z'),
  executionDuration: 600,
  destruction: new Date('2026-01-08T00:00:00Z'),
  parameters: [
    { name: 'LANG', value: 'ADQL' },
    { name: 'QUERY', value: 'SELECT TOP 5 *\r\nFROM ivoa.obscore WHERE t_min < 59000' },
    { name: 'UPLOAD', value: 't1,param:t 1' },
  ],
  parts: [{ name: 't 1', mediaType: 'text/xml', size: 5, storageKey: 'b3k2.part1' }],
};

const head = `<?xml version="1.0" encoding="UTF-8"?>
<uws:job xmlns:uws="http://www.ivoa.net/xml/UWS/v1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="1.1">
 <uws:jobId>b3k2</uws:jobId>
 <uws:runId>my-run</uws:runId>
 <uws:ownerId xsi:nil="true"/>
`;

const parameters = ` <uws:parameters>
  <uws:parameter id="LANG">ADQL</uws:parameter>
  <uws:parameter id="QUERY">SELECT TOP 5 *&#13;
FROM ivoa.obscore WHERE t_min &lt; 59000</uws:parameter>
  <uws:parameter id="UPLOAD">t1,param:t 1</uws:parameter>
  <uws:parameter id="t 1" byReference="true">https://example.org/tap/async/b3k2/parameters/t%201</uws:parameter>
 </uws:parameters>
`;

test('a completed job shows its result', () => {
  const job: Job = {
    ...description,
    phase: 'COMPLETED',
    startTime: new Date('2026-01-01T00:00:01Z'),
    endTime: new Date('2026-01-01T00:00:04Z'),
    result: { mediaType: 'text/csv', size: 12345, rows: 5, storageKey: 'b3k2.result1' },
  };
  expect(jobDocument(job, jobsUrl)).toBe(`${head} <uws:phase>COMPLETED</uws:phase>
 <uws:quote>2026-01-01T00:10:00.000Z</uws:quote>
 <uws:creationTime>2026-01-01T00:00:00.250Z</uws:creationTime>
 <uws:startTime>2026-01-01T00:00:01.000Z</uws:startTime>
 <uws:endTime>2026-01-01T00:00:04.000Z</uws:endTime>
 <uws:executionDuration>600</uws:executionDuration>
 <uws:destruction>2026-01-08T00:00:00.000Z</uws:destruction>
${parameters} <uws:results>
  <uws:result id="result" xlink:type="simple" xlink:href="https://example.org/tap/async/b3k2/results/result" mime-type="text/csv" size="12345"/>
 </uws:results>
 <uws:jobInfo>
  <rows>5</rows>
  <bytes>12345</bytes>
 </uws:jobInfo>
</uws:job>
`);
});

test('a failed job tells why', () => {
  const job: Job = {
    ...description,
    phase: 'ERROR',
    startTime: null,
    endTime: new Date('2026-01-01T00:00:04Z'),
    error: { type: 'fatal', message: 'No table "x". Did you mean <y>?' },
  };
  expect(jobDocument(job, jobsUrl)).toBe(`${head} <uws:phase>ERROR</uws:phase>
 <uws:quote>2026-01-01T00:10:00.000Z</uws:quote>
 <uws:creationTime>2026-01-01T00:00:00.250Z</uws:creationTime>
 <uws:startTime xsi:nil="true"/>
 <uws:endTime>2026-01-01T00:00:04.000Z</uws:endTime>
 <uws:executionDuration>600</uws:executionDuration>
 <uws:destruction>2026-01-08T00:00:00.000Z</uws:destruction>
${parameters} <uws:results/>
 <uws:errorSummary type="fatal" hasDetail="true">
  <uws:message>No table "x". Did you mean &lt;y&gt;?</uws:message>
 </uws:errorSummary>
</uws:job>
`);
});

test('a queued job tells its place in the queue', () => {
  const job: Job = { ...description, parameters: [], parts: [], phase: 'QUEUED', position: 3 };
  expect(jobDocument(job, jobsUrl)).toBe(`${head} <uws:phase>QUEUED</uws:phase>
 <uws:quote>2026-01-01T00:10:00.000Z</uws:quote>
 <uws:creationTime>2026-01-01T00:00:00.250Z</uws:creationTime>
 <uws:startTime xsi:nil="true"/>
 <uws:endTime xsi:nil="true"/>
 <uws:executionDuration>600</uws:executionDuration>
 <uws:destruction>2026-01-08T00:00:00.000Z</uws:destruction>
 <uws:parameters/>
 <uws:results/>
 <uws:jobInfo>
  <queuePosition>3</queuePosition>
 </uws:jobInfo>
</uws:job>
`);
});

test('the job list', () => {
  const listed = [
    {
      jobId: 'b3k2',
      phase: 'PENDING' as const,
      runId: 'my-run',
      ownerId: null,
      creationTime: description.creationTime,
    },
    {
      jobId: 'x9',
      phase: 'ERROR' as const,
      runId: null,
      ownerId: 'ada',
      creationTime: description.creationTime,
    },
  ];
  expect(jobListDocument(listed, jobsUrl)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<uws:jobs xmlns:uws="http://www.ivoa.net/xml/UWS/v1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="1.1">
 <uws:jobref id="b3k2" xlink:type="simple" xlink:href="https://example.org/tap/async/b3k2">
  <uws:phase>PENDING</uws:phase>
  <uws:runId>my-run</uws:runId>
  <uws:ownerId xsi:nil="true"/>
  <uws:creationTime>2026-01-01T00:00:00.250Z</uws:creationTime>
 </uws:jobref>
 <uws:jobref id="x9" xlink:type="simple" xlink:href="https://example.org/tap/async/x9">
  <uws:phase>ERROR</uws:phase>
  <uws:ownerId>ada</uws:ownerId>
  <uws:creationTime>2026-01-01T00:00:00.250Z</uws:creationTime>
 </uws:jobref>
</uws:jobs>
`);
});

test('parameters and results stand alone too', () => {
  const job: Job = { ...description, parts: [], parameters: [], phase: 'PENDING' };
  const namespaces =
    'xmlns:uws="http://www.ivoa.net/xml/UWS/v1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
  expect(resultsDocument(job, jobsUrl)).toBe(
    `<?xml version="1.0" encoding="UTF-8"?>\n<uws:results ${namespaces}/>\n`,
  );
  expect(parametersDocument({ ...job, parameters: [{ name: 'LANG', value: 'ADQL' }] }, jobsUrl))
    .toBe(`<?xml version="1.0" encoding="UTF-8"?>
<uws:parameters ${namespaces}>
 <uws:parameter id="LANG">ADQL</uws:parameter>
</uws:parameters>
`);
});
