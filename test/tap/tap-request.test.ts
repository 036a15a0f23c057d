import { expect, test } from '@jest/globals';
import { Readable } from 'node:stream';
import { readTapRequest, type TapRequest } from '../../src/tap/tap-request.ts';

const outputLimit = { default: 1000, hard: 5000 };

function read(queryString: string): TapRequest {
  const pairs = [...new URLSearchParams(queryString)];
  return readTapRequest(
    pairs.map(([name, value]) => ({ name, value })),
    outputLimit,
  );
}

function readShort(queryString: string): unknown[] {
  const { query, language, maxRecords, runId, format } = read(queryString);
  return [query, language, maxRecords, runId, format.name];
}

test.each([
  ['LANG=ADQL&QUERY=SELECT+1', ['SELECT 1', 'ADQL-2.1', 1000, null, 'VOTable']],
  ['lang=adql-2.0&Query=q', ['q', 'ADQL-2.0', 1000, null, 'VOTable']],
  ['LANG=ADQL-2.1&QUERY=q&MAXREC=7', ['q', 'ADQL-2.1', 7, null, 'VOTable']],
  ['LANG=ADQL&QUERY=q&MAXREC=0', ['q', 'ADQL-2.1', 0, null, 'VOTable']],
  ['LANG=ADQL&QUERY=q&MAXREC=99999999999999999999', ['q', 'ADQL-2.1', 5000, null, 'VOTable']],
  ['LANG=ADQL&QUERY=q&MAXREC=', ['q', 'ADQL-2.1', 1000, null, 'VOTable']],
  ['LANG=ADQL&QUERY=q&runId=night-1', ['q', 'ADQL-2.1', 1000, 'night-1', 'VOTable']],
  // TAP 1.0's name of RESPONSEFORMAT, and both at once.
  ['LANG=ADQL&QUERY=q&FORMAT=csv', ['q', 'ADQL-2.1', 1000, null, 'CSV']],
  ['LANG=ADQL&QUERY=q&FORMAT=csv&RESPONSEFORMAT=tsv', ['q', 'ADQL-2.1', 1000, null, 'TSV']],
  // astroquery's TapPlus sends FORMAT twice and PHASE to /sync; taplint sends DUMMY.
  [
    'REQUEST=doQuery&LANG=ADQL&FORMAT=csv&format=votable&tapclient=x&PHASE=RUN&DUMMY=1&QUERY=q',
    ['q', 'ADQL-2.1', 1000, null, 'CSV'],
  ],
  ['LANG=ADQL&QUERY=q&LANG=ADQL', ['q', 'ADQL-2.1', 1000, null, 'VOTable']],
])('%s', (queryString, expected) => {
  expect(readShort(queryString)).toEqual(expected);
});

test.each([
  ['QUERY=q', 'LANG is missing. Send LANG=ADQL with the query.'],
  [
    'LANG=OOBLECK&QUERY=q',
    'LANG: "OOBLECK" is not spoken here. Use one of: ADQL, ADQL-2.0, ADQL-2.1.',
  ],
  ['LANG=ADQL', 'QUERY is missing. Send the ADQL text as parameter QUERY.'],
  ['LANG=ADQL&QUERY=++', 'QUERY is missing. Send the ADQL text as parameter QUERY.'],
  [
    'LANG=ADQL&QUERY=q&MAXREC=-1',
    'MAXREC must be a whole number of rows, 0 or more, and not "-1".',
  ],
  [
    'LANG=ADQL&QUERY=q&MAXREC=1.5',
    'MAXREC must be a whole number of rows, 0 or more, and not "1.5".',
  ],
  [
    'LANG=ADQL&QUERY=a&query=b',
    'QUERY was given more than once, with different values. Send it once.',
  ],
  [
    'LANG=ADQL&QUERY=q&RESPONSEFORMAT=stone',
    'RESPONSEFORMAT: there is no format "stone" here. Use one of: votable, ',
  ],
  [`LANG=ADQL&QUERY=q&RUNID=${'x'.repeat(65)}`, 'RUNID may have at most 64 characters.'],
])('%s is refused', (queryString, message) => {
  expect(() => read(queryString)).toThrow(message);
});

test('every UPLOAD counts, and param: means the files of the same request', () => {
  const file = { name: 'part', mediaType: null, open: () => Readable.from([]) };
  const { uploads } = readTapRequest(
    [
      { name: 'LANG', value: 'ADQL' },
      { name: 'QUERY', value: 'q' },
      { name: 'UPLOAD', value: 'a,param:part' },
      { name: 'upload', value: 'b,https://example.org/b.vot;c,param:part' },
    ],
    outputLimit,
    [file],
  );
  expect(uploads.values).toEqual(['a,param:part', 'b,https://example.org/b.vot;c,param:part']);
  expect([...uploads.parts.keys()]).toEqual(['part']);
});
