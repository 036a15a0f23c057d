import { join } from 'node:path';
import { sql } from '../adql/index.ts';
import type { Config } from './config.ts';
import type { Database } from './database/database.ts';
import { basePath, type HttpContext } from './http/http-context.ts';
import type { Log } from './log.ts';
import { logQuery } from './log-query.ts';
import { openResultStore, type ResultStoreSettings } from './storage/open-result-store.ts';
import type { OutputLimit } from './tap/tap-request.ts';
import type { QueryContext } from './tap/run-query.ts';
import { cachedTranslate } from './tap/translation-cache.ts';
import { loadCatalog } from './tap-schema/load-catalog.ts';
import { loadTableSet } from './tap-schema/load-table-set.ts';
import { defaultUploadLimits } from './upload/upload-limits.ts';
import { UploadSlots } from './upload/upload-slots.ts';
import { sweepUploadTables } from './upload/upload-table.ts';
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

/** Tables that are filled at the same time: fewer than half of the owner's connections. */
const uploadSlots = 4;

/** Seconds between looks for uploaded tables whose service was killed. */
const uploadSweep = 600;

/** Queries, jobs and uploads, on a database whose schema is up to date. */
export async function startBackend(config: Config, database: Database, log: Log): Promise<Backend> {
  const query = await queryContext(config, database, log);
  const outputLimit = outputLimitOf(config);
  const tableSet = await loadTableSet(database.owner, query.catalog);
  const jobService = await startJobs({ config, database, log }, { query, outputLimit });
  const stopSweeping = sweepUploads(database, log);
  return {
    context: {
      query,
      outputLimit,
      jobService,
      jobLimits: jobLimitsOf(config),
      tableSet,
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
      await jobService.stop(graceSeconds);
    },
  };
}

async function queryContext(config: Config, database: Database, log: Log): Promise<QueryContext> {
  const catalog = await loadCatalog(database.owner, (warning) => {
    log.warn(warning);
  });
  return {
    catalog,
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
    slots: new UploadSlots(uploadSlots),
    limits: { ...defaultUploadLimits, bytes: uploadMaxBytes, rows: uploadMaxRows },
    allowPrivateAddresses: uploadPrivateAddresses,
    // A table in use cannot be dropped; an hour is for the time between its making and its query.
    keepFor: Math.max(config.syncExecutionDuration, config.jobDurationHard) + 3600,
    log: (line) => {
      log.warn(line);
    },
  };
}

interface Surroundings {
  readonly config: Config;
  readonly database: Database;
  readonly log: Log;
}

async function startJobs(
  { config, database, log }: Surroundings,
  { query, outputLimit }: { readonly query: QueryContext; readonly outputLimit: OutputLimit },
): Promise<JobService> {
  const results = await openResultStore(resultStoreSettings(config));
  return startJobService({
    database,
    results,
    run: tapJob({ queryContext: () => query, outputLimit, results }),
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

/** At once, and from time to time: tables of services that were killed. */
function sweepUploads({ owner }: Database, log: Log): () => void {
  const sweep = (): void => {
    sweepUploadTables(owner).catch((error: unknown) => {
      log.error({ err: error }, 'forgotten uploads could not be dropped');
    });
  };
  sweep();
  const timer = setInterval(sweep, uploadSweep * 1000);
  return () => {
    clearInterval(timer);
  };
}
