import { type Catalog, translate } from '../../adql/index.ts';
import { gateStatement } from '../database/statement-gate.ts';
import type { ReadRows, RowBatch } from '../row-batch.ts';
import { noUploads, prepareUploads, type UploadContext, withUploads } from '../upload/uploads.ts';
import { encodeAnswer, type AnswerChunk } from './encode-answer.ts';
import { queryFailure } from './query-failure.ts';
import { resultHead } from './result-head.ts';
import { QueryRecord, type QueryLogEntry } from './query-record.ts';
import type { TapRequest } from './tap-request.ts';
import type { Translate } from './translation-cache.ts';

/** What a query needs of the outside; the service hands it in. */
export interface QueryContext {
  readonly catalog: Catalog;
  readonly translate: Translate;
  readonly readRows: ReadRows;
  readonly uploads: UploadContext;
  /** Seconds of work allowed to the database. */
  readonly executionDuration: number;
  /** Hears of every query once, when it has ended, however it ended. */
  readonly log: (entry: QueryLogEntry) => void;
}

/**
 * One query from its text to the bytes of its answer:
 * uploaded tables -> ADQL to SQL and typed columns -> safety gate -> rows from PostgreSQL -> the
 * chosen format.
 *
 * Nothing runs until the caller pulls, and nothing is read faster than the caller pulls. /sync pipes
 * the chunks to the client, a job to its result.
 *
 * @throws ServiceError before the first chunk. Later failures are told inside the document where
 *   the format has words for them, and thrown where it has none.
 */
export async function* runQuery(
  request: TapRequest,
  context: QueryContext,
  signal: AbortSignal,
): AsyncGenerator<AnswerChunk, void> {
  const record = new QueryRecord(request);
  let uploads = noUploads;
  try {
    uploads = await prepareUploads({ ...request.uploads, signal }, context.uploads);
    record.done('upload');

    // The name of an uploaded table never comes again: no use in remembering its translation.
    const toSql = uploads.tables.length === 0 ? context.translate : translate;
    const translation = toSql(request.query, {
      catalog: withUploads(context.catalog, uploads),
      language: request.language,
      // One too many: its arrival is how an overflow is noticed (DALI 1.1, "Overflow").
      rowLimit: request.maxRecords + 1,
    });
    record.done('translate');

    gateStatement(translation.statement, translation.uses);
    record.done('gate');

    const encoder = await request.format.createEncoder(resultHead(request, translation));
    const { wireFormats } = encoder;
    const { executionDuration } = context;
    // MAXREC=0 asks for the columns alone.
    const rows =
      request.maxRecords === 0
        ? oneRowTooMany()
        : context.readRows(translation.statement, { wireFormats, signal, executionDuration });

    yield* encodeAnswer({ rows, encoder, request }, record);
  } catch (error) {
    throw record.failed(queryFailure(error, request.query));
  } finally {
    await uploads.drop();
    context.log(record.entry());
  }
}

/** An answer cut off before its first row. */
async function* oneRowTooMany(): AsyncGenerator<RowBatch, void> {
  yield await Promise.resolve({ bytes: Buffer.alloc(0), rowCount: 1, isLast: true });
}
