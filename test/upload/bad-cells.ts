import { binary, int } from './read-hostile.ts';

const ints = 'datatype="int" arraysize="*"';
export const atX = 'row 1, column "x": ';

/** Cells of TABLEDATA, and behind `atX` what they are refused with. */
export const badCells: readonly (readonly [field: string, cell: string, message: string])[] = [
  [int, 'abc', '"abc" is no whole number (datatype int)'],
  [int, '1.5', '"1.5" is no whole number (datatype int)'],
  [int, '1e3', '"1e3" is no whole number (datatype int)'],
  [int, '0x', '"0x" is no whole number (datatype int)'],
  [int, 'NaN', '"NaN" is no whole number (datatype int)'],
  [int, '--1', '"--1" is no whole number (datatype int)'],
  [int, '1 2', '"1 2" is no whole number (datatype int)'],
  [int, "1'; DROP", '"1\'; DROP" is no whole number (datatype int)'],
  [int, '2147483648', '2147483648 is beyond the range of datatype int (-2147483648 to 2147483647)'],
  [
    int,
    '0x1FFFFFFFF',
    '0x1FFFFFFFF is beyond the range of datatype int (-2147483648 to 2147483647)',
  ],
  ['datatype="short"', '-32769', '-32769 is beyond the range of datatype short (-32768 to 32767)'],
  ['datatype="unsignedByte"', '-1', '-1 is beyond the range of datatype unsignedByte (0 to 255)'],
  [
    'datatype="unsignedByte"',
    '0x100',
    '0x100 is beyond the range of datatype unsignedByte (0 to 255)',
  ],
  [
    'datatype="long"',
    '9223372036854775808',
    '9223372036854775808 is beyond the range of datatype long (64 bits)',
  ],
  [
    'datatype="long"',
    '9'.repeat(1001),
    `"${'9'.repeat(40)}..." is no whole number (datatype long)`,
  ],
  ['datatype="long"', '1.0', '"1.0" is no whole number (datatype long)'],
  ['datatype="float"', '1e39', '1e39 is beyond the range of datatype float'],
  ['datatype="double"', '1e309', '1e309 is beyond the range of datatype double'],
  ['datatype="double"', '1,5', '"1,5" is no number (datatype double)'],
  ['datatype="double"', '0x10', '"0x10" is no number (datatype double)'],
  ['datatype="double"', '1e', '"1e" is no number (datatype double)'],
  ['datatype="double"', 'null', '"null" is no number (datatype double)'],
  ['datatype="boolean"', 'yes', '"yes" is no boolean; write T or F'],
  ['datatype="boolean" arraysize="2"', 'T X', '"X" is no boolean; write T or F'],
  ['datatype="boolean" arraysize="2"', 'T', 'arraysize says 2 elements, here are 1'],
  ['datatype="bit"', '2', '"2" holds something else than the bits 0 and 1'],
  ['datatype="bit"', '01', 'arraysize says 1 elements, here are 2'],
  ['datatype="bit" arraysize="8"', '0101', 'arraysize says 8 elements, here are 4'],
  ['datatype="int" arraysize="3"', '1 2', 'arraysize says 3 elements, here are 2'],
  ['datatype="int" arraysize="3"', '1 2 3 4', 'arraysize says 3 elements, here are 4'],
  [
    'datatype="int" arraysize="2x*"',
    '1 2 3',
    'arraysize wants a multiple of 2 elements, here are 3',
  ],
  ['datatype="double" arraysize="2" xtype="point"', '1', 'arraysize says 2 elements, here are 1'],
  [
    'datatype="unsignedByte" arraysize="*"',
    '1 256',
    '256 is beyond the range of datatype unsignedByte (0 to 255)',
  ],
  ['datatype="floatComplex"', '1', 'a complex number is two numbers, here are 1'],
  ['datatype="doubleComplex" arraysize="2"', '1 2', 'arraysize says 2 elements, here are 1'],
  [
    'datatype="char" arraysize="*" xtype="timestamp"',
    'yesterday',
    '"yesterday" is no timestamp; write it as 2021-06-30T12:34:56.789',
  ],
  [
    'datatype="char" arraysize="*" xtype="timestamp"',
    '2021-02-29',
    '"2021-02-29" is no timestamp; write it as 2021-06-30T12:34:56.789',
  ],
  [
    'datatype="char" arraysize="*" xtype="timestamp"',
    '2021-01-01T25:00:00',
    '"2021-01-01T25:00:00" is no timestamp; write it as 2021-06-30T12:34:56.789',
  ],
  [
    'datatype="char" arraysize="*" xtype="timestamp"',
    '2021-13-01',
    '"2021-13-01" is no timestamp; write it as 2021-06-30T12:34:56.789',
  ],
  [
    'datatype="char" arraysize="*" xtype="timestamp"',
    '0000-01-01',
    '"0000-01-01" is no timestamp; write it as 2021-06-30T12:34:56.789',
  ],
];

const claims = (count: string): string =>
  `${atX}it claims to hold ${count} elements; the stream is damaged, or not as the FIELDs say`;

/** BINARY documents, and what they are refused with. */
export const badStreams: readonly (readonly [name: string, content: string, message: string])[] = [
  ['a count beyond all memory', binary(ints, [0x7f, 0xff, 0xff, 0xff, 1]), claims('2147483647')],
  ['a negative count', binary(ints, [0xff, 0xff, 0xff, 0xff, 1]), claims('-1')],
  [
    'a count beyond the stream',
    binary(ints, [0, 0, 0, 9, 0, 0, 0, 1]),
    'its STREAM ends in the middle of row 1; the upload is not complete, or not as the FIELDs say.',
  ],
  [
    'half a row',
    binary(int, [0, 0, 0, 1, 0, 0]),
    'its STREAM ends in the middle of row 2; the upload is not complete, or not as the FIELDs say.',
  ],
  [
    'half a count',
    binary(ints, [0, 0]),
    'its STREAM ends in the middle of row 1; the upload is not complete, or not as the FIELDs say.',
  ],
  [
    'a count against the dimensions',
    binary('datatype="unsignedByte" arraysize="2x*"', [0, 0, 0, 1, 9]),
    `${atX}arraysize wants a multiple of 2 elements, here are 1`,
  ],
  [
    'a byte that is no boolean',
    binary('datatype="boolean"', [0x58]),
    `${atX}the byte 88 is no boolean`,
  ],
  [
    'a timestamp that is none',
    binary('datatype="char" arraysize="4" xtype="timestamp"', [0x41, 0x42, 0x43, 0x44]),
    `${atX}"ABCD" is no timestamp; write it as 2021-06-30T12:34:56.789`,
  ],
  [
    'bytes for no field',
    binary('datatype="char" arraysize="0"', [1]),
    'its STREAM has content, but its FIELDs have no bytes.',
  ],
  [
    'characters that are not base64',
    binary(int, 'AAAA!AAA'),
    'its STREAM holds characters that are not base64.',
  ],
  [
    'entities in base64',
    binary(int, 'AAAA&amp;AAA'),
    'its STREAM holds characters that are not base64.',
  ],
  [
    'base64 behind its padding',
    binary(int, 'AAAAAQ==\nAAAAAQ=='),
    'its STREAM holds characters that are not base64.',
  ],
  [
    'base64 cut off',
    binary(int, 'AAAAA'),
    'the base64 of its STREAM is cut off; the upload is not complete.',
  ],
];
