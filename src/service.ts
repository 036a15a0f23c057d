import type { Config } from './config.ts';
import type { Database } from './database/database.ts';
import { startEmbedded } from './database/embedded/start-embedded.ts';
import { codeOf, messageOf } from './database/error-fields.ts';
import { migrate } from './database/migrate.ts';
import { openDatabase } from './database/open-database.ts';
import { basePath } from './http/http-context.ts';
import { listen } from './http/listen.ts';
import { isCatalogueEmpty, loadSample } from './load/load-sample.ts';
import type { Log } from './log.ts';
import { ServiceError } from './service-error.ts';
import { startBackend } from './start-backend.ts';

/** A running service. */
export interface Service {
  /** Where it listens: `http://127.0.0.1:8080/tap`. */
  readonly url: string;
  /**
   * Lets running answers and jobs end for 2 s, cuts off the answers, hands the jobs back to the queue,
   * then closes the database.
   */
  readonly stop: () => Promise<void>;
}

/** A database that is ready to use, with its schema up to date. */
export interface Store {
  readonly database: Database;
  readonly close: () => Promise<void>;
}

/** Seconds that running answers and jobs get to end. */
const drainSeconds = 2;

/** Hears that the embedded PostgreSQL ended by itself: nothing can be answered any more. */
export type OnCrash = () => void;

/**
 * Everything from the settings to a service that answers.
 * @throws ServiceError with words for the operator; nothing is left running then
 */
export async function startService(config: Config, log: Log, onCrash: OnCrash): Promise<Service> {
  const store = await openStore(config, log, onCrash);
  try {
    if (config.sample) await loadSampleOnce(store.database, log);
    const backend = await startBackend(config, store.database, log);
    const address = { host: config.host, port: config.port };
    const http = await listen(address, backend.context).catch(async (error: unknown) => {
      await backend.stop(0);
      throw error;
    });
    return {
      url: `http://${reachableHost(config.host)}:${String(http.port)}${basePath}`,
      stop: async () => {
        await Promise.all([http.stop(drainSeconds), backend.stop(drainSeconds)]);
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** What an operator should see of PostgreSQL's log; connections cut by ourselves are no alarm. */
const alarm =
  /\b(FATAL|PANIC): +(?! |terminating connection due to administrator command|connection to client lost)/;

/** The configured PostgreSQL, or the embedded one. */
export async function openStore(config: Config, log: Log, onCrash: OnCrash): Promise<Store> {
  const logLine = (line: string): void => {
    log[alarm.test(line) ? 'warn' : 'info']({ source: 'database' }, line);
  };
  const { dataDirectory, databaseUrl, readerDatabaseUrl } = config;
  const embedded =
    databaseUrl === null ? await startEmbedded({ dataDirectory, log: logLine, onCrash }) : null;
  try {
    const database = await openDatabase({
      owner: databaseUrl ?? embedded?.connection ?? '',
      reader: readerDatabaseUrl ?? undefined,
      readerConnections: config.readerConnections + config.slowReaderConnections,
      executionCeiling: Math.max(config.jobDurationHard, config.syncExecutionDuration),
      log: logLine,
    });
    const applied = await migrate(database.owner);
    if (applied.length > 0) log.info({ applied }, 'schema brought up to date');
    const close = async (): Promise<void> => {
      await database.end();
      await embedded?.stop();
    };
    return { database, close };
  } catch (error) {
    await embedded?.stop();
    throw codeOf(error) === insufficientPrivilege ? mayNot(error) : error;
  }
}

/** SQLSTATE (PostgreSQL manual, appendix A). */
const insufficientPrivilege = '42501';

function mayNot(cause: unknown): ServiceError {
  return new ServiceError(
    'database-unavailable',
    `The role of DATABASE_URL may not do what cloudtap needs (${messageOf(cause)}). Let an ` +
      'administrator make it the owner of the database: ALTER DATABASE ... OWNER TO ...;',
    { cause },
  );
}

async function loadSampleOnce({ owner }: Database, log: Log): Promise<void> {
  if (!(await isCatalogueEmpty(owner))) return;
  const { loaded } = await loadSample(owner);
  log.info({ rows: loaded }, 'sample loaded: TESS full-frame images of sector 12');
}

/** Whoever listens on all addresses is reached at the local one. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
