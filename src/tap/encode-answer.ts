import type { ResultEncoder } from '../format/result-format.ts';
import type { RowBatch } from '../row-batch.ts';
import { queryFailure } from './query-failure.ts';
import type { QueryRecord } from './query-record.ts';
import { surveyedRows } from './surveyed-rows.ts';
import type { TapRequest } from './tap-request.ts';

/** A piece of an answer, about 100 kB in a long one. */
export interface AnswerChunk {
  /** In the encoder's own buffer: they last until the next chunk is asked for. */
  readonly bytes: Buffer;
  /** Nothing follows: an answer of one chunk has a known length. */
  readonly isLast: boolean;
}

interface Answer {
  readonly rows: AsyncIterable<RowBatch>;
  readonly encoder: ResultEncoder;
  readonly request: TapRequest;
}

/**
 * The document, a chunk for each batch of rows. The head leaves with the first rows, so that a
 * failure before them can still be an error response; the foot leaves with the last ones.
 */
export async function* encodeAnswer(
  answer: Answer,
  record: QueryRecord,
): AsyncGenerator<AnswerChunk, void> {
  const { encoder, request } = answer;
  let unsent = [encoder.head()].filter(isFilled);
  let hasBegun = false;
  try {
    let isOverflow = false;
    for await (const batch of rowsInOrder(answer)) {
      record.done('read');
      const rowCount = Math.min(batch.rowCount, request.maxRecords - record.rows);
      isOverflow ||= rowCount < batch.rowCount;
      unsent.push(...[record.encoded(encoder.rows(batch, rowCount), rowCount)].filter(isFilled));
      if (!leavesNow(batch, unsent)) continue;
      yield { bytes: joined(unsent), isLast: false };
      record.done('send');
      hasBegun = true;
      unsent = [];
    }
    const status = isOverflow ? 'OVERFLOW' : 'OK';
    unsent.push(encoder.foot({ status }) ?? Buffer.alloc(0));
    record.ended(status);
  } catch (error) {
    const failure = queryFailure(error, request.query);
    const { message } = failure;
    const foot = hasBegun ? encoder.foot({ status: 'ERROR', message }) : null;
    if (foot === null || failure.kind === 'client-gone') throw failure;
    record.failed(failure);
    unsent.push(foot);
  }
  yield { bytes: joined(unsent), isLast: true };
  record.done('send');
}

/** Formats keep rows back (Parquet) or leave them out (lists of URIs): nothing is no chunk. */
function isFilled(bytes: Buffer): boolean {
  return bytes.length > 0;
}

/** The last rows leave with the foot: a small answer is one chunk. */
function leavesNow(batch: RowBatch, unsent: readonly Buffer[]): boolean {
  return !batch.isLast && unsent.length > 0;
}

/** The rows as they come, or after the format has seen them all. */
function rowsInOrder({ rows, encoder, request }: Answer): AsyncIterable<RowBatch> {
  const { survey } = encoder;
  if (survey === undefined) return rows;
  return surveyedRows(rows, { survey, maxRecords: request.maxRecords });
}

/** A chunk that stands alone leaves as it is: in a long answer, all but the first and the last do. */
function joined(parts: readonly Buffer[]): Buffer {
  const [first] = parts;
  return first !== undefined && parts.length === 1 ? first : Buffer.concat(parts);
}
