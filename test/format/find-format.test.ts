import { expect, test } from '@jest/globals';
import { findFormat } from '../../src/format/find-format.ts';
import { resultFormats } from '../../src/format/result-formats.ts';

test.each([
  [null, 'VOTable', 'application/x-votable+xml'],
  ['votable', 'VOTable', 'application/x-votable+xml'],
  ['VOTable', 'VOTable', 'application/x-votable+xml'],
  ['votable_plain', 'VOTable', 'application/x-votable+xml'],
  ['text/xml', 'VOTable', 'text/xml'],
  ['application/x-votable xml', 'VOTable', 'application/x-votable+xml'],
  [
    'application/x-votable+xml;serialization=TABLEDATA',
    'VOTable TABLEDATA',
    'application/x-votable+xml;serialization=TABLEDATA',
  ],
  [
    'Application/X-VOTable+XML; serialization="tabledata"',
    'VOTable TABLEDATA',
    'application/x-votable+xml;serialization=TABLEDATA',
  ],
  ['votable/td', 'VOTable TABLEDATA', 'application/x-votable+xml;serialization=TABLEDATA'],
  ['votable/b2', 'VOTable BINARY2', 'application/x-votable+xml;serialization=BINARY2'],
  [
    'application/x-votable+xml; serialization=binary',
    'VOTable BINARY',
    'application/x-votable+xml;serialization=BINARY',
  ],
  ['json', 'JSON', 'application/json'],
  ['jsonl', 'JSON lines', 'application/x-ndjson'],
  ['uri-list', 'list of URIs', 'text/uri-list;charset=utf-8'],
  ['s5cmd', 's5cmd', 'text/x-s5cmd;charset=utf-8'],
  ['fits', 'FITS', 'application/fits'],
  ['parquet', 'Parquet', 'application/vnd.apache.parquet'],
  ['arrow', 'Arrow stream', 'application/vnd.apache.arrow.stream'],
  ['html', 'HTML', 'text/html;charset=utf-8'],
  ['csv', 'CSV', 'text/csv;header=present;charset=utf-8'],
  ['text/csv; charset=UTF-8', 'CSV', 'text/csv;header=present;charset=utf-8'],
  ['text/csv;header=absent', 'CSV without header', 'text/csv;header=absent;charset=utf-8'],
  ['tsv', 'TSV', 'text/tab-separated-values;charset=utf-8'],
])('%s is %s, sent as %s', (responseFormat, name, contentType) => {
  const found = findFormat(responseFormat);
  expect([found?.format.name, found?.contentType]).toEqual([name, contentType]);
});

test.each(['stone', 'application/x-stone', 'text/csv;header=maybe', ''])(
  '%s is no format',
  (name) => {
    expect(findFormat(name)).toBeNull();
  },
);

test('every media type and alias that capabilities declare finds its own format', () => {
  for (const format of resultFormats) {
    for (const value of [format.mediaType, ...format.aliases]) {
      expect([value, findFormat(value)?.format.name]).toEqual([value, format.name]);
    }
  }
});
