import { join } from 'node:path';
import { sql } from '../adql/index.ts';
import type { Config } from './config.ts';
import type { Database } from './database/database.ts';
import { ClientLimits } from './http/client-limits.ts';
import { basePath, type HttpContext } from './http/http-context.ts';
import type { Log } from './log.ts';
import { logQuery } from './log-query.ts';
import { openResultStore, type ResultStoreSettings } from './storage/open-result-store.ts';
import { Admission } from './tap/admission.ts';
import { admittedRows, type Door } from './tap/admitted-rows.ts';
import { SpoolSpace } from './tap/row-spool.ts';
import type { OutputLimit } from './tap/tap-request.ts';
import type { QueryContext } from './tap/run-query.ts';
import { cachedTranslate } from './tap/translation-cache.ts';
import { type TableWatch, watchTables } from './tap-schema/watch-tables.ts';
import { createSpool } from './upload/spool.ts';
import { defaultUploadLimits } from './upload/upload-limits.ts';
import { UploadSlots } from './upload/upload-slots.ts';
import { startUploadSweeper, uploadKeepFor } from './upload/upload-sweeper.ts';
import type { UploadContext } from './upload/uploads.ts';
import { estimateByPlan } from './uws/job-quote.ts';
import { type JobService, startJobService } from './uws/job-service.ts';
import { tapJob } from './uws/tap-job.ts';
import type { JobLimits } from './uws/uws-request.ts';

/** All that works behind the URLs. */
export interface Backend {
  readonly context: HttpContext;
  /** Running jobs may end for so long, then they go back to the queue; all WAITs are answered. */
  readonly stop: (graceSeconds: number) => Promise<void>;
}

/** Translations kept for queries that come again. */
const translationCacheSize = 1000;

/** Seconds until a table that was described is known here. */
const tableWatch = 30;

/** Tables that are filled at the same time: fewer than half of the owner's connections. */
const uploadSlots = 4;

/** Queries, jobs and uploads, on a database whose schema is up to date. */
export async function startBackend(config: Config, database: Database, log: Log): Promise<Backend> {
  const warn = log.warn.bind(log);
  const tables = await watchTables({ owner: database.owner, every: tableWatch, warn });
  const query = queryContext({ config, database, log }, tables);
  const door = createDoor(config, database);
  const outputLimit = outputLimitOf(config);
  const jobService = await startJobs({ config, database, log }, { query, door, outputLimit });
  const stopSweeping = sweepUploads(database, query.uploads, log);
  return {
    context: {
      query,
      readRowsFor: (client) => admittedRows(door, { client, isImpatient: true }),
      clientLimits: clientLimitsOf(config),
      load: () => door.admission.state,
      outputLimit,
      jobService,
      jobLimits: jobLimitsOf(config),
      tables: tables.current,
      checkDatabase: async () => {
        await database.owner.query(sql`SELECT 1 AS alive`);
      },
      publicUrl: publicUrl(config.baseUrl),
      bodyLimits: { parameterBytes: config.maxQueryBytes, fileBytes: config.uploadMaxBytes },
      redirectsResults: config.resultsRedirect,
      idleReaderTimeout: config.idleReaderTimeout,
      proxyHops: config.proxyHops,
      startedAt: new Date(),
      logFault: (fault, url) => {
        log.error({ err: fault, url }, 'request failed');
      },
    },
    stop: async (graceSeconds) => {
      stopSweeping();
      await Promise.all([tables.stop(), jobService.stop(graceSeconds)]);
    },
  };
}

/** `catalog` is that of the moment in which it is read: whoever copies the context copies that. */
function queryContext({ config, database, log }: Surroundings, tables: TableWatch): QueryContext {
  return {
    get catalog() {
      return tables.current().catalog;
    },
    translate: cachedTranslate(translationCacheSize),
    readRows: database.readRows,
    uploads: uploadContext(config, database, log),
    executionDuration: config.syncExecutionDuration,
    log: (entry) => {
      logQuery(log, entry);
    },
  };
}

