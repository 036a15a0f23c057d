import pg from 'pg';
import { ServiceError } from '../service-error.ts';
import type { Database } from './database.ts';
import { messageOf } from './error-fields.ts';
import type { ConnectionSettings } from './embedded/start-embedded.ts';
import { createListening } from './listen.ts';
import { createPool, ownerSettings, readerSettings } from './pools.ts';
import { prepareReader } from './reader-role.ts';
import { createRowReader } from './row-reader.ts';
import { ownerSession } from './session.ts';

export interface DatabaseSource {
  /** The owner's login: of the embedded server, or DATABASE_URL. */
  readonly owner: ConnectionSettings | string;
  /** READER_DATABASE_URL: the reader's login, where it does not follow from the owner's. */
  readonly reader?: string | undefined;
  /** Users' queries that run at the same time (default 10); further ones wait. */
  readonly readerConnections?: number;
  /** Seconds (default 4 hours) after which PostgreSQL itself ends a user's query. */
  readonly executionCeiling?: number;
  readonly log?: (line: string) => void;
}

/**
 * Opens both ways into PostgreSQL; the reader role exists afterwards, so that migrations can grant
 * to it.
 * @throws ServiceError when the server cannot be reached or the reader cannot log in
 */
export async function openDatabase(source: DatabaseSource): Promise<Database> {
  const { readerConnections = 10, executionCeiling = 4 * 3600, log = () => undefined } = source;
  const login = loginOf(source.owner);
  const given = source.reader === undefined ? undefined : loginOf(source.reader);
  const ownerPool = createPool({ login, size: 10, settings: ownerSettings, log });
  try {
    await checkServer(ownerPool, login);
    const owner = ownerSession(ownerPool);
    const reader = await prepareReader(owner, login, given);
    const settings = readerSettings(executionCeiling);
    const readerPool = createPool({ login: reader, size: readerConnections, settings, log });
    const cancelPool = createPool({ login: reader, size: 2, settings, log });
    const listening = createListening(login, log);
    const end = async (): Promise<void> => {
      await listening.end();
      await Promise.all([ownerPool, readerPool, cancelPool].map((pool) => pool.end()));
    };
    const readRows = createRowReader({ readerPool, cancelPool, maxWaiting: 100 });
    return { owner, readRows, listen: listening.listen, end };
  } catch (error) {
    await ownerPool.end();
    throw error;
  }
}

/** pg's own reading of a URL, with all its forms and the PG... variables of the environment. */
function loginOf(owner: ConnectionSettings | string): pg.ClientConfig {
  if (typeof owner !== 'string') return { ...owner };
  const { host, port, user, password, database, ssl } = new pg.Client({ connectionString: owner });
  return { host, port, user, password, database, ssl };
}

const oldestVersion = 14;

async function checkServer(pool: pg.Pool, { host, port }: pg.ClientConfig): Promise<void> {
  const place = `The database at ${host ?? ''}:${String(port)}`;
  const result = await pool
    .query<{ readonly version: string }>(`SELECT current_setting('server_version_num') AS version`)
    .catch((cause: unknown) => {
      throw new ServiceError(
        'database-unavailable',
        `${place} cannot be used: ${reasonOf(cause)}. Check DATABASE_URL.`,
        { cause },
      );
    });
  const major = Math.floor(Number(result.rows[0]?.version) / 10_000);
  if (major >= oldestVersion) return;
  throw new ServiceError(
    'database-unavailable',
    `${place} is PostgreSQL ${String(major)}; cloudtap needs ${String(oldestVersion)} or later.`,
  );
}

/** Several addresses of one host fail together, in an AggregateError whose message is empty. */
function reasonOf(error: unknown): string {
  const all = error instanceof AggregateError ? (error.errors as readonly unknown[]) : [error];
  const reason = all.map(messageOf).join(', ');
  // pg's own words, of a login without one.
  return reason.includes('password must be a string') ? 'the server asks for a password' : reason;
}
