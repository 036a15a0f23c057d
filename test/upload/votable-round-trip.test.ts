import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { runWithUploads, tableLines, type Content } from './run-with-uploads.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ content: 'schema' });
});
afterAll(() => database.drop());

/** `SELECT *`: what comes back. */
async function roundTrip(content: Content): Promise<readonly string[]> {
  const query = 'SELECT * FROM TAP_UPLOAD.t';
  return tableLines(await runWithUploads(database, { tables: { t: content }, query }));
}

function votable(fields: string, data: string, version = '1.4'): string {
  return `<?xml version="1.0"?>
<VOTABLE xmlns="http://www.ivoa.net/xml/VOTable/v1.3" version="${version}">
<RESOURCE type="results"><TABLE>${fields}<DATA>${data}</DATA></TABLE></RESOURCE>
</VOTABLE>`;
}

const vectorFields = `<FIELD name="aString" datatype="char" arraysize="10"/>
<FIELD name="aShort" datatype="short"><VALUES null="99"/></FIELD>
<FIELD name="varInts" datatype="int" arraysize="*"/>
<FIELD name="Floats" datatype="float" arraysize="3"/>`;

const vectorLines = [
  '<FIELD name="aString" datatype="char" arraysize="10"/>',
  '<FIELD name="aShort" datatype="short"/>',
  '<FIELD name="varInts" datatype="int" arraysize="*"/>',
  '<FIELD name="Floats" datatype="float" arraysize="3"/>',
  '<TR><TD>Apple</TD><TD></TD><TD>1 2 4 8 16</TD><TD>1.62 4.56 3.44</TD></TR>',
  '<TR><TD>Orange</TD><TD>15</TD><TD>23 -11 9</TD><TD>2.33 4.66 9.53</TD></TR>',
];

test('BINARY with a null value of the FIELD', async () => {
  const lines = await roundTrip(
    votable(
      vectorFields,
      `<BINARY><STREAM encoding="base64">
QXBwbGUAAAAAAABjAAAABQAAAAEAAAACAAAABAAAAAgAAAAQP89cKUCR64VAXCj2
T3JhbmdlAAAAAAAPAAAAAwAAABf////1AAAACUAVHrhAlR64QRh64Q==
</STREAM></BINARY>`,
      '1.2',
    ),
  );
  expect(lines).toEqual(vectorLines);
});

test('BINARY2 with its null flags', async () => {
  const lines = await roundTrip(
    votable(
      vectorFields,
      `<BINARY2><STREAM encoding="base64">QEFwcGxlAAAAAAAAAAAAAAUAAAABAAAAAgAAAAQAAAAIAAAAED/P
XClAkeuFQFwo9gBPcmFuZ2UAAAAAAA8AAAADAAAAF/////UAAAAJQBUeuECVHrhBGHrh</STREAM></BINARY2>`,
    ),
  );
  expect(lines).toEqual(vectorLines);
});

const manyTypes = `<FIELD name="b" datatype="boolean"/><FIELD name="bits" datatype="bit" arraysize="3"/>
<FIELD name="u" datatype="unsignedByte"/><FIELD name="l" datatype="long"/>
<FIELD name="d" datatype="double"/><FIELD name="c" datatype="char" arraysize="*"/>
<FIELD name="uc" datatype="unicodeChar" arraysize="*"/>
<FIELD name="p" datatype="double" arraysize="2" xtype="point"/><FIELD name="i" datatype="int"/>`;

test('BINARY2 of many types, with nulls and an empty text', async () => {
  const stream = 'CIBUoP8AIAAAAAAAAX/4AAAAAAAAAAAAAAAAAAIAQQDpP/gAAAAAAADAAgAAAAAAAAAAAAA=';
  const data = `<BINARY2><STREAM encoding="base64">${stream}</STREAM></BINARY2>`;
  const lines = await roundTrip(votable(manyTypes, data));
  expect(lines.slice(9)).toEqual([
    '<TR><TD>T</TD><TD>1 0 1</TD><TD>255</TD><TD>9007199254740993</TD><TD></TD><TD></TD>' +
      '<TD>A\u00e9</TD><TD>1.5 -2.25</TD><TD></TD></TR>',
  ]);
});

