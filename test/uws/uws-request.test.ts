import { expect, test } from '@jest/globals';
import { ServiceError } from '../../src/service-error.ts';
import { mergeParameters } from '../../src/uws/job-parameters.ts';
import {
  readDestruction,
  readExecutionDuration,
  readJobAction,
  readJobListFilter,
  readJobRequest,
  readParameterEdit,
  readPhaseAction,
  readWait,
} from '../../src/uws/uws-request.ts';

const now = new Date('2026-01-01T00:00:00Z');
const limits = {
  executionDuration: { default: 600, hard: 3600 },
  retention: { default: 86_400, hard: 864_000 },
};

/** `a=b&c=d` as parameters. */
function parameters(text: string): { name: string; value: string }[] {
  return [...new URLSearchParams(text)].map(([name, value]) => ({ name, value }));
}

test('a new job gets the limits of the service and keeps the rest as it came', () => {
  expect(readJobRequest(parameters('lang=ADQL&Query=SELECT+1&tapclient=x'), limits, now)).toEqual({
    runId: null,
    parameters: [
      { name: 'LANG', value: 'ADQL' },
      { name: 'QUERY', value: 'SELECT 1' },
      { name: 'TAPCLIENT', value: 'x' },
    ],
    executionDuration: 600,
    destruction: new Date('2026-01-02T00:00:00Z'),
    isToRun: false,
  });
});

test('a job without any parameter is a job', () => {
  expect(readJobRequest([], limits, now).parameters).toEqual([]);
});

test('what steers the job at creation is no parameter of its query', () => {
  const posted = 'PHASE=run&RUNID=r1&EXECUTIONDURATION=7&DESTRUCTION=2026-01-03&QUERY=q';
  expect(readJobRequest(parameters(posted), limits, now)).toEqual({
    runId: 'r1',
    parameters: [{ name: 'QUERY', value: 'q' }],
    executionDuration: 7,
    destruction: new Date('2026-01-03T00:00:00Z'),
    isToRun: true,
  });
});

test('the last value of a parameter wins, uploads accumulate, and names come once', () => {
  const first = readParameterEdit(parameters('QUERY=a&UPLOAD=t,param:x&UPLOAD=u,param:y&query=b'));
  expect(first.parameters).toEqual([
    { name: 'QUERY', value: 'b' },
    { name: 'UPLOAD', value: 't,param:x;u,param:y' },
  ]);
  const later = readParameterEdit(parameters('runId=r2&QUERY=c&UPLOAD=v,http://x/'));
  expect(later.runId).toBe('r2');
  expect(mergeParameters(first.parameters, later.parameters)).toEqual([
    { name: 'QUERY', value: 'c' },
    { name: 'UPLOAD', value: 't,param:x;u,param:y;v,http://x/' },
  ]);
});

test("astroquery's second format, of the uploaded table, does not replace the first", () => {
  expect(readParameterEdit(parameters('FORMAT=csv&format=VOTable')).parameters).toEqual([
    { name: 'FORMAT', value: 'csv' },
  ]);
});

test('a job has room for 1000 parameters, and for so much beside those of one request', () => {
  const names = (count: number): string =>
    Array.from({ length: count }, (_, index) => `P${String(index)}=1`).join('&');
  expect(readParameterEdit(parameters(names(1000))).parameters).toHaveLength(1000);
  const tooLarge = {
    kind: 'too-large',
    message:
      'A job may have 1000 parameters, with 2000000 characters beside those of one request. ' +
      'Post only what the query needs.',
  };
  const refusal = expect.objectContaining(tooLarge);
  expect(() => readParameterEdit(parameters(names(100_000)))).toThrow(refusal);
  const long = (name: string) => ({ name, value: 'x'.repeat(1_900_000) });
  const two = mergeParameters([long('QUERY')], [long('A')]);
  expect(mergeParameters(two, [long('A')])).toEqual(two);
  expect(() => mergeParameters(two, [long('B')])).toThrow(refusal);
});

test.each([
  ['EXECUTIONDURATION=77', 77],
  ['executionduration=999999999999', 3600],
  ['EXECUTIONDURATION=0', 3600],
])('%s is %d seconds', (text, seconds) => {
  expect(readExecutionDuration(parameters(text), limits)).toBe(seconds);
});

