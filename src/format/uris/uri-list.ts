import type { ResultEncoder, ResultHead } from '../result-format.ts';
import { uriLinesEncoder } from './uri-lines.ts';

/**
 * text/uri-list (RFC 2483, section 5): a line for each row that has a URI, rows without one are
 * left out. Lines end with LF alone and there are no comments: the reader is a shell loop or
 * `xargs`, which would take a CR and a comment for parts of names.
 */
export function createUriListEncoder(head: ResultHead): ResultEncoder {
  return uriLinesEncoder(head, {
    name: 'uri-list',
    lineOf: withoutControls,
    // An overflow has no form here; a failure must not pass for a whole answer.
    foot: (outcome) => (outcome.status === 'ERROR' ? null : Buffer.alloc(0)),
  });
}

/** As it stands in the row: keys in S3 are not escaped. Only control characters are, which no URI has. */
function withoutControls(uri: string): string {
  return uri.replaceAll(/[\0-\x1f]/g, encodeURIComponent);
}
