import type { RowBatch } from '../../src/row-batch.ts';

/** The rows of a batch as PostgreSQL's text, null for NULL (frontend/backend protocol, "DataRow"). */
export function decodeRows({ bytes }: RowBatch): (string | null)[][] {
  const rows: (string | null)[][] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const end = offset + 1 + bytes.readInt32BE(offset + 1);
    const row: (string | null)[] = [];
    offset += 7;
    while (offset < end) {
      const length = bytes.readInt32BE(offset);
      offset += 4;
      row.push(length === -1 ? null : bytes.toString('utf8', offset, offset + length));
      offset += Math.max(length, 0);
    }
    rows.push(row);
  }
  return rows;
}
