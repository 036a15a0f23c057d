import { httpsUrl } from '../../cloud/https-url.ts';
import { escaped, link } from './html-text.ts';

/** What browsers open; scripts are none of it. */
const isWebUrl = /^https?:\/\/\S+$/i;

/** Kept on one line: a number that is broken in two is read as two. */
const isNumber = /^[-+]?\d[\d.e+-]*$/i;

/** A cell; a NULL is empty. Web addresses are links, and objects in S3 and GCS by their HTTPS form. */
export function htmlCell(text: string | null): string {
  if (text === null) return '<td></td>';
  if (isNumber.test(text)) return `<td class="number">${text}</td>`;
  const url = isWebUrl.test(text) ? text : httpsUrl(text);
  return `<td>${url === null ? escaped(text) : link(url, text)}</td>`;
}
