import { gzipSync } from 'node:zlib';
import { binary, int, tabledata, votable } from './read-hostile.ts';

const deep = (levels: number): string => '<RESOURCE>'.repeat(levels);
const doctype = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>`;
const fieldsOf = (count: number): string =>
  Array.from({ length: count }, (_, index) => `<FIELD name="f${String(index)}" ${int}/>`).join('');

/** What each is refused with, under the limits of `read-hostile.ts`. */
export const badDocuments: readonly (readonly [
  name: string,
  content: string | Buffer,
  message: string,
])[] = [
  ['nothing', '', 'it is empty.'],
  [
    'a billion laughs',
    `${doctype}<VOTABLE>&lol2;</VOTABLE>`,
    'it has a DOCTYPE, which is not read here; remove that line.',
  ],
  [
    'an external entity',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><VOTABLE>&x;</VOTABLE>',
    'it has a DOCTYPE, which is not read here; remove that line.',
  ],
  [
    'an unknown entity',
    '<VOTABLE>&lol;</VOTABLE>',
    'it is not well-formed XML (line 1, column 14): undefined entity. Is it complete, and a VOTable?',
  ],
  ['a depth bomb', `<VOTABLE>${deep(100_000)}`, 'its elements are nested more than 64 deep.'],
  [
    'a tag of attributes',
    `<VOTABLE ${Array.from({ length: 101 }, (_, index) => `x${String(index)}=""`).join(' ')}/>`,
    'a tag of it has more than 100 attributes.',
  ],
  ['other XML', '<kml><Document/></kml>', 'it is XML, but no VOTable: its first element is kml.'],
  ['a web page', '<html><body>404</body></html>', 'it is an HTML page, not a table.'],
  ['no table', '<VOTABLE><RESOURCE/></VOTABLE>', 'it holds no TABLE with FIELDs.'],
  [
    'only service descriptions',
    '<VOTABLE><RESOURCE type="meta"><TABLE><FIELD name="a" datatype="int"/></TABLE></RESOURCE></VOTABLE>',
    'it holds no TABLE with FIELDs.',
  ],
  ['data without fields', votable('', '<TABLEDATA/>'), 'its TABLE has data but no FIELD.'],
  [
    'fields elsewhere',
    '<VOTABLE><RESOURCE><TABLE ref="t"><DATA><TABLEDATA/></DATA></TABLE></RESOURCE></VOTABLE>',
    'its TABLE takes its FIELDs from another one (ref), which is not read here; repeat the FIELDs.',
  ],
  [
    'data in FITS',
    votable(`<FIELD name="x" ${int}/>`, '<FITS><STREAM href="x.fits"/></FITS>'),
    'its data are written as FITS; only TABLEDATA, BINARY and BINARY2 are read here.',
  ],
  [
    'data in a file of ours',
    votable(`<FIELD name="x" ${int}/>`, '<BINARY><STREAM href="file:///etc/passwd"/></BINARY>'),
    'its data are elsewhere (STREAM with href); send them inside the document.',
  ],
  [
    'a compressed stream',
    votable(`<FIELD name="x" ${int}/>`, '<BINARY><STREAM encoding="gzip">x</STREAM></BINARY>'),
    'its STREAM has encoding="gzip"; only base64 is read here.',
  ],
  [
    '100,000 columns',
    votable(fieldsOf(100_000), '<TABLEDATA/>'),
    'it has more than 1000 columns, the most that this service takes.',
  ],
  [
    '1001 rows',
    votable(
      `<FIELD name="x" ${int}/>`,
      `<TABLEDATA>${'<TR><TD>1</TD></TR>'.repeat(1001)}</TABLEDATA>`,
    ),
    'it has more than 1000 rows, the most that this service takes.',
  ],
  [
    'a cell too many',
    votable(`<FIELD name="x" ${int}/>`, '<TABLEDATA><TR><TD>1</TD><TD>2</TD></TR></TABLEDATA>'),
    'row 1: it has more cells than the table has FIELDs (1)',
  ],
  [
    'a row in a row',
    votable(`<FIELD name="x" ${int}/>`, '<TABLEDATA><TR><TR/></TR></TABLEDATA>'),
    'row 1: a TR stands inside another',
  ],
  [
    'a cell outside of a row',
    votable(`<FIELD name="x" ${int}/>`, '<TABLEDATA><TD>1</TD></TABLEDATA>'),
    'row 1: a TD stands outside of a TR',
  ],
  [
    'a cell in a cell',
    votable(`<FIELD name="x" ${int}/>`, '<TABLEDATA><TR><TD>1<TD>2</TD></TD></TR></TABLEDATA>'),
    'row 1: a TD stands outside of a TR',
  ],
  [
    'text outside of cells',
    votable(`<FIELD name="x" ${int}/>`, '<TABLEDATA><TR>5</TR></TABLEDATA>'),
    'row 1: the text "5" stands outside of a TD',
  ],
  [
    'a cell in base64',
    votable(
      `<FIELD name="x" ${int}/>`,
      '<TABLEDATA><TR><TD encoding="base64">AAAA</TD></TR></TABLEDATA>',
    ),
    'row 1: TD with an encoding is not read here; write the value as text',
  ],
  [
    'no datatype',
    votable('<FIELD name="x"/>', '<TABLEDATA/>'),
    'FIELD 1 ("x"): it has no datatype.',
  ],
  [
    'an unknown datatype',
    votable('<FIELD name="x" datatype="string"/>', '<TABLEDATA/>'),
    'FIELD 1 ("x"): datatype="string" is none of VOTable; use one of boolean, bit, unsignedByte, short, int, long, float, double, floatComplex, doubleComplex, char, unicodeChar.',
  ],
  [
    'an arraysize that is none',
    tabledata('datatype="int" arraysize="-3"', '1'),
    'FIELD 1 ("x"): arraysize="-3" is none; write a number, *, or dimensions like 3x2 or 3x*.',
  ],
  [
    'an arraysize open in the middle',
    tabledata('datatype="int" arraysize="*x3"', '1'),
    'FIELD 1 ("x"): arraysize="*x3" is none; write a number, *, or dimensions like 3x2 or 3x*.',
  ],
  [
    'an arraysize beyond all memory',
    binary('datatype="double" arraysize="999999999x999999999"', [1]),
    'FIELD 1 ("x"): arraysize="999999999x999999999" makes cells larger than this service takes.',
  ],
  [
    'a cell beyond its limit',
    tabledata('datatype="char" arraysize="*"', 'x'.repeat(11_000_000)),
    'a single text or tag in it has more than 5000000 characters, the most that this service takes.',
  ],
  [
    'a row beyond its limit',
    votable(
      ['a', 'b', 'c']
        .map((name) => `<FIELD name="${name}" datatype="char" arraysize="*"/>`)
        .join(''),
      `<TABLEDATA><TR>${`<TD>${'x'.repeat(2_000_000)}</TD>`.repeat(3)}</TR></TABLEDATA>`,
    ),
    'row 1 has more than 5000000 bytes, the most that this service takes.',
  ],
  [
    'a tag beyond its limit',
    `<VOTABLE a="${'x'.repeat(11_000_000)}"/>`,
    'a single text or tag in it has more than 5000000 characters, the most that this service takes.',
  ],
  [
    'a comment beyond its limit',
    `<VOTABLE><!--${'x'.repeat(11_000_000)}--></VOTABLE>`,
    'a single text or tag in it has more than 5000000 characters, the most that this service takes.',
  ],
  [
    'a NUL in a cell',
    tabledata('datatype="char" arraysize="*"', 'a\0b'),
    'it is not well-formed XML (line 1, column 114): disallowed character. Is it complete, and a VOTable?',
  ],
  [
    'a NUL as a reference',
    tabledata('datatype="char" arraysize="*"', '&#0;'),
    'it is not well-formed XML (line 1, column 116): malformed character entity. Is it complete, and a VOTable?',
  ],
  [
    'half a surrogate',
    tabledata('datatype="char" arraysize="*"', '&#xD800;'),
    'it is not well-formed XML (line 1, column 120): malformed character entity. Is it complete, and a VOTable?',
  ],
  [
    'bytes that are not UTF-8',
    Buffer.from(tabledata('datatype="char" arraysize="*"', 'caf\u00e9'), 'latin1'),
    'it is not the utf-8 text that it should be.',
  ],
  [
    'an encoding of nowhere',
    '<?xml version="1.0" encoding="klingon"?><VOTABLE/>',
    'its encoding "klingon" is not known here; use UTF-8.',
  ],
  [
    'an attribute given twice',
    '<VOTABLE a="1" a="2"/>',
    'it is not well-formed XML (line 1, column 22): duplicate attribute: a. Is it complete, and a VOTable?',
  ],
  [
    'a tag left open',
    '<VOTABLE><RESOURCE></VOTABLE>',
    'it is not well-formed XML (line 1, column 29): unexpected close tag. Is it complete, and a VOTable?',
  ],
  [
    'two documents',
    '<VOTABLE/><VOTABLE/>',
    'it is not well-formed XML (line 1, column 19): documents may contain only one root. Is it complete, and a VOTable?',
  ],
  ['a zip file', 'PK\x03\x04', 'it is a zip file; send a VOTable, FITS, Parquet, CSV or TSV.'],
  [
    'some program',
    Buffer.from('\x7fELF\x02\x01\x01\0\0\0', 'latin1'),
    'its format is not known here; send a VOTable, FITS, Parquet, CSV or TSV.',
  ],
  [
    'damaged gzip',
    Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(50, 7)]),
    'its gzip is damaged or cut off.',
  ],
  [
    'gzip cut off',
    gzipSync(tabledata(int, '1')).subarray(0, 60),
    'its gzip is damaged or cut off.',
  ],
  [
    'gzip in gzip',
    gzipSync(gzipSync(tabledata(int, '1'))),
    'its format is not known here; send a VOTable, FITS, Parquet, CSV or TSV.',
  ],
  [
    'a gzip bomb',
    gzipSync(
      votable(
        `<FIELD name="x" ${int}/>`,
        `<TABLEDATA>${`<TR><TD>1</TD></TR>${' '.repeat(1_000_000)}`.repeat(30)}</TABLEDATA>`,
      ),
    ),
    'its gzip unpacks to far more than any table would.',
  ],
  ['CSV without names', '\n\n', 'it has no header line with the names of the columns.'],
  ['CSV with a row too long', 'a,b\n1,2\n1,2,3\n', 'row 2 has 3 cells, but the header has 2.'],
  ['CSV with a row too short', 'a,b\n1\n', 'row 1 has 1 cells, but the header has 2.'],
  ['CSV with a quote left open', 'a,b\n1,"2\n3,4\n', 'a quote is never closed: 1,"2 3,4 '],
  [
    'CSV with a quote in a cell',
    'a,b\n1,2"3"\n',
    'a quote stands inside a cell: 1,2"3"; put the whole cell in quotes and write the quotes in it twice.',
  ],
  [
    'CSV with 1001 columns',
    `${'a,'.repeat(1000)}a\n`,
    'it has more than 1000 columns, the most that this service takes.',
  ],
  [
    'CSV with 1001 rows',
    `a,b\n${'1,2\n'.repeat(1001)}`,
    'it has more than 1000 rows, the most that this service takes.',
  ],
  [
    'CSV with a line without end',
    'x'.repeat(11_000_000),
    'a line has more than 5000000 characters, the most that this service takes.',
  ],
  [
    'CSV with a long cell in quotes',
    `a\n"${'x\n'.repeat(2_499_990)}"\n,\n`,
    'row 2 has 2 cells, but the header has 1.',
  ],
  [
    'CSV with a NUL',
    // So far behind that the format was told by then.
    `a,b\n${`1,${'2'.repeat(100)}\n`.repeat(900)}1,\0\n`,
    'row 901, column "b": text with a NUL character cannot be stored',
  ],
];
