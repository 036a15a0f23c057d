import type { OutputColumn } from '../../../adql/index.ts';
import type { Outcome, ResultHead } from '../result-format.ts';
import { escaped, link } from './html-text.ts';

const style = `:root { color-scheme: light dark }
body { font: 14px sans-serif; margin: 1.5em }
pre, td { font-family: monospace; white-space: pre-wrap }
table { border-collapse: collapse }
caption { text-align: left; padding: 0.5em 0 }
th, td { border: 1px solid #8888; padding: 2px 6px; text-align: left; vertical-align: top }
th { background: #8882 }
td { max-width: 40em; overflow-wrap: anywhere }
.number { white-space: nowrap }
small { font-weight: normal }`;

/** What else an answer can be downloaded as, by the values of RESPONSEFORMAT. */
const downloads = [
  ['votable', 'VOTable'],
  ['csv', 'CSV'],
  ['fits', 'FITS'],
  ['parquet', 'Parquet'],
  ['json', 'JSON'],
] as const;

/** All that stands before the first row. */
export function pageHead(
  { columns, query, warnings, repeatUrl }: ResultHead,
  sky: boolean,
): string {
  const skyHeader = sky ? '<th scope="col">sky</th>' : '';
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Query result</title>
<style>
${style}
</style>
</head>
<body>
<h1>Query result</h1>
<pre>${escaped(query)}</pre>
${warnings.map((warning) => `<pre role="note">${escaped(warning)}</pre>\n`).join('')}${downloadLinks(repeatUrl)}<table>
<caption>The first rows of the answer; names come with units, and with descriptions as tooltips.</caption>
<thead><tr>${columns.map(headerCell).join('')}${skyHeader}</tr></thead>
<tbody>`;
}

/** All that stands behind the last row. */
export function pageFoot(outcome: Outcome, rowCount: number): string {
  return `\n</tbody>\n</table>\n${ending(outcome, rowCount)}</body>\n</html>\n`;
}

function downloadLinks(repeatUrl: string | undefined): string {
  if (repeatUrl === undefined) return '';
  const links = downloads.map(([format, name]) =>
    link(`${repeatUrl}&RESPONSEFORMAT=${format}`, name),
  );
  return `<p>The whole answer as ${links.join(', ')}</p>\n`;
}

function headerCell({ name, unit, description }: OutputColumn): string {
  const title = description === null ? '' : ` title="${escaped(description)}"`;
  const unitLine = unit === null || unit === '' ? '' : `<br><small>${escaped(unit)}</small>`;
  return `<th scope="col"${title}>${escaped(name)}${unitLine}</th>`;
}

function ending(outcome: Outcome, rowCount: number): string {
  const rows = rowCount === 1 ? '1 row' : `${String(rowCount)} rows`;
  switch (outcome.status) {
    case 'OK':
      return `<p>${rows}</p>\n`;
    case 'OVERFLOW':
      return `<p>${rows}. There are more: ask for another format to get them all, such as csv or votable.</p>\n`;
    case 'ERROR':
      return `<p>The answer ends after ${rows} because of an error:</p>\n<pre role="alert">${escaped(outcome.message)}</pre>\n`;
  }
}
