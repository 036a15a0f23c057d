import type { Outcome, ResultEncoder, ResultHead } from '../result-format.ts';
import { LocalNames } from './local-names.ts';
import { uriLinesEncoder } from './uri-lines.ts';

/** Characters that no shell and no s5cmd reads as anything but themselves. */
const needsNoQuotes = /^[\w@%+=:,./-]+$/;

/** s5cmd takes these for wildcards unless told `--raw`. */
const hasWildcard = /[*?]/;

/** A line break would end the command. */
const isPrintable = /^[^\p{Cc}]*$/u;

/**
 * Lines for `s5cmd run`: `cp s3://bucket/key .` for each row with an S3 URI, so that
 * `curl ... | s5cmd --no-sign-request run` downloads the answer into the current folder. A file whose
 * name is taken goes into folders as in its key. Rows without a URI are left out; a URI of another
 * kind is a comment, which s5cmd passes over.
 */
export function createS5cmdEncoder(head: ResultHead): ResultEncoder {
  const names = new LocalNames();
  return uriLinesEncoder(head, {
    name: 's5cmd',
    lineOf: (uri) => commandOf(uri, names),
    foot: lastLine,
  });
}

function commandOf(uri: string, names: LocalNames): string {
  const [, bucketAndFolders, name] = /^s3:\/\/(.*)\/([^/]*)$/su.exec(uri) ?? [];
  if (bucketAndFolders === undefined || name === undefined) return comment('not in S3', uri);
  if (!isPrintable.test(uri)) return comment('a key that fits on no line', uri);
  if (name === '' || name === '.' || name === '..') return comment('no name for a file', uri);
  const raw = hasWildcard.test(uri) ? '--raw ' : '';
  const folder = names.take(name) ? '.' : foldersOf(bucketAndFolders);
  return `cp ${raw}${quoted(uri)} ${quoted(folder)}`;
}

/** The bucket and the folders of the key, none of which leads out of the current folder. */
function foldersOf(path: string): string {
  const folders = path.split('/').map((folder) => (/^\.{0,2}$/.test(folder) ? '_' : folder));
  return `./${folders.join('/')}/`;
}

/** As a POSIX shell has it, and the reader in s5cmd: within single quotes all is literal. */
function quoted(word: string): string {
  return needsNoQuotes.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function comment(why: string, uri: string): string {
  return `# ${why}: ${uri.replaceAll(/\p{Cc}/gu, ' ')}`;
}

function lastLine(outcome: Outcome): Buffer | null {
  switch (outcome.status) {
    case 'OK':
      return Buffer.alloc(0);
    case 'OVERFLOW':
      return Buffer.from('# OVERFLOW: there are more rows. Ask for them with a larger MAXREC.\n');
    case 'ERROR':
      return null;
  }
}
