import type { OutputColumn } from '../../adql/index.ts';
import type { Outcome, ResultEncoder, ResultFormat } from '../../src/format/result-format.ts';
import type { ReadRows } from '../../src/row-batch.ts';
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
  const encoder: ResultEncoder = createEncoder(headOf(columns));
  const parts = [encoder.head()];
  const rows = readRows(
    { text: select, values: [], types: [] },
    {
      wireFormats: encoder.wireFormats,
      signal: new AbortController().signal,
      executionDuration: 60,
    },
  );
  for await (const batch of rows) parts.push(encoder.rows(batch, batch.rowCount));
  parts.push(encoder.foot(outcome) ?? Buffer.alloc(0));
  return Buffer.concat(parts);
}
