import { createCsvEncoder, createHeaderlessCsvEncoder, createTsvEncoder } from './delimited.ts';
import { createFitsEncoder } from './fits/fits.ts';
import { createHtmlEncoder, htmlRowLimit } from './html/html.ts';
import { createJsonEncoder } from './json/json.ts';
import { createJsonLinesEncoder } from './json/json-lines.ts';
import { createParquetEncoder } from './parquet/parquet.ts';
import type { ResultFormat } from './result-format.ts';
import { createS5cmdEncoder } from './uris/s5cmd.ts';
import { createUriListEncoder } from './uris/uri-list.ts';
import { createBinary2Encoder, createBinaryEncoder } from './votable/binary.ts';
import { createTabledataEncoder } from './votable/tabledata.ts';

/**
 * Every format that answers can have, the default first. A new one is a file and a row here;
 * RESPONSEFORMAT, capabilities and file names follow.
 */
export const resultFormats: readonly [ResultFormat, ...ResultFormat[]] = [
  {
    name: 'VOTable',
    mediaType: 'application/x-votable+xml',
    charset: '',
    standardId: null,
    // The last three are what TapPlus of astroquery and older tools send.
    aliases: [
      'votable',
      'text/xml',
      'application/xml',
      'text/x-votable+xml',
      'vot',
      'votable_plain',
      'votable_gzip',
    ],
    extension: 'vot',
    createEncoder: createTabledataEncoder,
  },
  {
    name: 'VOTable TABLEDATA',
    mediaType: 'application/x-votable+xml;serialization=TABLEDATA',
    charset: '',
    standardId: 'ivo://ivoa.net/std/TAPRegExt#output-votable-td',
    aliases: ['votable/td', 'votable/tabledata', 'text/xml;serialization=tabledata'],
    extension: 'vot',
    createEncoder: createTabledataEncoder,
  },
  {
    name: 'VOTable BINARY2',
    mediaType: 'application/x-votable+xml;serialization=BINARY2',
    charset: '',
    standardId: 'ivo://ivoa.net/std/TAPRegExt#output-votable-binary2',
    aliases: ['votable/b2', 'votable/binary2', 'text/xml;serialization=binary2'],
    extension: 'vot',
    createEncoder: createBinary2Encoder,
  },
  {
    name: 'VOTable BINARY',
    mediaType: 'application/x-votable+xml;serialization=BINARY',
    charset: '',
    standardId: 'ivo://ivoa.net/std/TAPRegExt#output-votable-binary',
    aliases: ['votable/b', 'votable/binary', 'text/xml;serialization=binary'],
    extension: 'vot',
    createEncoder: createBinaryEncoder,
  },
  {
    name: 'CSV',
    mediaType: 'text/csv;header=present',
    charset: ';charset=utf-8',
    standardId: null,
    aliases: ['csv', 'text/csv'],
    extension: 'csv',
    createEncoder: createCsvEncoder,
  },
  {
    name: 'CSV without header',
    mediaType: 'text/csv;header=absent',
    charset: ';charset=utf-8',
    standardId: null,
    aliases: [],
    extension: 'csv',
    createEncoder: createHeaderlessCsvEncoder,
  },
  {
    name: 'TSV',
    mediaType: 'text/tab-separated-values',
    charset: ';charset=utf-8',
    standardId: null,
    aliases: ['tsv'],
    extension: 'tsv',
    createEncoder: createTsvEncoder,
  },
  {
    name: 'JSON',
    mediaType: 'application/json',
    charset: '',
    standardId: null,
    aliases: ['json'],
    extension: 'json',
    createEncoder: createJsonEncoder,
  },
  {
    name: 'JSON lines',
    mediaType: 'application/x-ndjson',
    charset: '',
    standardId: null,
    aliases: ['jsonl', 'ndjson', 'application/jsonl', 'application/x-jsonlines'],
    extension: 'jsonl',
    createEncoder: createJsonLinesEncoder,
  },
  {
    name: 'list of URIs',
    mediaType: 'text/uri-list',
    charset: ';charset=utf-8',
    standardId: null,
    aliases: ['uri-list', 'uris'],
    extension: 'uris',
    createEncoder: createUriListEncoder,
  },
  {
    name: 's5cmd',
    mediaType: 'text/x-s5cmd',
    charset: ';charset=utf-8',
    standardId: null,
    aliases: ['s5cmd'],
    extension: 's5cmd',
    createEncoder: createS5cmdEncoder,
  },
  {
    name: 'FITS',
    mediaType: 'application/fits',
    charset: '',
    standardId: null,
    aliases: ['fits'],
    extension: 'fits',
    createEncoder: createFitsEncoder,
  },
  {
    name: 'Parquet',
    mediaType: 'application/vnd.apache.parquet',
    charset: '',
    standardId: null,
    aliases: ['parquet'],
    extension: 'parquet',
    createEncoder: createParquetEncoder,
  },
  {
    name: 'Arrow stream',
    mediaType: 'application/vnd.apache.arrow.stream',
    charset: '',
    standardId: null,
    aliases: ['arrow', 'arrows'],
    extension: 'arrows',
    // Loaded by the first who asks: 0.12 s and 21 MB that others do not need.
    createEncoder: async (head) => (await import('./arrow/arrow.ts')).createArrowEncoder(head),
  },
  {
    name: 'HTML',
    mediaType: 'text/html',
    charset: ';charset=utf-8',
    standardId: null,
    aliases: ['html'],
    extension: 'html',
    rowLimit: htmlRowLimit,
    createEncoder: createHtmlEncoder,
  },
];
