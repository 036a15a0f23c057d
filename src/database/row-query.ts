import type { Duplex } from 'node:stream';
import pg from 'pg';
import type { SqlStatement } from '../../adql/index.ts';
import type { RowBatch, WireFormat } from '../row-batch.ts';
import { type Cut, messageCodes } from './message-cutter.ts';
import { type Naming, namingOn, rememberPrepared, unnamed } from './prepared-names.ts';
import { queryMessages } from './query-messages.ts';
import { type MessageSource, messagesOf } from './row-socket.ts';

interface Waiter {
  readonly resolve: (batch: RowBatch | undefined) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Milliseconds in which a connection that was dead before shows it. Later, PostgreSQL had begun with the
 * query, and whoever ended it there wants it to stay ended.
 */
const unheardLimit = 300;

/** SQLSTATEs of a server that ends its connections: 57P01 to 57P03 (PostgreSQL manual, appendix A). */
const serverEnds = /^57P0[123]$/;

/**
 * SQLSTATEs of a prepared statement that is not what it was: PostgreSQL does not know its name, or knows
 * it of somebody else (poolers), or its columns have changed their types.
 */
const namesFail = /^(26000|42P05|0A000)$/;

/**
 * A query that pg submits but does not decode: while it runs it stands between the socket and pg's
 * parser, keeps the rows as bytes and hands every other message on. So connecting, TLS, pooling and
 * errors stay pg's, and a row costs nothing but its bytes.
 */
export class RowQuery implements pg.Submittable {
  readonly #statement: SqlStatement;
  readonly #wireFormats: readonly WireFormat[];
  readonly #name: string | null;
  /** Resolves when PostgreSQL has said ReadyForQuery, or the connection is gone. */
  readonly ended: Promise<void>;
  readonly #end: () => void;
  #connection: pg.Connection | undefined;
  #naming: Naming = unnamed;
  #stream: Duplex | undefined;
  #messages: MessageSource | undefined;
  #queue: RowBatch[] = [];
  #waiter: Waiter | undefined;
  #failure: { readonly reason: unknown } | undefined;
  #hasDelivered = false;
  #isDiscarding = false;
  #isComplete = false;
  #isReady = false;
  #submitted = Number.NEGATIVE_INFINITY;
  /** Milliseconds from `submit` to a failure that was all that came. */
  #lostAfter = Number.POSITIVE_INFINITY;
  #isAnswered = false;
  #isUnprepared = false;

  /** @param name to keep the statement under on the connection that it gets; null: it is not kept */
  constructor(
    statement: SqlStatement,
    wireFormats: readonly WireFormat[],
    name: string | null = null,
  ) {
    this.#statement = statement;
    this.#wireFormats = wireFormats;
    this.#name = name;
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

  /** The connection was dead before PostgreSQL could hear of the query: another one may be tried. */
  get isLostUnheard(): boolean {
    return this.#lostAfter < unheardLimit;
  }

  /** It failed by the name of its prepared statement, and goes without. */
  get isUnprepared(): boolean {
    return this.#isUnprepared;
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
    this.#stream?.resume();
  }

  submit(connection: pg.Connection): void {
    const { stream } = connection;
    this.#connection = connection;
    this.#naming = namingOn(connection, this.#name);
    this.#stream = stream;
    this.#messages = messagesOf(stream);
    this.#messages.divert(this.#receive);
    stream.once('close', this.#onClose);
    this.#submitted = performance.now();
    stream.write(
      queryMessages({
        statement: this.#statement,
        wireFormats: this.#wireFormats,
        naming: this.#naming,
      }),
    );
  }

  /**
   * The rows of one read wait here while the consumer has those of the read before; until they are
   * taken too, nothing is read, and PostgreSQL waits.
   */
  readonly #receive = (cuts: readonly Cut[]): void => {
    for (const cut of cuts) this.#take(cut);
    const last = this.#queue.at(-1);
    if (this.#isComplete && last !== undefined) {
      this.#queue[this.#queue.length - 1] = { ...last, isLast: true };
    }
    this.#wake();
    if (this.#queue.length > 0 && !this.#isReady) this.#stream?.pause();
  };

  #take(cut: Cut): void {
    this.#isAnswered ||= cut.kind === 'rows' || cut.code !== messageCodes.errorResponse;
    if (cut.kind === 'rows') {
      if (this.#isDiscarding) return;
      this.#queue.push({ bytes: cut.bytes, rowCount: cut.rowCount, isLast: false });
      return;
    }
    if (cut.code === messageCodes.commandComplete) this.#isComplete = true;
    if (cut.code === messageCodes.parseComplete && this.#connection !== undefined) {
      rememberPrepared(this.#connection, this.#naming);
    }
    if (cut.code === messageCodes.readyForQuery) this.#giveBack(cut.bytes);
    else this.#messages?.passOn(cut.bytes);
  }

  #giveBack(ready: Buffer): void {
    this.#isReady = true;
    this.#stream?.off('close', this.#onClose);
    this.#messages?.restore(ready);
    this.#stream?.resume();
    this.#end();
  }

  readonly #onClose = (): void => {
    this.#lose(new Error('the connection to the database broke'));
    this.#end();
    this.#wake();
  };

  #lose(reason: unknown): void {
    if (this.#failure !== undefined) return;
    this.#failure = { reason };
    const code = reason instanceof pg.DatabaseError ? (reason.code ?? '') : '';
    this.#isUnprepared = this.#naming.name !== '' && !this.#hasDelivered && namesFail.test(code);
    const isLost = !(reason instanceof pg.DatabaseError) || serverEnds.test(code);
    if (isLost && !this.#isAnswered) this.#lostAfter = performance.now() - this.#submitted;
  }

  #wake(): void {
    const waiter = this.#waiter;
    if (waiter === undefined) return;
    const failsAtOnce = this.#failure !== undefined && !this.#hasDelivered;
    const batch = failsAtOnce ? undefined : this.#queue.shift();
    if (batch !== undefined) {
      this.#hasDelivered = true;
      if (this.#queue.length === 0) this.#stream?.resume();
      waiter.resolve(batch);
    } else if (this.#failure !== undefined) waiter.reject(this.#failure.reason);
    else if (this.isComplete) waiter.resolve(undefined);
    else return;
    this.#waiter = undefined;
  }

  /** From pg: PostgreSQL's ErrorResponse, or a connection that broke. */
  handleError(error: unknown): void {
    this.#lose(error);
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