test.each([
  ['DESTRUCTION=2026-01-05T19:37:33.817750Z', '2026-01-05T19:37:33.817Z'],
  ['DESTRUCTION=2026-01-05T19:37:33', '2026-01-05T19:37:33.000Z'],
  ['DESTRUCTION=2026-01-05T19:37%2B02:00', '2026-01-05T17:37:00.000Z'],
  ['DESTRUCTION=2026-01-05T19:37-0130', '2026-01-05T21:07:00.000Z'],
  ['destruction=2026-01-05', '2026-01-05T00:00:00.000Z'],
  ['DESTRUCTION=2036-01-05', '2026-01-11T00:00:00.000Z'],
  ['DESTRUCTION=', '2026-01-11T00:00:00.000Z'],
  ['DESTRUCTION=1999-01-05', '2026-01-01T00:00:00.000Z'],
])('%s is %s, at latest the limit and not before now', (text, time) => {
  expect(readDestruction(parameters(text), limits, now).toISOString()).toBe(time);
});

test('RUNID, which every job list repeats, is short', () => {
  expect(() => readParameterEdit(parameters(`RUNID=${'x'.repeat(65)}`))).toThrow(
    'RUNID may have at most 64 characters.',
  );
});

test('job list filters are read in any case', () => {
  expect(
    readJobListFilter(parameters('PHASE=PENDING&phase=held&AFTER=2026-01-01T00:00:00Z&LAST=3')),
  ).toEqual({ phases: ['PENDING', 'HELD'], after: now, last: 3 });
  expect(readJobListFilter([])).toEqual({ phases: [], after: null, last: null });
});

test('WAIT is a number of seconds, all negative ones mean as long as may be', () => {
  expect(readWait(parameters('wait=5&phase=queued'))).toEqual({ seconds: 5, phase: 'QUEUED' });
  expect(readWait(parameters('WAIT=-1'))).toEqual({ seconds: -1, phase: null });
  expect(readWait(parameters('PHASE=QUEUED'))).toBeNull();
});

test('PHASE and ACTION in any case', () => {
  expect(readPhaseAction(parameters('phase=abort'))).toBe('ABORT');
  expect(readJobAction(parameters('Action=delete'))).toBe('DELETE');
});

test.each([
  [
    'EXECUTIONDURATION must be a whole number of seconds, and not "-1".',
    () => readExecutionDuration(parameters('EXECUTIONDURATION=-1'), limits),
  ],
  [
    'DESTRUCTION must be a time such as 2026-01-31T12:00:00Z, and not "tomorrow".',
    () => readDestruction(parameters('DESTRUCTION=tomorrow'), limits, now),
  ],
  [
    'DESTRUCTION must be a time such as 2026-01-31T12:00:00Z, and not "2026-13-01".',
    () => readDestruction(parameters('DESTRUCTION=2026-13-01'), limits, now),
  ],
  ['PHASE must be RUN or ABORT, and not "STOP".', () => readPhaseAction(parameters('PHASE=stop'))],
  ['PHASE must be RUN or ABORT, and not "".', () => readPhaseAction([])],
  ['PHASE: UWS knows no phase "DONE".', () => readJobListFilter(parameters('PHASE=done'))],
  [
    'LAST must be a whole number of jobs, 1 or more, and not "0".',
    () => readJobListFilter(parameters('LAST=0')),
  ],
  [
    'AFTER must be a time such as 2026-01-31T12:00:00Z, and not "x".',
    () => readJobListFilter(parameters('AFTER=x')),
  ],
  [
    'WAIT must be a whole number of seconds, or -1, and not "soon".',
    () => readWait(parameters('WAIT=soon')),
  ],
  [
    'A job takes only ACTION=DELETE. Post PHASE to its /phase, and parameters to its /parameters.',
    () => readJobAction(parameters('QUERY=x')),
  ],
  [
    'QUERY holds a NUL character. Send plain text.',
    () => readParameterEdit([{ name: 'QUERY', value: 'a\0b' }]),
  ],
])('%s', (message, read) => {
  expect(read).toThrow(new ServiceError('bad-request', message));
});
