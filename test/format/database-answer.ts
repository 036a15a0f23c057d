import type { OutputColumn } from '../../adql/index.ts';
import type { Outcome, ResultEncoder, ResultFormat } from '../../src/format/result-format.ts';
import type { ReadRows, RowBatch } from '../../src/row-batch.ts';
import { headOf } from './rows.ts';

/** A SELECT to be answered, and what its columns are to the client. */
export interface Question {
  readonly select: string;
  readonly columns: readonly OutputColumn[];
  readonly outcome?: Outcome;
}

/** The document that a format makes of what PostgreSQL really sends. */
export async function answerFrom(
  readRows: ReadRows,
  createEncoder: ResultFormat['createEncoder'],
  question: Question,
): Promise<Buffer> {
  const { select, columns, outcome = { status: 'OK' } } = question;
  const encoder: ResultEncoder = await createEncoder(headOf(columns));
  const reading = readRows(
    { text: select, values: [], types: [] },
    {
      wireFormats: encoder.wireFormats,
      signal: new AbortController().signal,
      executionDuration: 60,
    },
  );
  const batches: RowBatch[] = [];
  for await (const batch of reading) {
    batches.push({ ...batch, bytes: Buffer.from(batch.bytes) });
  }
  for (const batch of batches) encoder.survey?.(batch, batch.rowCount);
  return Buffer.concat([
    encoder.head(),
    ...batches.map((batch) => Buffer.from(encoder.rows(batch, batch.rowCount))),
    encoder.foot(outcome) ?? Buffer.alloc(0),
  ]);
}
