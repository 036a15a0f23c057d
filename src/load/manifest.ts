import type { KeyMatcher } from './key-matcher.ts';

/** What a manifest held: lines by what became of them, with a few examples of the odd ones. */
export interface ManifestTally {
  /** Lines read, empty ones not counted. */
  read: number;
  matched: number;
  readonly notMatched: Oddities;
  readonly malformed: Oddities;
}

export interface Oddities {
  count: number;
  readonly examples: string[];
}

export function emptyTally(): ManifestTally {
  return {
    read: 0,
    matched: 0,
    notMatched: { count: 0, examples: [] },
    malformed: { count: 0, examples: [] },
  };
}

/**
 * A line of `aws s3 ls --recursive`: date, time, size in bytes right-aligned, one blank, key. The key
 * is all that follows, blanks included; S3 allows it 1024 bytes.
 */
const manifestLine = /^\d{4}-\d\d-\d\d[ \t]+\d\d:\d\d:\d\d[ \t]+(\d{1,15})[ \t](.{1,1024}?)\r?$/;

/** Characters that COPY's text format gives a meaning to; NUL, which PostgreSQL cannot hold; not UTF-8. */
const special = /[\\\t\n\r\0\uFFFD]/;

/**
 * Turns lines into rows for COPY (text format): line number, size, key, then the parts of the key.
 * Counts what it cannot use instead of failing: a manifest of millions always holds odd lines.
 */
export function copyRows(lines: readonly string[], keys: KeyMatcher, tally: ManifestTally): string {
  let rows = '';
  for (const line of lines) {
    if (line !== '' && line !== '\r') rows += copyRow(line, keys, tally);
  }
  return rows;
}

function copyRow(line: string, keys: KeyMatcher, tally: ManifestTally): string {
  tally.read += 1;
  const [, size, key] = manifestLine.exec(line) ?? [];
  if (size === undefined || key === undefined || special.test(key)) {
    note(tally.malformed, line);
    return '';
  }
  const parts = keys.match(key);
  if (parts === null) {
    note(tally.notMatched, key);
    return '';
  }
  tally.matched += 1;
  let row = `${String(tally.read)}\t${size}\t${key}`;
  for (const part of parts) row += `\t${part ?? '\\N'}`;
  return `${row}\n`;
}

function note(oddities: Oddities, text: string): void {
  oddities.count += 1;
  // Two hundred characters tell what a line is; the rest could be a megabyte.
  if (oddities.examples.length < 5) oddities.examples.push(text.trimEnd().slice(0, 200));
}