function uploadContext(config: Config, { owner }: Database, log: Log): UploadContext {
  const { uploadMaxBytes, uploadMaxRows, uploadPrivateAddresses } = config;
  return {
    owner,
    spool: createSpool(join(config.dataDirectory, 'uploads')),
    slots: new UploadSlots(uploadSlots),
    limits: { ...defaultUploadLimits, bytes: uploadMaxBytes, rows: uploadMaxRows },
    allowPrivateAddresses: uploadPrivateAddresses,
    keepFor: uploadKeepFor,
    live: new Set(),
    log: (line) => {
      log.warn(line);
    },
  };
}

/** Seconds after which a waiting query may end an answer that is taken slowly. */
const longWait = 10;

/** Rows of slow answers lie beside the embedded database. */
function createDoor(config: Config, { readRows }: Database): Door {
  const admission = new Admission({
    running: config.readerConnections,
    parked: config.slowReaderConnections,
    waiting: config.queueLength,
    patience: config.queueWait,
    longWait: Math.min(longWait, config.queueWait / 2),
  });
  const spoolSpace = new SpoolSpace(join(config.dataDirectory, 'rows'), config.spoolMaxBytes);
  return { readRows, admission, spoolSpace, costLimit: config.syncMaxCost };
}

function clientLimitsOf(config: Config): ClientLimits {
  return new ClientLimits({
    openQueries: config.syncQueriesPerClient,
    queriesPerMinute: config.queriesPerMinutePerClient,
  });
}

interface Surroundings {
  readonly config: Config;
  readonly database: Database;
  readonly log: Log;
}

interface JobParts {
  readonly query: QueryContext;
  readonly door: Door;
  readonly outputLimit: OutputLimit;
}

async function startJobs(
  { config, database, log }: Surroundings,
  { query, door, outputLimit }: JobParts,
): Promise<JobService> {
  const results = await openResultStore(resultStoreSettings(config));
  // A job waits for its turn as long as it takes, and may cost what it likes.
  const applicant = { client: 'jobs', isImpatient: false };
  const readRows = admittedRows({ ...door, costLimit: null }, applicant);
  return startJobService({
    database,
    results,
    run: tapJob({ queryContext: () => ({ ...query, readRows }), outputLimit, results }),
    estimate: estimateByPlan({ queryContext: () => query, outputLimit }),
    // One connection at least is left to synchronous queries.
    slots: Math.min(config.jobSlots, Math.max(config.readerConnections - 1, 1)),
    slotsPerClient: config.jobSlotsPerClient,
    liveJobsPerClient: config.liveJobsPerClient,
    longestWait: config.jobWaitLimit,
    log: (line, fault) => {
      log.error({ err: fault }, line);
    },
  });
}

function resultStoreSettings(config: Config): ResultStoreSettings {
  const { resultsBucket, resultsPrefix, resultsRegion, resultsEndpoint } = config;
  if (resultsBucket === null) {
    const folder = config.resultsDirectory ?? join(config.dataDirectory, 'results');
    return { kind: 'folder', folder };
  }
  return {
    kind: 's3',
    bucket: resultsBucket,
    prefix: resultsPrefix,
    region: resultsRegion,
    endpoint: resultsEndpoint,
    // Where Amazon's SDK looks: environment, files, the machine's role.
    credentials: null,
  };
}

/** A default above the hard limit is no more than that limit. */
function outputLimitOf({ maxrecDefault, maxrecHard }: Config): OutputLimit {
  return { default: Math.min(maxrecDefault, maxrecHard), hard: maxrecHard };
}

function jobLimitsOf(config: Config): JobLimits {
  const { jobDurationDefault, jobDurationHard, jobRetentionDefault, jobRetentionHard } = config;
  return {
    executionDuration: {
      default: Math.min(jobDurationDefault, jobDurationHard),
      hard: jobDurationHard,
    },
    retention: {
      default: Math.min(jobRetentionDefault, jobRetentionHard),
      hard: jobRetentionHard,
    },
  };
}

/** `https://example.org` means the service below it; any other path is the service itself. */
function publicUrl(baseUrl: string | null): string | null {
  if (baseUrl === null) return null;
  const trimmed = baseUrl.replace(/\/+$/, '');
  return new URL(baseUrl).pathname === '/' ? trimmed + basePath : trimmed;
}

function sweepUploads({ owner }: Database, { live }: UploadContext, log: Log): () => void {
  return startUploadSweeper({
    owner,
    live,
    log: (line, fault) => {
      log.error({ err: fault }, line);
    },
  });
}
