import { Readable } from 'node:stream';
import type { ServiceError } from '../service-error.ts';
import type { ResultStore } from '../storage/result-store.ts';
import { runQuery, type QueryContext } from '../tap/run-query.ts';
import {
  readTapRequest,
  type OutputLimit,
  type Parameter,
  type PostedFile,
  type TapRequest,
} from '../tap/tap-request.ts';
import type { ClaimedJob } from './job-queue.ts';
import type { StoredPart } from './job.ts';
import type { RunJob } from './run-job.ts';

export interface TapJobOptions {
  /** As /sync uses it, at the moment of the run. Its time limit is replaced by the job's own. */
  readonly queryContext: () => QueryContext;
  readonly outputLimit: OutputLimit;
  /** Where the job's files were put when they were posted. */
  readonly results: ResultStore;
}

/** Runs a job's query by the same steps as /sync does. */
export function tapJob({ queryContext, outputLimit, results }: TapJobOptions): RunJob {
  return (job, signal) => {
    const files = job.parts.map((part) => postedFile(part, results));
    const request = readTapRequest(parametersOf(job), outputLimit, files);
    let rows = 0;
    const context = {
      ...countingRows(queryContext(), (count) => {
        rows = Math.min(rows + count, request.maxRecords);
      }),
      executionDuration: job.executionDuration,
    };
    return {
      mediaType: request.contentType,
      chunks: wholeAnswer(request, context, signal),
      rows: () => rows,
    };
  };
}

function parametersOf({ parameters, runId }: ClaimedJob): readonly Parameter[] {
  return runId === null ? parameters : [...parameters, { name: 'RUNID', value: runId }];
}

function postedFile({ name, mediaType, storageKey }: StoredPart, results: ResultStore): PostedFile {
  const bytes = async function* (): AsyncGenerator<Buffer, void> {
    yield* (await results.read(storageKey)) as AsyncIterable<Buffer>;
  };
  return { name, mediaType, open: () => Readable.from(bytes(), { objectMode: false }) };
}

/**
 * A client of /sync has the first rows already and reads of a failure at their end. A job has
 * nobody reading yet: it fails as a whole.
 */
async function* wholeAnswer(
  request: TapRequest,
  context: QueryContext,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const failures: ServiceError[] = [];
  const log: QueryContext['log'] = (entry) => {
    if (entry.failure !== null) failures.push(entry.failure);
    context.log(entry);
  };
  for await (const { bytes } of runQuery(request, { ...context, log }, signal)) yield bytes;
  for (const failure of failures) throw failure;
}

function countingRows(context: QueryContext, count: (rows: number) => void): QueryContext {
  return {
    ...context,
    readRows: async function* (statement, options) {
      for await (const batch of context.readRows(statement, options)) {
        count(batch.rowCount);
        yield batch;
      }
    },
  };
}
