import type { Translation } from '../../adql/index.ts';
import type { Database } from '../../src/database/database.ts';

/**
 * Runs a translated query, for 30 seconds at most when nothing else is said, and decodes its rows:
 * PostgreSQL's text of each value, null for NULL.
 */
export async function readValues(
  { statement, columns }: Translation,
  database: Pick<Database, 'readRows'>,
  executionDuration = 30,
): Promise<readonly (readonly (string | null)[])[]> {
  const rows: (string | null)[][] = [];
  const batches = database.readRows(statement, {
    wireFormats: columns.map(() => 'text'),
    signal: new AbortController().signal,
    executionDuration,
  });
  for await (const { bytes } of batches) {
    for (let at = 0; at < bytes.length; at += 1 + bytes.readInt32BE(at + 1)) {
      rows.push(decodeRow(bytes, at + 5));
    }
  }
  return rows;
}

function decodeRow(bytes: Buffer, start: number): (string | null)[] {
  const values: (string | null)[] = [];
  let at = start + 2;
  for (let column = 0; column < bytes.readInt16BE(start); column++) {
    const length = bytes.readInt32BE(at);
    at += 4;
    values.push(length === -1 ? null : bytes.toString('utf8', at, at + length));
    at += Math.max(0, length);
  }
  return values;
}
