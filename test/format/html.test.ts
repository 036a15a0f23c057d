import { expect, test } from '@jest/globals';
import { createHtmlEncoder } from '../../src/format/html.ts';
import { batchOf, column, encode, headOf } from './rows.ts';

test('a page shows the query, the columns and the rows; nothing of it is code', () => {
  const columns = [
    column('s_ra', 'double precision', { unit: 'deg', description: 'Right "ascension"' }),
    column('<x>', 'text'),
    column('access_url', 'text'),
  ];
  const head = { ...headOf(columns, 'SELECT a < b'), warnings: ['<careful>'] };
  const rows = batchOf([
    ['10.25', '<script>alert("&")</script>', 'https://a/b?x="1"&y=<2>'],
    [null, 'https://a/with blank', 'javascript:alert(1)'],
    ['NaN', 'http://x" onclick="y', 's3://bucket/key'],
  ]);
  expect(encode(createHtmlEncoder, head, rows).split('<body>')[1]).toBe(`
<pre>SELECT a &lt; b</pre>
<pre>&lt;careful&gt;</pre>
<table>
<thead><tr><th title="Right &quot;ascension&quot;">s_ra<br><small>deg</small></th><th>&lt;x&gt;</th><th>access_url</th></tr></thead>
<tbody>
<tr><td>10.25</td><td>&lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt;</td><td><a href="https://a/b?x=&quot;1&quot;&amp;y=&lt;2&gt;" rel="noreferrer">https://a/b?x=&quot;1&quot;&amp;y=&lt;2&gt;</a></td></tr>
<tr><td></td><td>https://a/with blank</td><td>javascript:alert(1)</td></tr>
<tr><td>NaN</td><td>http://x&quot; onclick=&quot;y</td><td>s3://bucket/key</td></tr>
</tbody>
</table>
</body>
</html>
`);
});

test.each([
  [{ status: 'OVERFLOW' } as const, '<p>There are more rows. Ask for another format'],
  [{ status: 'ERROR', message: 'a < b' } as const, '<pre>a &lt; b</pre>'],
])('the page tells how it ended: %j', (outcome, told) => {
  const foot = createHtmlEncoder(headOf([column('x', 'text')]))
    .foot(outcome)
    ?.toString();
  expect(foot).toContain(told);
});
