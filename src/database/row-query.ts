import type { Duplex } from 'node:stream';
import type pg from 'pg';
import type { SqlStatement } from '../../adql/index.ts';
import type { RowBatch, WireFormat } from '../row-batch.ts';
import { type Cut, MessageCutter, messageCodes } from './message-cutter.ts';
import { queryMessages } from './query-messages.ts';

type DataListener = (chunk: Buffer) => void;

interface Waiter {
  readonly resolve: (batch: RowBatch | undefined) => void;
  readonly reject: (reason: unknown) => void;
}

/** Bytes waiting for the consumer at which the socket is paused, and at which it goes on. */
const highWaterMark = 128 * 1024;
const lowWaterMark = 64 * 1024;

/**
 * A query that pg submits but does not decode: while it runs it stands between the socket and pg's
 * parser, keeps the rows as bytes and hands every other message on. So connecting, TLS, pooling and
 * errors stay pg's, and a row costs nothing but its bytes.
 */
export class RowQuery implements pg.Submittable {
  readonly #statement: SqlStatement;
  readonly #wireFormats: readonly WireFormat[];
  readonly #cutter = new MessageCutter();
  /** Resolves when PostgreSQL has said ReadyForQuery, or the connection is gone. */
  readonly ended: Promise<void>;
  readonly #end: () => void;
  #stream: Duplex | undefined;
  #parser: readonly DataListener[] = [];
  #queue: RowBatch[] = [];
  #queuedBytes = 0;
  #waiter: Waiter | undefined;
  #failure: { readonly reason: unknown } | undefined;
  #hasDelivered = false;
  #isDiscarding = false;
  #isComplete = false;
  #isReady = false;

  constructor(statement: SqlStatement, wireFormats: readonly WireFormat[]) {
    this.#statement = statement;
    this.#wireFormats = wireFormats;
    let end = (): void => undefined;
    this.ended = new Promise((resolve) => {
      end = resolve;
    });
    this.#end = end;
  }

  /** PostgreSQL has nothing left to do for it. */
  get isComplete(): boolean {
    return this.#isComplete || this.#isReady;
  }

  /** The connection stands ready for another query. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /**
   * The next rows; undefined after the last. When some were taken, those that arrived before a failure
   * come before it; when none was, the failure comes at once, while it can still be an error response.
   */
  next(): Promise<RowBatch | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiter = { resolve, reject };
      this.#wake();
    });
  }

  /** Ends the consumer's side: `next` throws, rows still to come are dropped. */
  fail(reason: unknown): void {
    this.#failure ??= { reason };
    this.discard();
    this.#wake();
  }

  discard(): void {
    this.#isDiscarding = true;
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#stream?.resume();
  }

  submit(connection: pg.Connection): void {
    const { stream } = connection;
    this.#stream = stream;
    this.#parser = stream.listeners('data') as readonly unknown[] as readonly DataListener[];
    for (const listener of this.#parser) stream.off('data', listener);
    stream.on('data', this.#onData);
    stream.once('close', this.#onClose);
    stream.write(queryMessages(this.#statement, this.#wireFormats));
  }

  readonly #onData = (chunk: Buffer): void => {
    for (const cut of this.#cutter.cut(chunk)) this.#take(cut);
    const last = this.#queue.at(-1);
    if (this.#isComplete && last !== undefined) {
      this.#queue[this.#queue.length - 1] = { ...last, isLast: true };
    }
    if (this.#queuedBytes >= highWaterMark) this.#stream?.pause();
    this.#wake();
  };

  #take(cut: Cut): void {
    if (cut.kind === 'rows') {
      if (this.#isDiscarding) return;
      this.#queue.push({ bytes: cut.bytes, rowCount: cut.rowCount, isLast: false });
      this.#queuedBytes += cut.bytes.length;
      return;
    }
    if (cut.code === messageCodes.commandComplete) this.#isComplete = true;
    if (cut.code === messageCodes.readyForQuery) {
      this.#isReady = true;
      this.#giveBackStream();
    }
    for (const listener of this.#parser) listener(cut.bytes);
  }

  #giveBackStream(): void {
    const stream = this.#stream;
    if (stream === undefined) return;
    stream.off('data', this.#onData);
    stream.off('close', this.#onClose);
    for (const listener of this.#parser) stream.on('data', listener);
    stream.resume();
    this.#end();
  }

  readonly #onClose = (): void => {
    this.#failure ??= { reason: new Error('the connection to the database broke') };
    this.#end();
    this.#wake();
  };

  #wake(): void {
    const waiter = this.#waiter;
    if (waiter === undefined) return;
    const failsAtOnce = this.#failure !== undefined && !this.#hasDelivered;
    const batch = failsAtOnce ? undefined : this.#queue.shift();
    if (batch !== undefined) {
      this.#hasDelivered = true;
      this.#queuedBytes -= batch.bytes.length;
      if (this.#queuedBytes < lowWaterMark) this.#stream?.resume();
      waiter.resolve(batch);
    } else if (this.#failure !== undefined) waiter.reject(this.#failure.reason);
    else if (this.isComplete) waiter.resolve(undefined);
    else return;
    this.#waiter = undefined;
  }

  /** From pg: PostgreSQL's ErrorResponse, or a connection that broke. */
  handleError(error: unknown): void {
    this.#failure ??= { reason: error };
    // Before submit there is no stream whose end would be seen.
    if (this.#stream === undefined || this.#stream.destroyed) this.#end();
    this.#wake();
  }

  // What pg tells of the messages that went through `#take` already.
  readonly handleReadyForQuery = ignore;
  readonly handleCommandComplete = ignore;
  readonly handleRowDescription = ignore;
  readonly handleDataRow = ignore;
  readonly handlePortalSuspended = ignore;
  readonly handleEmptyQuery = ignore;
}

function ignore(): void {
  // Nothing to do.
}
