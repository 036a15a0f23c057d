import pg from 'pg';
import { rowSocket } from './row-socket.ts';

export interface PoolOptions {
  readonly login: pg.ClientConfig;
  /** Connections at most. */
  readonly size: number;
  /** Set once on each new connection. */
  readonly settings: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
}

/** Milliseconds to wait for a free connection, or for a new one to be made. */
const connectionTimeout = 20_000;

/**
 * Settings go by SET, not as start-up options: connection poolers (pgbouncer, RDS Proxy) refuse
 * those. An idle connection that breaks is dropped, and the next query makes a new one.
 */
export function createPool({ login, size, settings, log }: PoolOptions): pg.Pool {
  const statements = Object.entries(settings).map(([name, value]) => `SET ${name} = '${value}'`);
  const pool = new pg.Pool({
    ...login,
    application_name: 'cloudtap',
    max: size,
    connectionTimeoutMillis: connectionTimeout,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    stream: rowSocket,
    verify: (client, done) => {
      client.query(statements.join('; ')).then(() => {
        done();
      }, done);
    },
  });
  // pg tells a dying connection twice: its query fails, and its client emits, perhaps only after it was
  // given back. Unheard, the second would end the process; a pool listens only while a client is idle.
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
  });
  pool.on('error', (error) => {
    log(`an idle connection to the database broke: ${error.message}`);
  });
  return pool;
}

/** What both roles need for the same text form of every value, whatever the server's own settings. */
const common = {
  client_encoding: 'UTF8',
  datestyle: 'ISO, YMD',
  intervalstyle: 'iso_8601',
  timezone: 'UTC',
  bytea_output: 'hex',
  extra_float_digits: '1',
  standard_conforming_strings: 'on',
} as const;

export const ownerSettings: Readonly<Record<string, string>> = common;

/** @param ceiling seconds; the real limit is the execution clock of `readRows` */
export function readerSettings(ceiling: number): Readonly<Record<string, string>> {
  return {
    ...common,
    default_transaction_read_only: 'on',
    statement_timeout: String(ceiling * 1000),
    search_path: 'pg_catalog',
    jit: 'off',
  };
}
