import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.ts';
import { listen } from '../../src/http/listen.ts';
import { createLog } from '../../src/log.ts';
import { startBackend } from '../../src/start-backend.ts';
import type { ResultStore } from '../../src/storage/result-store.ts';
import type { QueryLogEntry } from '../../src/tap/query-record.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';

export interface TestService {
  /** TAP base URL. */
  readonly url: string;
  readonly port: number;
  /** DATA_DIR. */
  readonly folder: string;
  readonly database: TestDatabase;
  /** Where results and posted files of jobs lie. */
  readonly results: ResultStore;
  /** What was logged of each query, in the order of their ends. */
  readonly logged: readonly QueryLogEntry[];
  /** Empties `logged`: a failure holds on to all that was at work when it came up. */
  readonly forgetLogged: () => void;
  readonly stop: () => Promise<void>;
}

/** The service on a database of its own, which holds the sample, listening on a free port. */
export async function startTestService(
  settings: Readonly<Record<string, string>> = {},
): Promise<TestService> {
  const folder = await mkdtemp(join(tmpdir(), 'cloudtap-test-'));
  const config = readConfig({ DATA_DIR: folder, ...settings });
  const readerConnections = config.readerConnections + config.slowReaderConnections;
  const database = await createTestDatabase({ readerConnections });
  const { context, stop } = await startBackend(config, database, createLog('silent'));
  const logged: QueryLogEntry[] = [];
  const log = (entry: QueryLogEntry): void => {
    logged.push(entry);
  };
  const http = await listen(
    { host: '127.0.0.1', port: 0 },
    { ...context, query: { ...context.query, log } },
  );
  return {
    url: `http://127.0.0.1:${String(http.port)}/tap`,
    port: http.port,
    folder,
    database,
    results: context.jobService.results,
    logged,
    forgetLogged: () => {
      logged.length = 0;
    },
    stop: async () => {
      await Promise.all([http.stop(1), stop(1)]);
      await database.drop();
      await rm(folder, { recursive: true });
    },
  };
}
