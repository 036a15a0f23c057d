import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { create } from 'xmlbuilder2';
import { createTabledataEncoder } from '../../src/format/votable/tabledata.ts';
import { softwareVersion } from '../../src/package-root.ts';
import { batchOf, column, encode, headOf } from './rows.ts';

/** The cells of a one-column document, as a parser of somebody else reads them. */
function cellsOf(document: string): readonly string[] {
  const cells: string[] = [];
  create({ skipWhitespaceOnlyText: false }, document).each(
    (node) => {
      if (node.node.nodeName === 'TD') cells.push(node.node.textContent ?? '');
    },
    false,
    true,
  );
  return cells;
}

function rowsOf(
  columns: Parameters<typeof headOf>[0],
  rows: Parameters<typeof batchOf>[0],
): string {
  return createTabledataEncoder(headOf(columns)).rows(batchOf(rows), rows.length).toString();
}

test('a whole document', () => {
  const columns = [
    column('obs_id', 'text', { arraysize: '*', ucd: 'meta.id', description: 'Name & number' }),
    column('s_ra', 'double precision', { datatype: 'double', unit: 'deg', ucd: 'pos.eq.ra' }),
    column('t_min', 'double precision', {
      datatype: 'double',
      unit: 'd',
      ucd: 'time.start;obs.exposure',
      utype: 'obscore:Char.TimeAxis.Coverage.Bounds.Limits.StartTime',
    }),
    column('cloud_access', 'jsonb', { arraysize: '*', xtype: 'json' }),
    column('n', 'integer', { datatype: 'int', arraysize: '1' }),
  ];
  const head = headOf(columns, 'SELECT *\n-- all < "one"\nFROM ivoa.obscore');
  const rows = [
    ['A&B', '10.25', '59000.5', '{"aws": {"key": "a/b.fits"}}', '7'],
    [null, null, null, null, null],
  ];
  const warning = 'Line 1, column 8: "x" was read as a string\nSELECT "x"\n       ^^^';
  expect(encode(createTabledataEncoder, { ...head, warnings: [warning] }, batchOf(rows)))
    .toBe(`<?xml version="1.0" encoding="UTF-8"?>
<VOTABLE xmlns="http://www.ivoa.net/xml/VOTable/v1.3" version="1.4">
 <INFO name="server_software" value="${softwareVersion}"/>
 <INFO name="service_protocol" value="ivo://ivoa.net/std/TAP"/>
 <INFO name="request_date" value="2026-01-02T03:04:05.678"/>
 <RESOURCE type="results">
  <INFO name="QUERY_STATUS" value="OK"/>
  <INFO name="query" value="SELECT *&#10;-- all &lt; &quot;one&quot;&#10;FROM ivoa.obscore"/>
  <INFO name="warning" value="Line 1, column 8: &quot;x&quot; was read as a string">Line 1, column 8: "x" was read as a string
SELECT "x"
       ^^^</INFO>
  <COOSYS ID="icrs" system="ICRS"/>
  <TIMESYS ID="mjdutc" timescale="UTC" refposition="UNKNOWN" timeorigin="MJD-origin"/>
  <TABLE name="result">
   <FIELD name="obs_id" datatype="char" arraysize="*" ucd="meta.id">
    <DESCRIPTION>Name &amp; number</DESCRIPTION>
   </FIELD>
   <FIELD name="s_ra" datatype="double" unit="deg" ucd="pos.eq.ra" ref="icrs"/>
   <FIELD name="t_min" datatype="double" unit="d" ucd="time.start;obs.exposure" utype="obscore:Char.TimeAxis.Coverage.Bounds.Limits.StartTime" ref="mjdutc"/>
   <FIELD name="cloud_access" datatype="char" arraysize="*" xtype="json"/>
   <FIELD name="n" datatype="int"/>
   <DATA>
    <TABLEDATA>
<TR><TD>A&amp;B</TD><TD>10.25</TD><TD>59000.5</TD><TD>{"aws": {"key": "a/b.fits"}}</TD><TD>7</TD></TR>
<TR><TD></TD><TD></TD><TD></TD><TD></TD><TD></TD></TR>
    </TABLEDATA>
   </DATA>
  </TABLE>
 </RESOURCE>
</VOTABLE>
`);
});