test('TABLEDATA of every datatype gives back values and FIELDs', async () => {
  const fields = [
    '<FIELD name="flag" datatype="boolean"/>',
    '<FIELD name="flags" datatype="boolean" arraysize="*"/>',
    '<FIELD name="bit" datatype="bit"/>',
    '<FIELD name="bits" datatype="bit" arraysize="4"/>',
    '<FIELD name="byte" datatype="unsignedByte"/>',
    '<FIELD name="bytes" datatype="unsignedByte" arraysize="*"/>',
    '<FIELD name="short" datatype="short"/>',
    '<FIELD name="int" datatype="int" unit="s" ucd="meta.number" utype="a:b.c"><DESCRIPTION>How &lt; many</DESCRIPTION></FIELD>',
    '<FIELD name="long" datatype="long"/>',
    '<FIELD name="longs" datatype="long" arraysize="2x*"/>',
    '<FIELD name="float" datatype="float" unit="mag"/>',
    '<FIELD name="double" datatype="double"/>',
    '<FIELD name="grid" datatype="double" arraysize="2x3"/>',
    '<FIELD name="fc" datatype="floatComplex"/>',
    '<FIELD name="dcs" datatype="doubleComplex" arraysize="2"/>',
    '<FIELD name="one" datatype="char"/>',
    '<FIELD name="text" datatype="char" arraysize="12*"/>',
    '<FIELD name="unicode" datatype="unicodeChar" arraysize="*"/>',
    '<FIELD name="texts" datatype="char" arraysize="3x*"/>',
    '<FIELD name="when" datatype="char" arraysize="*" xtype="timestamp"/>',
    '<FIELD name="old when" datatype="char" arraysize="19" xtype="adql:TIMESTAMP"/>',
    '<FIELD name="at" datatype="double" arraysize="2" xtype="point" unit="deg"/>',
    '<FIELD name="around" datatype="double" arraysize="3" xtype="circle"/>',
    '<FIELD name="within" datatype="float" arraysize="*" xtype="polygon"/>',
    '<FIELD name="range" datatype="int" arraysize="2" xtype="interval"/>',
    '<FIELD name="region" datatype="char" arraysize="*" xtype="adql:REGION"/>',
    '<FIELD name="select" datatype="int"/>',
  ];
  const cells = [
    'T',
    'T F ?',
    '1',
    '0 1 0 1',
    '255',
    '0 128 255',
    '-32768',
    '2147483647',
    '-9223372036854775808',
    '1 2 3 4',
    '1.1',
    '1.7976931348623157e+308',
    '1 2.5 NaN +Inf -Inf -0',
    '1 -2',
    '1.5 2 3 4',
    'x',
    ' a &amp; b ',
    'A\u00e9\u4e2d\u{1f600}',
    'abcde ',
    '2021-02-28T23:59:59.123456',
    '1999-12-31T00:00:00',
    '12.5 -45',
    '0 90 0.1',
    '1 2 3 4 5 6',
    '-5 7',
    'CIRCLE ICRS 1 2 3',
    '7',
  ];
  const row = `<TR>${cells.map((cell) => `<TD>${cell}</TD>`).join('')}</TR>`;
  const nulls = `<TR>${cells.map(() => '<TD></TD>').join('')}</TR>`;
  const content = votable(fields.join(''), `<TABLEDATA>${row}${nulls}</TABLEDATA>`);
  expect(await roundTrip(content)).toEqual([...fields, row, nulls]);
});

test('what TABLEDATA may also look like is understood', async () => {
  const fields = `<FIELD ID="only_id" datatype="int"><VALUES null="-99"/></FIELD>
<FIELD name="b" datatype="boolean" arraysize="1"/><FIELD datatype="double"/>
<FIELD name="c" datatype="char" arraysize="*"><VALUES null="--"/></FIELD>
<FIELD name="a" datatype="short" arraysize="*"/>`;
  const rows = `<TR><TD> 0xFFFFFFFF </TD><TD>true</TD><TD> +1.5D2 </TD><TD><![CDATA[<&>]]></TD><TD> 1
 2 </TD></TR><TR ID="r2"><TD>-99</TD><TD>?</TD><TD>infinity</TD><TD>--</TD></TR>
<!-- TR --><TR><TD>4<!-- no -->2</TD><TD>0</TD><TD>1e-999</TD><TD>&#233;</TD><TD/></TR>`;
  expect(await roundTrip(votable(fields, `<TABLEDATA>${rows}</TABLEDATA>`))).toEqual([
    '<FIELD name="only_id" datatype="int"/>',
    '<FIELD name="b" datatype="boolean"/>',
    '<FIELD name="col_3" datatype="double"/>',
    '<FIELD name="c" datatype="char" arraysize="*"/>',
    '<FIELD name="a" datatype="short" arraysize="*"/>',
    '<TR><TD>-1</TD><TD>T</TD><TD>150</TD><TD>&lt;&amp;&gt;</TD><TD>1 2</TD></TR>',
    '<TR><TD></TD><TD></TD><TD>+Inf</TD><TD></TD><TD></TD></TR>',
    '<TR><TD>42</TD><TD>F</TD><TD>0</TD><TD>\u00e9</TD><TD></TD></TR>',
  ]);
});

