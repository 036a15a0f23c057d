import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { badPages } from './bad-parquet-pages.ts';
import {
  binary,
  i32,
  int32,
  list,
  parquetFile,
  struct,
  varint,
  withFooter,
} from './parquet-file.ts';

const file = readFileSync(join(import.meta.dirname, 'parquet/snappy.parquet'));
const footerTooLarge =
  'its footer is larger than this service takes; write it with larger row groups.';
const damagedMetadata = 'its Parquet metadata are damaged.';
const nested = (kind: string): string =>
  `its column "s" is nested (${kind}); send columns of single values or lists of numbers.`;

/** Parquet files, and what each is refused with, under the limits of `read-hostile.ts`. */
export const badParquet: readonly (readonly [name: string, content: Buffer, message: string])[] = [
  [
    'four letters of Parquet',
    Buffer.from('PAR1'),
    'it is a Parquet file without its end; it is not complete.',
  ],
  ['Parquet twice four letters', Buffer.from('PAR1PAR1'), footerTooLarge],
  [
    'Parquet without its end',
    parquetFile({}).subarray(0, -4),
    'it is a Parquet file without its end; it is not complete.',
  ],
  [
    'encrypted Parquet',
    Buffer.from('PAR1....PARE'),
    'it is an encrypted Parquet file; send it in the clear.',
  ],
  [
    'a Parquet footer beyond the file',
    withFooter(Buffer.alloc(0), Buffer.alloc(10), 1000),
    damagedMetadata,
  ],
  [
    'a Parquet footer of a gigabyte',
    withFooter(Buffer.alloc(0), Buffer.alloc(10), 1_000_000_000),
    footerTooLarge,
  ],
  [
    'a Parquet footer of noise',
    withFooter(Buffer.alloc(0), Buffer.alloc(1000, 0x5c)),
    damagedMetadata,
  ],
  [
    'a Parquet footer of nothing',
    withFooter(Buffer.alloc(0), Buffer.alloc(1)),
    'its Parquet schema is damaged.',
  ],
  [
    'a Parquet footer of structs in structs',
    withFooter(Buffer.alloc(0), Buffer.alloc(1_000_000, 0x1c)),
    damagedMetadata,
  ],
  [
    'a Parquet footer of a million empty structs',
    withFooter(
      Buffer.alloc(0),
      Buffer.concat([Buffer.from([0x29, 0xfc]), varint(4_000_000), Buffer.alloc(4_000_000)]),
    ),
    footerTooLarge,
  ],
  [
    'a Parquet number of a million bytes',
    withFooter(
      Buffer.alloc(0),
      Buffer.concat([Buffer.from([0x15]), Buffer.alloc(1_000_000, 0xff)]),
    ),
    damagedMetadata,
  ],
  [
    'a Parquet list that claims a billion',
    parquetFile({ footer: { 4: list([], 1_000_000_000) } }),
    damagedMetadata,
  ],
  [
    'a Parquet schema that claims a billion columns',
    parquetFile({ footer: { 2: list([struct({ 4: binary('root'), 5: i32(1_000_000_000) })]) } }),
    'its Parquet schema is damaged.',
  ],
  [
    'Parquet with a billion rows',
    parquetFile({ rows: 1_000_000_000 }),
    'it has more than 1000 rows, the most that this service takes.',
  ],
  ['Parquet with negative rows', parquetFile({ rows: -1 }), damagedMetadata],
  [
    'Parquet with other rows in its groups',
    parquetFile({ footer: { 3: i32(5) } }),
    damagedMetadata,
  ],
  [
    'Parquet with 1001 columns',
    parquetFile({
      schema: Array.from({ length: 1001 }, (_, n) =>
        struct({ ...int32, 4: binary(`n${String(n)}`) }),
      ),
    }),
    'it has more than 1000 columns, the most that this service takes.',
  ],
  [
    'Parquet with a column without data',
    parquetFile({ schema: ['a', 'b'].map((name) => struct({ ...int32, 4: binary(name) })) }),
    damagedMetadata,
  ],
  [
    'Parquet with its data elsewhere',
    parquetFile({ column: { 1: binary('/etc/passwd'), 2: i32(4) } }),
    'its data are in another file; send them in one.',
  ],
  [
    'Parquet with a chunk beyond the file',
    parquetFile({ chunk: { 7: i32(1_000_000) } }),
    damagedMetadata,
  ],
  ['Parquet with a chunk before the file', parquetFile({ chunk: { 9: i32(-4) } }), damagedMetadata],
  [
    'Parquet in a codec of nowhere',
    parquetFile({ codec: 77 }),
    'it is compressed by codec 77, which is not read here; write it with snappy, gzip, brotli, LZ4_RAW or uncompressed.',
  ],
  [
    'Parquet in LZO',
    parquetFile({ codec: 3 }),
    'it is compressed by LZO, which is not read here; write it with snappy, gzip, brotli, LZ4_RAW or uncompressed.',
  ],
  [
    'Parquet structs in structs',
    parquetFile({
      footer: {
        2: list([
          struct({ 4: binary('root'), 5: i32(1) }),
          struct({ 4: binary('s'), 5: i32(1) }),
          struct({ ...int32, 4: binary('n') }),
        ]),
      },
    }),
    nested('a struct'),
  ],
  [
    'VOTable metadata with a billion laughs',
    parquetFile({
      footer: {
        5: list([
          struct({
            1: binary('IVOA.VOTable-Parquet.content'),
            2: binary('<!DOCTYPE lolz [<!ENTITY lol "lol">]><VOTABLE>&lol;</VOTABLE>'),
          }),
        ]),
      },
    }),
    'its VOTable metadata cannot be used: it has a DOCTYPE, which is not read here; remove that line.',
  ],
  ...badPages,
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((tenth): readonly [string, Buffer, string] => [
    `Parquet cut off after ${String(tenth)}0 %`,
    file.subarray(0, Math.floor((file.length * tenth) / 10)),
    'it is a Parquet file without its end; it is not complete.',
  ]),
];