test.each([
  ['boolean', 't', 'T'],
  ['boolean', 'f', 'F'],
  ['smallint', '-32768', '-32768'],
  ['bigint', '9007199254740993', '9007199254740993'],
  ['real', '1e-07', '1e-07'],
  ['double precision', '0.1', '0.1'],
  ['double precision', '-1.7976931348623157e+308', '-1.7976931348623157e+308'],
  ['double precision', 'NaN', 'NaN'],
  ['double precision', 'Infinity', '+Inf'],
  ['double precision', '-Infinity', '-Inf'],
  ['numeric', '-12345678901234567890.5', '-12345678901234567890.5'],
  ['text', ' leading and trailing ', ' leading and trailing '],
  ['timestamp without time zone', '2019-05-20 08:47:30.5', '2019-05-20T08:47:30.5'],
  ['timestamp with time zone', '2019-05-20 08:47:30+00', '2019-05-20T08:47:30'],
  ['bytea', '\\x00ff10', '0 255 16'],
  ['integer[]', '{1,-2,3}', '1 -2 3'],
  ['integer[]', '{1,NULL,3}', ''],
  ['bigint[]', '{}', ''],
  ['double precision[]', '{{1.5,NULL},{-Infinity,Infinity}}', '1.5 NaN -Inf +Inf'],
  ['real[]', '{NaN,2}', 'NaN 2'],
] as const)('%s %s is written %s', (sqlType, sent, written) => {
  expect(rowsOf([column('x', sqlType)], [[sent]])).toBe(`\n<TR><TD>${written}</TD></TR>`);
});

test('bits stand between blanks, as every reader takes them', () => {
  const bits = column('x', 'text', { datatype: 'bit', arraysize: '*' });
  expect(rowsOf([bits], [['10110'], ['1'], ['']])).toBe(
    '\n<TR><TD>1 0 1 1 0</TD></TR>\n<TR><TD>1</TD></TR>\n<TR><TD></TD></TR>',
  );
});

test('text is escaped, CR is kept as a reference, what XML forbids is dropped', () => {
  const text = 'a<b>&"c"\r\n\t\u0001\u0008\u000b\u001f\u007f\ufffe\uffff\ufffd\u00e9\u{1f52d}';
  expect(rowsOf([column('x', 'text')], [[text]])).toBe(
    '\n<TR><TD>a&lt;b&gt;&amp;"c"&#13;\n\t\u007f\ufffd\u00e9\u{1f52d}</TD></TR>',
  );
});

test('any text comes back from a parser as it was', () => {
  const columns = [column('x', 'text')];
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (texts) => {
      const document = encode(
        createTabledataEncoder,
        headOf(columns),
        batchOf(texts.map((text) => [text])),
      );
      expect(cellsOf(document)).toEqual(texts);
    }),
  );
});

test('a cell far longer than the buffer is whole, wherever its long characters stand', () => {
  const text = `${'x'.repeat(16_382)}\uffff&\u{1f52d}${'y&'.repeat(100_000)}`;
  expect(rowsOf([column('x', 'text')], [[text]])).toBe(
    `\n<TR><TD>${text.replace('\uffff', '').replaceAll('&', '&amp;')}</TD></TR>`,
  );
});

test('only as many rows as asked for are written', () => {
  const encoder = createTabledataEncoder(headOf([column('x', 'text')]));
  const batch = batchOf([['a'], ['b'], ['c']]);
  expect(encoder.rows(batch, 2).toString()).toBe('\n<TR><TD>a</TD></TR>\n<TR><TD>b</TD></TR>');
});

test.each([
  [{ status: 'OVERFLOW' } as const, '<INFO name="QUERY_STATUS" value="OVERFLOW"/>'],
  [
    { status: 'ERROR', message: 'Too slow & too big' } as const,
    '<INFO name="QUERY_STATUS" value="ERROR">Too slow &amp; too big</INFO>',
  ],
])('the end of an answer tells %j behind the table', (outcome, status) => {
  const encoder = createTabledataEncoder(headOf([column('x', 'text')]));
  expect(encoder.foot(outcome)?.toString().replaceAll(/\n */g, '')).toBe(
    `</TABLEDATA></DATA></TABLE>${status}</RESOURCE></VOTABLE>`,
  );
});
