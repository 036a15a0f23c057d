import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { render, type Sql } from '../../adql/index.ts';
import { type EmbeddedServer, startEmbedded } from '../../src/database/embedded/start-embedded.ts';

/** One PostgreSQL for several services, which can be taken away under them and comes back. */
export interface SharedDatabase {
  /** For DATABASE_URL; stays the same over restarts. */
  readonly url: string;
  /** Of a database and of results: all that the services leave behind. */
  readonly folder: string;
  /** By one connection of our own; rejects while the database is away. */
  readonly query: <Row extends object>(statement: Sql) => Promise<readonly Row[]>;
  /** A "fast" shutdown: connections are cut, everything is on the disk. */
  readonly stop: () => Promise<void>;
  /** kill -9: nothing is written, no connection is told. */
  readonly crash: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

export async function createSharedDatabase(): Promise<SharedDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'cloudtap-scale-'));
  const socket = join(folder, 'socket');
  let server: EmbeddedServer | null = null;

  const start = async (): Promise<void> => {
    server = await startEmbedded({ dataDirectory: folder, log: () => undefined });
    // The embedded server makes a new folder for its socket each time; services know this link.
    const link = `${socket}.${randomUUID()}`;
    await symlink(server.connection.host, link);
    await rename(link, socket);
  };
  const stop = async (): Promise<void> => {
    await server?.stop();
    server = null;
  };
  await start();
  const login = { host: socket, user: 'cloudtap', database: 'postgres' };
  const pool = new pg.Pool({ ...login, max: 1, application_name: 'scale' });
  // Connections break here on purpose.
  pool.on('error', () => undefined);
  return {
    url: `postgres://cloudtap@/postgres?host=${encodeURIComponent(socket)}`,
    folder,
    query: async <Row extends object>(statement: Sql) => {
      const { text, values } = render(statement);
      return (await pool.query<Row>(text, [...values])).rows;
    },
    stop,
    crash: async () => {
      const lock = await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8');
      process.kill(Number(lock.split('\n')[0]), 'SIGKILL');
      await stop();
    },
    start,
    remove: async () => {
      await pool.end();
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
