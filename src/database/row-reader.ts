import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import type { SqlStatement } from '../../adql/index.ts';
import type { ReadOptions, ReadRows, RowBatch } from '../row-batch.ts';
import { ServiceError } from '../service-error.ts';
import { databaseFailure } from './database-failure.ts';
import { ExecutionClock } from './execution-clock.ts';
import { KeptStatements } from './kept-statements.ts';
import { isPlanForAll } from './plan-fitness.ts';
import { RowQuery } from './row-query.ts';

export interface RowReaderOptions {
  readonly readerPool: pg.Pool;
  /** Connections of the same role, kept free for cancelling and for a look at a plan. */
  readonly cancelPool: pg.Pool;
  /** Queries that may wait for a connection. */
  readonly maxWaiting: number;
}

/** Milliseconds for a cancelled query to end; after that its connection is cut. */
const drainLimit = 3000;

/** Runs users' queries, each on a connection of its own that logged in as the reader. */
export function createRowReader(options: RowReaderOptions): ReadRows {
  const kept = new KeptStatements((statement) => examine(statement, options.cancelPool));
  return async function* readRows(statement, read) {
    const query = new RowQuery(statement, read.wireFormats, kept.nameFor(statement));
    try {
      yield* runQuery(query, options, read);
    } catch (error) {
      const mayTryAgain = query.isLostUnheard || query.isUnprepared;
      if (!mayTryAgain || read.signal.aborted) throw error;
      if (query.isUnprepared) kept.forget(statement);
      // Where PostgreSQL had ended the idle connection, perhaps all of them, the pool gets a turn to notice.
      await nextTurn();
      yield* runQuery(new RowQuery(statement, read.wireFormats), options, read);
    }
  };
}

async function examine(statement: SqlStatement, pool: pg.Pool): Promise<boolean> {
  const client = await pool.connect();
  try {
    return await isPlanForAll(client, statement);
  } finally {
    client.release();
  }
}

async function* runQuery(
  query: RowQuery,
  options: RowReaderOptions,
  { signal, executionDuration }: ReadOptions,
): AsyncGenerator<RowBatch> {
  const client = await checkOut(options, signal);
  let isSettled = false;
  const settle = (): void => {
    if (!isSettled) void giveBack(client, query, options.cancelPool);
    isSettled = true;
  };
  const abort = (): void => {
    query.fail(signal.reason);
    settle();
  };
  signal.addEventListener('abort', abort);
  try {
    client.query(query);
    yield* batchesOf(query, executionDuration);
  } catch (error) {
    throw signal.aborted ? signal.reason : databaseFailure(error);
  } finally {
    signal.removeEventListener('abort', abort);
    settle();
  }
}

function ignore(): void {
  // Whoever runs the query is told of it by other ways.
}

/** The clock runs only while there is nothing for the consumer to take. */
async function* batchesOf(query: RowQuery, executionDuration: number): AsyncGenerator<RowBatch> {
  const clock = new ExecutionClock(executionDuration, (reason) => {
    query.fail(reason);
  });
  for (;;) {
    clock.start();
    const batch = await query.next().finally(() => {
      clock.stop();
    });
    if (batch === undefined) return;
    yield batch;
  }
}

async function checkOut(options: RowReaderOptions, signal: AbortSignal): Promise<pg.PoolClient> {
  signal.throwIfAborted();
  const { readerPool, maxWaiting } = options;
  if (readerPool.waitingCount >= maxWaiting) {
    throw new ServiceError(
      'database-unavailable',
      'Too many queries are waiting already. Please try again in a minute.',
    );
  }
  const connecting = readerPool.connect();
  try {
    return await unlessAborted(connecting, signal);
  } catch (error) {
    if (!signal.aborted) throw databaseFailure(error);
    // The pool cannot forget a waiting request: its connection goes back unused.
    connecting.then((client) => {
      client.release();
    }, ignore);
    throw error;
  }
}

function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}

/**
 * A connection goes back to the pool only when PostgreSQL is ready for the next query on it. The
 * cancel request is waited for as well: one that came late would hit that next query.
 */
async function giveBack(
  client: pg.PoolClient,
  query: RowQuery,
  cancelPool: pg.Pool,
): Promise<void> {
  if (!query.isReady) {
    query.discard();
    const cancelled = query.isComplete ? undefined : cancel(client, cancelPool);
    const tooLong = delay(drainLimit, undefined, { ref: false });
    await Promise.race([Promise.all([cancelled, query.ended]), tooLong]);
  }
  client.release(query.isReady ? undefined : true);
}

/** pg has no public way to cancel (node-postgres, pull request 3751). */
async function cancel(client: pg.PoolClient, cancelPool: pg.Pool): Promise<void> {
  // pg keeps the number of the backend, though its types do not say so.
  const { processID } = client as pg.PoolClient & { readonly processID: number };
  // Where it fails, the connection is cut after `drainLimit`.
  await cancelPool.query('SELECT pg_catalog.pg_cancel_backend($1)', [processID]).catch(ignore);
}
