import type { Writable } from 'node:stream';
import type { Sql } from '../../adql/index.ts';
import type { ReadRows } from '../row-batch.ts';
import type { Listen } from './listen.ts';

/** One connection, or any of a pool's: what the rest of the service sees of PostgreSQL. */
export interface Session {
  /** Runs one statement and returns its rows (small results only; answers stream by `readRows`). */
  readonly query: <Row extends object>(statement: Sql) => Promise<readonly Row[]>;
  /** Runs one statement and returns how many rows it touched. */
  readonly execute: (statement: Sql) => Promise<number>;
  /** `COPY ... FROM STDIN`: what is written goes to PostgreSQL as it is. Only inside `transaction`. */
  readonly copyFrom: (statement: Sql) => Writable;
}

/** The role that owns the schema: migrations, loads, bookkeeping. Never runs a user's SQL. */
export interface Owner extends Session {
  /** One connection, one transaction: committed when `work` resolves, rolled back when it throws. */
  readonly transaction: <Result>(work: (session: Session) => Promise<Result>) => Promise<Result>;
}

/** Two ways into one PostgreSQL: as its owner, and as the reader that runs users' queries. */
export interface Database {
  readonly owner: Owner;
  /** Logs in as a role that owns nothing and may only read what TAP_SCHEMA declares. */
  readonly readRows: ReadRows;
  /** Hears what the owner's side is told by NOTIFY. */
  readonly listen: Listen;
  readonly end: () => Promise<void>;
}
