import type { OutputColumn } from '../../adql/index.ts';
import { ByteOutput } from './byte-output.ts';
import { cellWriters, copyCell, type Cell, type CellWriter } from './cell-writer.ts';
import type { Outcome, ResultEncoder, ResultHead } from './result-format.ts';
import { writeTextRows, type TextLayout } from './text-rows.ts';

/** Rows of a preview. */
export const htmlRowLimit = 100;

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** What browsers open; an S3 URI is none of it. */
const isLink = /^https?:\/\/\S+$/i;

const style = `body { font: 14px sans-serif; margin: 1.5em }
pre, td { font-family: monospace }
table { border-collapse: collapse }
th, td { border: 1px solid #ccc; padding: 2px 6px; text-align: left; vertical-align: top }
th { background: #f2f2f2 }
td { max-width: 40em; overflow-wrap: anywhere }
small { font-weight: normal; color: #555 }`;

/** A page for people: the query and the first rows of its answer, with links. Nothing in it is code. */
export function createHtmlEncoder(head: ResultHead): ResultEncoder {
  const output = new ByteOutput();
  const layout: TextLayout = {
    rowStart: Buffer.from('\n<tr><td>'),
    separator: Buffer.from('</td><td>'),
    rowEnd: Buffer.from('</td></tr>'),
    writers: cellWriters(head.columns, writeHtmlText),
  };
  return {
    wireFormats: head.columns.map(() => 'text'),
    head: () => Buffer.from(htmlHead(head)),
    rows: ({ bytes }, rowCount) => {
      writeTextRows({ bytes, rowCount }, layout, output);
      return output.take();
    },
    foot: (outcome) => Buffer.from(`\n</tbody>\n</table>\n${ending(outcome)}</body>\n</html>\n`),
  };
}

function htmlHead({ columns, query, warnings }: ResultHead): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Query result</title>
<style>
${style}
</style>
</head>
<body>
<pre>${escaped(query)}</pre>
${warnings.map((warning) => `<pre>${escaped(warning)}</pre>\n`).join('')}<table>
<thead><tr>${columns.map(headerCell).join('')}</tr></thead>
<tbody>`;
}

function headerCell({ name, unit, description }: OutputColumn): string {
  const title = description === null ? '' : ` title="${escaped(description)}"`;
  const unitLine = unit === null || unit === '' ? '' : `<br><small>${escaped(unit)}</small>`;
  return `<th${title}>${escaped(name)}${unitLine}</th>`;
}

const writeHtmlText: CellWriter = ({ source, start, end }, output) => {
  const text = source.toString('utf8', start, end);
  const link = `<a href="${escaped(text)}" rel="noreferrer">${escaped(text)}</a>`;
  const written = Buffer.from(isLink.test(text) ? link : escaped(text));
  const cell: Cell = { source: written, start: 0, end: written.length };
  copyCell(cell, output);
};

function ending(outcome: Outcome): string {
  switch (outcome.status) {
    case 'OK':
      return '';
    case 'OVERFLOW':
      return '<p>There are more rows. Ask for another format to get them all, such as csv or votable.</p>\n';
    case 'ERROR':
      return `<p>The answer ends here because of an error:</p>\n<pre>${escaped(outcome.message)}</pre>\n`;
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => references[character] ?? '');
}