test.each([
  ['UTF-16 with a mark', 'UTF-16', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['ISO-8859-1', 'ISO-8859-1', (text: string) => Buffer.from(text, 'latin1')],
  ['UTF-8 with a mark', 'UTF-8', (text: string) => Buffer.from(`\ufeff${text}`)],
])('a document in %s', async (_name, encoding, encode) => {
  const content = votable(
    '<FIELD name="n" datatype="char" arraysize="*"/>',
    '<TABLEDATA><TR><TD>caf\u00e9</TD></TR></TABLEDATA>',
  ).replace('<?xml version="1.0"?>', `<?xml version="1.0" encoding="${encoding}"?>`);
  expect((await roundTrip(encode(content))).slice(1)).toEqual(['<TR><TD>caf\u00e9</TD></TR>']);
});

test.each(['BINARY', 'BINARY2'])(
  'a %s stream that arrives in many pieces',
  async (serialization) => {
    const rows = Array.from({ length: 300 }, (_, index) => {
      const bytes = Buffer.alloc(16, 'row');
      bytes.writeInt32BE(index, 0);
      bytes.writeDoubleBE(index / 8, 4);
      const text = `text ${String(index)}`;
      bytes.writeInt32BE(text.length, 12);
      const row = Buffer.concat([bytes, Buffer.from(text)]);
      return serialization === 'BINARY' ? row : Buffer.concat([Buffer.from([0]), row]);
    });
    const lines = Buffer.concat(rows).toString('base64').replaceAll(/.{76}/g, '$&\r\n');
    const fields = `<FIELD name="n" datatype="int"/><FIELD name="d" datatype="double"/>
<FIELD name="t" datatype="char" arraysize="*"/>`;
    const stream = `<${serialization}><STREAM encoding='base64'>\n${lines}\n</STREAM></${serialization}>`;
    expect((await roundTrip(votable(fields, stream))).slice(3)).toEqual(
      rows.map((_, index) => {
        const n = String(index);
        return `<TR><TD>${n}</TD><TD>${String(index / 8)}</TD><TD>text ${n}</TD></TR>`;
      }),
    );
  },
);

test('prefixes, older namespaces, meta RESOURCEs and tables without data', async () => {
  const content = `<v:VOTABLE version="1.1" xmlns:v="http://www.ivoa.net/xml/VOTable/v1.1">
<v:RESOURCE type="meta"><v:TABLE><v:FIELD name="no" datatype="int"/></v:TABLE></v:RESOURCE>
<v:RESOURCE><v:RESOURCE><v:TABLE/><v:TABLE name="yes"><v:PARAM name="p" datatype="int" value="1">
<v:DESCRIPTION>not the column's</v:DESCRIPTION></v:PARAM><v:FIELD name="x" datatype="int"/></v:TABLE>
<v:TABLE><v:FIELD name="later" datatype="int"/></v:TABLE></v:RESOURCE></v:RESOURCE></v:VOTABLE>`;
  expect(await roundTrip(content)).toEqual(['<FIELD name="x" datatype="int"/>']);
});

test('columns are found by the names that the client gave them', async () => {
  const long = 'a_name_of_more_than_63_bytes_that_postgresql_would_cut_off_without_a_word';
  const content = votable(
    `<FIELD name="${long}_1" datatype="int"/><FIELD name="${long}_2" datatype="int"/>
<FIELD name="size" datatype="int"/><FIELD name="B-V" datatype="float" unit="mag"/>`,
    '<TABLEDATA><TR><TD>1</TD><TD>2</TD><TD>3</TD><TD>4.5</TD></TR></TABLEDATA>',
  );
  const query = `SELECT t.${long.toUpperCase()}_2, "size", "B-V" FROM tap_upload.MyTable AS t`;
  const answer = await runWithUploads(database, { tables: { mytable: content }, query });
  expect(tableLines(answer).slice(1)).toEqual([
    '<FIELD name="size" datatype="int"/>',
    '<FIELD name="B-V" datatype="float" unit="mag"/>',
    '<TR><TD>2</TD><TD>3</TD><TD>4.5</TD></TR>',
  ]);
});
