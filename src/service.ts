import type { Config } from './config.ts';
import type { Database } from './database/database.ts';
import { startEmbedded } from './database/embedded/start-embedded.ts';
import { migrate } from './database/migrate.ts';
import { openDatabase } from './database/open-database.ts';
import { sql } from '../adql/index.ts';
import { basePath, type HttpContext } from './http/http-context.ts';
import { listen } from './http/listen.ts';
import { isCatalogueEmpty, loadSample } from './load/load-sample.ts';
import type { Log } from './log.ts';
import { logQuery } from './log-query.ts';
import { loadCatalog } from './tap-schema/load-catalog.ts';
import { loadTableSet } from './tap-schema/load-table-set.ts';
import { cachedTranslate } from './tap/translation-cache.ts';

/** A running service. */
export interface Service {
  /** Where it listens: `http://127.0.0.1:8080/tap`. */
  readonly url: string;
  /** Lets running answers end for 2 s, cuts off the rest, then closes the database. */
  readonly stop: () => Promise<void>;
}

/** A database that is ready to use, with its schema up to date. */
export interface Store {
  readonly database: Database;
  readonly close: () => Promise<void>;
}

/** Seconds that running answers get to end. */
const drainSeconds = 2;

/** Translations kept for queries that come again. */
const translationCacheSize = 1000;

/**
 * Everything from the settings to a service that answers.
 * @throws ServiceError with words for the operator; nothing is left running then
 */
export async function startService(config: Config, log: Log): Promise<Service> {
  const store = await openStore(config, log);
  try {
    if (config.sample) await loadSampleOnce(store.database, log);
    const context = await httpContext(config, store.database, log);
    const http = await listen({ host: config.host, port: config.port }, context);
    return {
      url: `http://${reachableHost(config.host)}:${String(http.port)}${basePath}`,
      stop: async () => {
        await http.stop(drainSeconds);
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** The configured PostgreSQL, or the embedded one. */
export async function openStore(config: Config, log: Log): Promise<Store> {
  const logLine = (line: string): void => {
    log.info({ source: 'database' }, line);
  };
  const { dataDirectory, databaseUrl, readerDatabaseUrl, readerConnections } = config;
  const embedded =
    databaseUrl === null ? await startEmbedded({ dataDirectory, log: logLine }) : null;
  try {
    const database = await openDatabase({
      owner: databaseUrl ?? embedded?.connection ?? '',
      reader: readerDatabaseUrl ?? undefined,
      readerConnections,
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
    throw error;
  }
}

async function loadSampleOnce({ owner }: Database, log: Log): Promise<void> {
  if (!(await isCatalogueEmpty(owner))) return;
  const { loaded } = await loadSample(owner);
  log.info({ rows: loaded }, 'sample loaded: TESS full-frame images of sector 12');
}

/** What the HTTP side needs, from a database whose schema is up to date. */
export async function httpContext(
  config: Config,
  database: Database,
  log: Log,
): Promise<HttpContext> {
  const catalog = await loadCatalog(database.owner, (warning) => {
    log.warn(warning);
  });
  return {
    query: {
      catalog,
      translate: cachedTranslate(translationCacheSize),
      readRows: database.readRows,
      executionDuration: config.syncExecutionDuration,
      log: (entry) => {
        logQuery(log, entry);
      },
    },
    outputLimit: {
      default: Math.min(config.maxrecDefault, config.maxrecHard),
      hard: config.maxrecHard,
    },
    tableSet: await loadTableSet(database.owner, catalog),
    checkDatabase: async () => {
      await database.owner.query(sql`SELECT 1 AS alive`);
    },
    publicUrl: publicUrl(config.baseUrl),
    maxQueryBytes: config.maxQueryBytes,
    idleReaderTimeout: config.idleReaderTimeout,
    startedAt: new Date(),
    logFault: (fault, url) => {
      log.error({ err: fault, url }, 'request failed');
    },
  };
}

/** `https://example.org` means the service below it; any other path is the service itself. */
function publicUrl(baseUrl: string | null): string | null {
  if (baseUrl === null) return null;
  const trimmed = baseUrl.replace(/\/+$/, '');
  return new URL(baseUrl).pathname === '/' ? trimmed + basePath : trimmed;
}

/** Whoever listens on all addresses is reached at the local one. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
