import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { runWithUploads, tableLines } from './run-with-uploads.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ content: 'schema' });
});
afterAll(() => database.drop());

const query = 'SELECT * FROM TAP_UPLOAD.t';

test('CSV gets its types from its values', async () => {
  const csv = [
    '# a comment, as ECSV has them',
    'id,ra,"B-V",name,gaia,mixed,zip,none',
    '1,10.5,,"Smith, ""J""",5853498713190525696,1,007,',
    '-2,1e-3,nan,,-1,2.5,123,',
    '',
    '+3,-0.5,-Inf,"two\r\nlines",9223372036854775807,7,1,',
  ].join('\r\n');
  expect(tableLines(await runWithUploads(database, { tables: { t: csv }, query }))).toEqual([
    '<FIELD name="id" datatype="long"/>',
    '<FIELD name="ra" datatype="double"/>',
    '<FIELD name="B-V" datatype="double"/>',
    '<FIELD name="name" datatype="char" arraysize="*"/>',
    '<FIELD name="gaia" datatype="long"/>',
    '<FIELD name="mixed" datatype="double"/>',
    '<FIELD name="zip" datatype="char" arraysize="*"/>',
    '<FIELD name="none" datatype="char" arraysize="*"/>',
    '<TR><TD>1</TD><TD>10.5</TD><TD></TD><TD>Smith, "J"</TD><TD>5853498713190525696</TD><TD>1</TD><TD>007</TD><TD></TD></TR>',
    '<TR><TD>-2</TD><TD>0.001</TD><TD>NaN</TD><TD></TD><TD>-1</TD><TD>2.5</TD><TD>123</TD><TD></TD></TR>',
    '<TR><TD>3</TD><TD>-0.5</TD><TD>-Inf</TD><TD>two&#13;lines</TD><TD>9223372036854775807</TD><TD>7</TD><TD>1</TD><TD></TD></TR>',
  ]);
});

test.each([
  ['beyond a long', '1\n9223372036854775808\n'],
  ['more digits than a double holds', '0.5\n12345678901234567890\n'],
  ['too large for a double', '1.5\n1e999\n'],
  ['too small for a double', '1.5\n1e-320\n'],
  ['in hex', '1\n0x10\n'],
  ['with a comma for the point', '1\n"1,5"\n'],
])('numbers %s stay the text that they are', async (_name, values) => {
  const answer = await runWithUploads(database, { tables: { t: `x\n${values}` }, query });
  const [field, ...rows] = tableLines(answer);
  expect(field).toBe('<FIELD name="x" datatype="char" arraysize="*"/>');
  expect(rows.map((row) => row.replaceAll(/<.*?>/g, ''))).toEqual(
    values.trim().replaceAll('"', '').split('\n'),
  );
});

test('TSV has no quotes, and is known by its tabs or its media type', async () => {
  const tsv = 'name\tsize\n5" telescope\t0.127\n"x"\t\n';
  const lines = [
    '<FIELD name="name" datatype="char" arraysize="*"/>',
    '<FIELD name="size" datatype="double"/>',
    '<TR><TD>5" telescope</TD><TD>0.127</TD></TR>',
    '<TR><TD>"x"</TD><TD></TD></TR>',
  ];
  const byTabs = await runWithUploads(database, { tables: { t: tsv }, query });
  expect(tableLines(byTabs)).toEqual(lines);
  const mediaType = 'text/tab-separated-values';
  const byType = await runWithUploads(database, { tables: { t: 'a,b\n1\n' }, query, mediaType });
  expect(tableLines(byType)).toEqual([
    '<FIELD name="a,b" datatype="long"/>',
    '<TR><TD>1</TD></TR>',
  ]);
});

test('our own CSV answers can be uploaded again', async () => {
  const csv = 'n,t\r\n1,"a ""b"""\r\n,""\r\n3,\r\n';
  const answer = await runWithUploads(database, { tables: { t: csv }, query, format: 'csv' });
  expect(answer).toBe(csv);
});
