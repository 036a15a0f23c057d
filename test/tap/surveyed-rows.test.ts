import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { expect, test } from '@jest/globals';
import type { RowBatch } from '../../src/row-batch.ts';
import { surveyedRows } from '../../src/tap/surveyed-rows.ts';

const long = 'x'.repeat(300_000);

const batches: readonly RowBatch[] = [
  { bytes: Buffer.from('first'), rowCount: 2, isLast: false },
  { bytes: Buffer.from(long), rowCount: 3, isLast: false },
  { bytes: Buffer.from('last'), rowCount: 1, isLast: true },
];

async function* given(rows: readonly RowBatch[], told: string[]): AsyncGenerator<RowBatch> {
  for (const batch of rows) {
    told.push(`read ${String(batch.rowCount)}`);
    yield await Promise.resolve(batch);
  }
}

async function leftFiles(): Promise<readonly string[]> {
  return (await readdir(tmpdir())).filter((name) => /^[0-9a-f]{32}$/.test(name));
}

test('every batch is surveyed before the first is given out, and small ones come back together', async () => {
  const told: string[] = [];
  const rows = surveyedRows(given(batches, told), {
    survey: (_, rowCount) => told.push(`survey ${String(rowCount)}`),
    maxRecords: 4,
  });
  const found: RowBatch[] = [];
  for await (const batch of rows) {
    told.push('give');
    found.push(batch);
  }
  expect(found).toEqual([
    { bytes: Buffer.from(`first${long}`), rowCount: 5, isLast: false },
    { bytes: Buffer.from('last'), rowCount: 1, isLast: true },
  ]);
  expect(told).toEqual([
    ...['read 2', 'survey 2', 'read 3', 'survey 2', 'read 1', 'survey 0'],
    ...['give', 'give'],
  ]);
  expect(await leftFiles()).toEqual([]);
});

test('an answer without rows stays one', async () => {
  const rows = surveyedRows(given([], []), { survey: () => undefined, maxRecords: 10 });
  expect(await rows.next()).toEqual({ done: true, value: undefined });
});
