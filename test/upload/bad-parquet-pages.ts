import { gzipSync } from 'node:zlib';
import {
  dataPage,
  dictionaryPage,
  i32,
  int32,
  levels,
  optional,
  parquetFile,
  text,
  varint,
} from './parquet-file.ts';

const damagedFrom = (row: number): string =>
  `its column "n" is damaged at row ${String(row)}, or not as its metadata say.`;
const fourBytes = Buffer.from([1, 0, 0, 0]);
const page = (bytes: readonly number[], values = 2): Buffer =>
  dataPage({ bytes: Buffer.from(bytes), values });
/** RLE: two billion times the same. */
const endlessRun = [0xfe, 0xff, 0xff, 0xff, 0x0f, 1];

/** Files whose pages are not what their headers say, and what each is refused with. */
export const badPages: readonly (readonly [name: string, content: Buffer, message: string])[] = [
  [
    'a Parquet page in an encoding of nowhere',
    parquetFile({ pages: [dataPage({ encoding: 99 })] }),
    damagedFrom(1),
  ],
  [
    'a Parquet page with fewer values',
    parquetFile({ pages: [page([1, 0, 0, 0])] }),
    damagedFrom(2),
  ],
  [
    'a Parquet page with more values',
    parquetFile({ pages: [dataPage({ values: 3 })] }),
    damagedFrom(1),
  ],
  ['Parquet with too few pages', parquetFile({ rows: 3, values: 2 }), damagedFrom(3)],
  [
    'a Parquet page beyond its chunk',
    parquetFile({ pages: [dataPage({ compressed: 1_000_000 })] }),
    damagedFrom(1),
  ],
  [
    'a Parquet page of a negative length',
    parquetFile({ pages: [dataPage({ compressed: -8 })] }),
    damagedFrom(1),
  ],
  [
    'a Parquet page that unpacks to two gigabytes',
    parquetFile({ codec: 1, pages: [dataPage({ uncompressed: 2_000_000_000 })] }),
    'its pages are too large to be read side by side; write it with smaller pages, or fewer columns.',
  ],
  [
    'a snappy page that runs backwards',
    parquetFile({
      codec: 1,
      pages: [dataPage({ bytes: Buffer.from([8, 0xfc, 0xfb, 0xff, 0xff, 0xff]), uncompressed: 8 })],
    }),
    damagedFrom(1),
  ],
  [
    'a snappy page that copies what is not there',
    parquetFile({
      codec: 1,
      pages: [dataPage({ bytes: Buffer.from([8, 0x1d, 0xff]), uncompressed: 8 })],
    }),
    damagedFrom(1),
  ],
  [
    'a snappy page of noise',
    parquetFile({
      codec: 1,
      pages: [dataPage({ bytes: Buffer.alloc(100, 0xff), uncompressed: 8 })],
    }),
    damagedFrom(1),
  ],
  [
    'a gzip page that unpacks to more',
    parquetFile({
      codec: 2,
      pages: [dataPage({ bytes: gzipSync(Buffer.alloc(10_000_000)), uncompressed: 8 })],
    }),
    damagedFrom(1),
  ],
  [
    'a gzip page of noise',
    parquetFile({ codec: 2, pages: [dataPage({ bytes: Buffer.alloc(20, 7), uncompressed: 8 })] }),
    damagedFrom(1),
  ],
  [
    'a brotli page of noise',
    parquetFile({ codec: 4, pages: [dataPage({ bytes: Buffer.alloc(20, 7), uncompressed: 8 })] }),
    damagedFrom(1),
  ],
  [
    'an LZ4 page of noise',
    parquetFile({
      codec: 7,
      pages: [dataPage({ bytes: Buffer.alloc(20, 0xff), uncompressed: 8 })],
    }),
    damagedFrom(1),
  ],
  [
    'a Parquet page header of noise',
    parquetFile({ pages: [Buffer.alloc(50, 0xff)] }),
    damagedFrom(1),
  ],
  [
    'a Parquet page header cut off',
    parquetFile({ pages: [dataPage({}).subarray(0, 5)] }),
    damagedFrom(1),
  ],
  [
    'Parquet levels without their length',
    parquetFile({ element: { ...int32, ...optional }, pages: [page([2, 0])] }),
    damagedFrom(1),
  ],
  [
    'Parquet levels beyond their page',
    parquetFile({ element: { ...int32, ...optional }, pages: [page([200, 0, 0, 0, 4, 1])] }),
    damagedFrom(1),
  ],
  [
    'a run of two billion in Parquet levels',
    parquetFile({
      element: { ...int32, ...optional },
      pages: [dataPage({ bytes: Buffer.concat([levels(endlessRun), fourBytes]) })],
    }),
    damagedFrom(2),
  ],
  [
    'Parquet levels of empty runs',
    parquetFile({
      element: { ...int32, ...optional },
      pages: [dataPage({ bytes: levels(Buffer.alloc(1_000_000)) })],
    }),
    damagedFrom(1),
  ],
  [
    'a Parquet dictionary that is not there',
    parquetFile({ pages: [dataPage({ encoding: 8 })] }),
    damagedFrom(1),
  ],
  [
    'a Parquet dictionary shorter than it says',
    parquetFile({ pages: [dictionaryPage(fourBytes, 1_000_000_000), dataPage({ encoding: 8 })] }),
    damagedFrom(1),
  ],
  [
    'a Parquet index beyond its dictionary',
    parquetFile({
      pages: [
        dictionaryPage(fourBytes, 1),
        dataPage({ encoding: 8, bytes: Buffer.from([8, 4, 9]) }),
      ],
    }),
    damagedFrom(1),
  ],
  [
    'a Parquet index of 200 bits',
    parquetFile({
      pages: [
        dictionaryPage(fourBytes, 1),
        dataPage({ encoding: 8, bytes: Buffer.from([200, 4, 9]) }),
      ],
    }),
    damagedFrom(1),
  ],
  [
    'a Parquet text beyond its page',
    parquetFile({ element: text, pages: [page([255, 255, 255, 127, 65])] }),
    damagedFrom(1),
  ],
  [
    'a Parquet text that is not UTF-8',
    parquetFile({ element: text, pages: [page([1, 0, 0, 0, 0xff, 0, 0, 0, 0])] }),
    'row 1, column "n": it is not the UTF-8 text that it should be',
  ],
  [
    'a Parquet text with a NUL',
    parquetFile({ element: text, pages: [page([1, 0, 0, 0, 0, 0, 0, 0, 0])] }),
    'row 1, column "n": text with a NUL character cannot be stored',
  ],
  [
    'Parquet differences of a billion values',
    parquetFile({
      pages: [
        dataPage({
          encoding: 5,
          bytes: Buffer.concat([varint(128), varint(4), varint(1_000_000_000), varint(0)]),
        }),
      ],
    }),
    damagedFrom(1),
  ],
  [
    'Parquet differences in blocks of nothing',
    parquetFile({ pages: [dataPage({ encoding: 5, bytes: Buffer.from([0, 0, 2, 0]) })] }),
    damagedFrom(1),
  ],
  [
    'Parquet differences of 255 bits',
    parquetFile({
      pages: [
        dataPage({ encoding: 5, bytes: Buffer.from([128, 1, 4, 2, 0, 0, 255, 255, 255, 255]) }),
      ],
    }),
    damagedFrom(2),
  ],
  [
    'a Parquet column of 0 bytes a value',
    parquetFile({ element: { 1: i32(7), 2: i32(0) } }),
    damagedFrom(1),
  ],
  [
    'a Parquet day beyond all calendars',
    parquetFile({
      element: { ...int32, 6: i32(6) },
      pages: [page([255, 255, 255, 127, 0, 0, 0, 0])],
    }),
    'row 1, column "n": its time is outside of the years 1 to 9999',
  ],
  [
    'a Parquet byte of 1000',
    parquetFile({ element: { ...int32, 6: i32(11) }, pages: [page([232, 3, 0, 0, 0, 0, 0, 0])] }),
    'row 1, column "n": 1000 is beyond the range of its type (0 to 255)',
  ],
];
