import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Cards = Readonly<Record<string, string | number>>;

/** FITS headers and data, as they may be and as they may not. */
function header(cards: Cards): string {
  const lines = Object.entries(cards).map(([keyword, value]) =>
    `${keyword.padEnd(8)}= ${String(value).padStart(20)}`.padEnd(80),
  );
  const text = [...lines, 'END'.padEnd(80)].join('');
  return text.padEnd(Math.ceil(text.length / 2880) * 2880);
}

const primary = header({ SIMPLE: 'T', BITPIX: 8, NAXIS: 0, EXTEND: 'T' });

/** A BINTABLE with one column of integers, three rows, and what is different. */
function table(changes: Cards, data = '\0\0\0\x01'.repeat(3)): Buffer {
  const cards = {
    XTENSION: "'BINTABLE'",
    BITPIX: 8,
    NAXIS: 2,
    NAXIS1: 4,
    NAXIS2: 3,
    PCOUNT: 0,
    GCOUNT: 1,
    TFIELDS: 1,
    TTYPE1: "'n'",
    TFORM1: "'J'",
    ...changes,
  };
  const padded = data.padEnd(Math.ceil(data.length / 2880) * 2880, '\0');
  return Buffer.from(primary + header(cards) + padded, 'latin1');
}

/** int32 numbers, big-endian. */
function ints(...values: readonly number[]): string {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeInt32BE(value, index * 4));
  return bytes.toString('latin1');
}

const file = readFileSync(join(import.meta.dirname, 'fits/many-rows.fits'));

/** FITS files, and what each is refused with, under the limits of `read-hostile.ts`. */
export const badFits: readonly (readonly [name: string, content: Buffer, message: string])[] = [
  [
    'one card of FITS',
    Buffer.from('SIMPLE  =                    T'),
    'it ends in the middle of a header.',
  ],
  [
    'FITS without a table',
    Buffer.from(primary),
    'it is a FITS file without a binary table (BINTABLE); it holds an image.',
  ],
  [
    'a FITS header without end',
    Buffer.from(header({ SIMPLE: 'T' }).replace('END', 'COM').repeat(1300)),
    'one of its headers has more than 3456000 bytes.',
  ],
  [
    'FITS of an image beyond its end',
    Buffer.from(header({ SIMPLE: 'T', BITPIX: 8, NAXIS: 2, NAXIS1: 99999, NAXIS2: 99999 })),
    'it ends in the middle of its data; the upload is not complete.',
  ],
  [
    'FITS of a thousand axes',
    Buffer.from(header({ SIMPLE: 'T', BITPIX: 8, NAXIS: 999_999_999 })),
    'its header says NAXIS = 999999999.',
  ],
  [
    'FITS with negative rows',
    table({ NAXIS2: -3 }),
    'its header says NAXIS2 = -3, where a whole number belongs.',
  ],
  [
    'FITS with rows in words',
    table({ NAXIS2: "'three'" }),
    "its header says NAXIS2 = 'three', where a whole number belongs.",
  ],
  [
    'FITS with a billion rows',
    table({ NAXIS2: 1_000_000_000 }),
    'it has more than 1000 rows, the most that this service takes.',
  ],
  [
    'FITS with a billion columns',
    table({ TFIELDS: 1_000_000_000 }),
    'it has more than 1000 columns, the most that this service takes.',
  ],
  ['FITS without columns', table({ TFIELDS: 0 }), 'its table has no columns.'],
  [
    'FITS with rows of a gigabyte',
    table({ NAXIS1: 1_000_000_000, TFORM1: "'250000000J'" }),
    'its rows have more than 5000000 bytes, the most that this service takes.',
  ],
  [
    'FITS with rows of nothing',
    table({ NAXIS1: 0, TFORM1: "'0J'" }),
    'its table has rows without any bytes.',
  ],
  [
    'FITS whose columns are longer than its rows',
    table({ TFORM1: "'2J'" }),
    'its header is wrong: the columns have 8 bytes together, the row 4.',
  ],
  [
    'FITS with a format of nowhere',
    table({ TFORM1: "'7Z'" }),
    "its header says TFORM1 = '7Z', which is no column format of FITS.",
  ],
  [
    'FITS without a format',
    table({ TFORM1: 4 }),
    "its header says TFORM1 = '', which is no column format of FITS.",
  ],
  [
    'FITS with a null of nowhere',
    table({ TNULL1: "'none'" }),
    "its header says TNULL1 = 'none', which is no whole number.",
  ],
  [
    'FITS with a scale of nowhere',
    table({ TSCAL1: 'NaN' }),
    'its header says TSCAL1 = NaN, which is no number.',
  ],
  [
    'FITS with fewer rows than it says',
    table({ NAXIS2: 800 }),
    'it ends in row 721 of 800; the upload is not complete.',
  ],
  [
    'FITS with a boolean of nowhere',
    table({ TFORM1: "'L'", NAXIS1: 1 }, 'TFX'),
    'row 3, column "n": the byte 88 is no boolean',
  ],
  [
    'FITS with a time of nowhere',
    table({ TFORM1: "'4A'", TXTYP1: "'timestamp'" }, 'noon'.repeat(3)),
    'row 1, column "n": "noon" is no timestamp; write it as 2021-06-30T12:34:56.789',
  ],
  [
    'FITS with an unsigned number of 64 bits',
    table({ TFORM1: "'K'", NAXIS1: 8, TZERO1: '9223372036854775808' }, '\0'.repeat(24)),
    'row 1, column "n": 9223372036854775808 is beyond the range of datatype long (64 bits)',
  ],
  [
    'FITS with an array beyond its heap',
    table({ TFORM1: "'PJ'", NAXIS1: 8, PCOUNT: 8 }, ints(3, 0, 1, 0, 1, 4, 7, 8)),
    'row 1, column "n": it claims 3 elements at byte 0 of the heap, which are not there',
  ],
  [
    'FITS with an array before its heap',
    table({ TFORM1: "'PJ'", NAXIS1: 8, PCOUNT: 8 }, ints(1, -8, 1, 0, 1, 4, 7, 8)),
    'row 1, column "n": it claims 1 elements at byte -8 of the heap, which are not there',
  ],
  [
    'FITS with an array of a negative length',
    table({ TFORM1: "'QJ'", NAXIS1: 16, NAXIS2: 1, PCOUNT: 8 }, ints(-1, -5, 0, 0, 7, 8)),
    'row 1, column "n": it claims -5 elements at byte 0 of the heap, which are not there',
  ],
  [
    'FITS with a heap that did not come',
    table({ TFORM1: "'PJ'", NAXIS1: 8, NAXIS2: 1, PCOUNT: 30_000 }, ints(7000, 0)),
    'it ends in the middle of its data; the upload is not complete.',
  ],
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((tenth): readonly [string, Buffer, string] => [
    `FITS cut off after ${String(tenth)}0 %`,
    file.subarray(0, Math.floor((file.length * tenth) / 10)),
    tenth === 1
      ? 'it ends in the middle of a header.'
      : 'it ends in the middle of its data; the upload is not complete.',
  ]),
];
