import { expect, test } from '@jest/globals';
import { createHtmlEncoder } from '../../src/format/html/html.ts';
import { batchOf, column, encode, headOf } from './rows.ts';

test('a page shows the query, the columns and the rows; nothing of it is code', () => {
  const columns = [
    column('n', 'double precision', { unit: 'deg', description: 'Right "ascension"' }),
    column('<x>', 'text'),
    column('access_url', 'text'),
  ];
  const head = { ...headOf(columns, 'SELECT a < b'), warnings: ['<careful>'] };
  const rows = batchOf([
    ['10.25', '<script>alert("&")</script>', 'https://a/b?x="1"&y=<2>'],
    [null, 'https://a/with blank', 'javascript:alert(1)'],
    ['Infinity', 'http://x" onclick="y', 's3://bucket/a b/"1".fits'],
  ]);
  expect(encode(createHtmlEncoder, head, rows).split('<body>')[1]).toBe(`
<h1>Query result</h1>
<pre>SELECT a &lt; b</pre>
<pre role="note">&lt;careful&gt;</pre>
<table>
<caption>The first rows of the answer; names come with units, and with descriptions as tooltips.</caption>
<thead><tr><th scope="col" title="Right &quot;ascension&quot;">n<br><small>deg</small></th><th scope="col">&lt;x&gt;</th><th scope="col">access_url</th></tr></thead>
<tbody>
<tr><td class="number">10.25</td><td>&lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt;</td><td><a href="https://a/b?x=&quot;1&quot;&amp;y=&lt;2&gt;" rel="noreferrer">https://a/b?x=&quot;1&quot;&amp;y=&lt;2&gt;</a></td></tr>
<tr><td></td><td>https://a/with blank</td><td>javascript:alert(1)</td></tr>
<tr><td>+Inf</td><td>http://x&quot; onclick=&quot;y</td><td><a href="https://s3.amazonaws.com/bucket/a%20b/%221%22.fits" rel="noreferrer">s3://bucket/a b/&quot;1&quot;.fits</a></td></tr>
</tbody>
</table>
<p>3 rows</p>
</body>
</html>
`);
});

test('a row with a position links to the sky around it', () => {
  const degrees = { datatype: 'double', unit: 'deg' } as const;
  const columns = [
    column('s_dec', 'double precision', { ...degrees, ucd: 'pos.eq.dec;meta.main' }),
    column('s_ra', 'double precision', { ...degrees, ucd: 'pos.eq.ra;meta.main' }),
    column('width', 'double precision', { ...degrees, ucd: 'pos.eq.ra' }),
  ];
  const rows = batchOf([
    ['-41.5', '10.684708', '1'],
    [null, '10', '1'],
    ['NaN', '10', '1'],
  ]);
  const page = encode(createHtmlEncoder, headOf(columns), rows);
  expect(page).toContain('<small>deg</small></th><th scope="col">sky</th></tr></thead>');
  expect(page.match(/<tr><td.*<\/tr>/g)).toEqual([
    '<tr><td class="number">-41.5</td><td class="number">10.684708</td><td class="number">1</td><td><a href="https://aladin.cds.unistra.fr/AladinLite/?target=10.684708+-41.5&amp;fov=0.5" rel="noreferrer">Aladin Lite</a></td></tr>',
    '<tr><td></td><td class="number">10</td><td class="number">1</td><td></td></tr>',
    '<tr><td>NaN</td><td class="number">10</td><td class="number">1</td><td></td></tr>',
  ]);
});

test('where a URL can ask for the answer again, the page links to it in other formats', () => {
  const head = { ...headOf([column('x', 'text')]), repeatUrl: 'http://a/tap/sync?QUERY=a' };
  expect(encode(createHtmlEncoder, head, batchOf([]))).toContain(
    '<p>The whole answer as <a href="http://a/tap/sync?QUERY=a&amp;RESPONSEFORMAT=votable" rel="noreferrer">VOTable</a>, <a href=',
  );
});

test.each([
  [{ status: 'OK' } as const, '<p>1 row</p>'],
  [{ status: 'OVERFLOW' } as const, '<p>1 row. There are more: ask for another format'],
  [{ status: 'ERROR', message: 'a < b' } as const, '<pre role="alert">a &lt; b</pre>'],
])('the page tells how it ended: %j', (outcome, told) => {
  const encoder = createHtmlEncoder(headOf([column('x', 'text')]));
  encoder.rows(batchOf([['a']]), 1);
  expect(encoder.foot(outcome)?.toString()).toContain(told);
});
