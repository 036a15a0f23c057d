import { z } from 'zod';

/** A setting: an environment variable, told to people by `description` and `unit`. */
export interface Setting<Schema extends z.ZodType, Default extends string | null> {
  readonly name: string;
  readonly description: string;
  /** Of the value, where it has one. */
  readonly unit?: 'rows' | 'seconds' | 'bytes';
  /** As text, the way an operator would write it; null when it is not set. */
  readonly default: Default;
  readonly schema: Schema;
}

function setting<Schema extends z.ZodType, const Default extends string | null>(
  row: Setting<Schema, Default>,
): Setting<Schema, Default> {
  return row;
}

const text = z.string();
const wholeNumber = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number')
  .transform(Number);
const positiveNumber = wholeNumber.refine((number) => number > 0, 'must be greater than 0');
/** Kept as an integer of 32 bits. */
const seconds = positiveNumber.refine((number) => number < 2 ** 31, 'must be less than 2147483648');
/** Nobody waits longer than a day for an answer. */
const waitingTime = positiveNumber.refine((number) => number <= 86_400, 'must be at most 86400');
const port = wholeNumber.refine((number) => number <= 65_535, 'must be at most 65535');
const yesOrNo = z
  .enum(['true', 'false', '1', '0', 'yes', 'no'], 'must be true or false')
  .transform((word) => ['true', '1', 'yes'].includes(word));
const webUrl = z.url({
  protocol: /^https?$/,
  error: 'must be a URL such as https://example.org/tap',
});
// No z.url: `postgres://owner@/archive?host=/run/postgresql`, a socket, is none to it.
const postgresUrl = z
  .string()
  .regex(
    /^postgres(ql)?:\/\/\S+$/,
    'must be a URL such as postgres://user:password@host:5432/database',
  );
const logLevel = z.enum(
  ['debug', 'info', 'warn', 'error', 'silent'],
  'must be one of debug, info, warn, error, silent',
);

/** Every setting of the service, once. README's table is tested against it. */
export const settings = {
  host: setting({
    name: 'HOST',
    description: 'Address to listen on; 0.0.0.0 for every network',
    default: '127.0.0.1',
    schema: text,
  }),
  port: setting({
    name: 'PORT',
    description: 'Port to listen on; 0 takes any that is free',
    default: '8080',
    schema: port,
  }),
  baseUrl: setting({
    name: 'BASE_URL',
    description: 'Public URL when behind a proxy; /tap is added when it has no path',
    default: null,
    schema: webUrl,
  }),
  dataDirectory: setting({
    name: 'DATA_DIR',
    description: 'Folder of the embedded database',
    default: '.data',
    schema: text,
  }),
  databaseUrl: setting({
    name: 'DATABASE_URL',
    description: 'PostgreSQL to use in place of the embedded one, as the owner of the schema',
    default: null,
    schema: postgresUrl,
  }),
  readerDatabaseUrl: setting({
    name: 'READER_DATABASE_URL',
    description: "The same database for users' queries, when the reader role is made by hand",
    default: null,
    schema: postgresUrl,
  }),
  readerConnections: setting({
    name: 'READER_CONNECTIONS',
    description: 'Queries that run at the same time',
    default: '16',
    schema: positiveNumber,
  }),
  slowReaderConnections: setting({
    name: 'SLOW_READER_CONNECTIONS',
    description:
      'Further connections, for answers whose clients take them slowly; 20 when DATABASE_URL is set',
    default: '200',
    schema: wholeNumber,
  }),
  spoolMaxBytes: setting({
    name: 'SPOOL_MAX_BYTES',
    description: 'Disk in DATA_DIR for rows of slow answers when those connections are in use',
    unit: 'bytes',
    default: '4000000000',
    schema: wholeNumber,
  }),
  queueLength: setting({
    name: 'QUEUE_LENGTH',
    description: 'Synchronous queries that may wait for a connection; further ones get 503',
    default: '1000',
    schema: wholeNumber,
  }),
  queueWait: setting({
    name: 'QUEUE_WAIT',
    description: 'Time that a synchronous query may wait for a connection; then it gets 503',
    unit: 'seconds',
    default: '60',
    schema: waitingTime,
  }),
  syncQueriesPerClient: setting({
    name: 'SYNC_QUERIES_PER_CLIENT',
    description: 'Synchronous queries that one client address may have open; further ones get 429',
    default: '256',
    schema: positiveNumber,
  }),
  queriesPerMinutePerClient: setting({
    name: 'QUERIES_PER_MINUTE_PER_CLIENT',
    description:
      'Queries and new jobs that one client address may send; further ones get 429; any number when not set',
    default: null,
    schema: positiveNumber,
  }),
  syncMaxCost: setting({
    name: 'SYNC_MAX_COST',
    description:
      "Cost in PostgreSQL's EXPLAIN above which a synchronous query is sent to /async; any when not set",
    default: null,
    schema: positiveNumber,
  }),
  sample: setting({
    name: 'SAMPLE',
    description: 'Load the TESS sample into an empty catalogue; false when DATABASE_URL is set',
    default: 'true',
    schema: yesOrNo,
  }),
  maxrecDefault: setting({
    name: 'MAXREC_DEFAULT',
    description: 'Rows of an answer when the client names no MAXREC',
    unit: 'rows',
    default: '1000000',
    schema: positiveNumber,
  }),
  maxrecHard: setting({
    name: 'MAXREC_HARD',
    description: 'Rows of an answer at most',
    unit: 'rows',
    default: '10000000',
    schema: positiveNumber,
  }),
  syncExecutionDuration: setting({
    name: 'SYNC_EXECUTION_DURATION',
    description: 'Time that the database may work on one synchronous query',
    unit: 'seconds',
    default: '60',
    schema: positiveNumber,
  }),
  jobSlots: setting({
    name: 'JOB_SLOTS',
    description: 'Asynchronous queries that run at the same time; 0 leaves them to other replicas',
    default: '5',
    schema: wholeNumber,
  }),
  jobSlotsPerClient: setting({
    name: 'JOB_SLOTS_PER_CLIENT',
    description: 'The same for one client address, on all replicas together',
    default: '3',
    schema: positiveNumber,
  }),
  liveJobsPerClient: setting({
    name: 'LIVE_JOBS_PER_CLIENT',
    description: 'Unfinished asynchronous queries that one client address may have',
    default: '5000',
    schema: positiveNumber,
  }),
  jobWaitLimit: setting({
    name: 'JOB_WAIT_LIMIT',
    description: 'Time that a request with WAIT may block; below the time-out of proxies',
    unit: 'seconds',
    default: '45',
    schema: positiveNumber,
  }),
  jobDurationDefault: setting({
    name: 'ASYNC_EXECUTION_DURATION_DEFAULT',
    description: 'Time that an asynchronous query may run when the client names none',
    unit: 'seconds',
    default: '3600',
    schema: seconds,
  }),
  jobDurationHard: setting({
    name: 'ASYNC_EXECUTION_DURATION_HARD',
    description: 'Time that an asynchronous query may run at most',
    unit: 'seconds',
    default: '14400',
    schema: seconds,
  }),
  jobRetentionDefault: setting({
    name: 'JOB_RETENTION_DEFAULT',
    description: 'Time that a job and its result are kept',
    unit: 'seconds',
    default: '604800',
    schema: seconds,
  }),
  jobRetentionHard: setting({
    name: 'JOB_RETENTION_HARD',
    description: 'The same at most, when the client asks for longer',
    unit: 'seconds',
    default: '2592000',
    schema: seconds,
  }),
  resultsDirectory: setting({
    name: 'RESULTS_DIR',
    description:
      'Folder of asynchronous results, shared by all replicas; results in DATA_DIR when not set',
    default: null,
    schema: text,
  }),
  resultsBucket: setting({
    name: 'RESULTS_S3_BUCKET',
    description: 'S3 bucket for asynchronous results, in place of the folder',
    default: null,
    schema: text,
  }),
  resultsPrefix: setting({
    name: 'RESULTS_S3_PREFIX',
    description: 'What all keys in that bucket begin with',
    default: 'cloudtap/',
    schema: text,
  }),
  resultsRegion: setting({
    name: 'RESULTS_S3_REGION',
    description: 'Region of that bucket',
    default: 'us-east-1',
    schema: text,
  }),
  resultsEndpoint: setting({
    name: 'RESULTS_S3_ENDPOINT',
    description: 'URL of an S3-compatible store other than that of Amazon',
    default: null,
    schema: webUrl,
  }),
  resultsRedirect: setting({
    name: 'RESULTS_REDIRECT',
    description:
      'Send clients that can follow to the bucket itself for their results, by signed URLs',
    default: 'false',
    schema: yesOrNo,
  }),
  uploadMaxBytes: setting({
    name: 'UPLOAD_MAX_BYTES',
    description: 'Size of the tables that one request may upload, unpacked',
    unit: 'bytes',
    default: '500000000',
    schema: positiveNumber,
  }),
  uploadMaxRows: setting({
    name: 'UPLOAD_MAX_ROWS',
    description: 'Rows that one uploaded table may have',
    unit: 'rows',
    default: '5000000',
    schema: positiveNumber,
  }),
  uploadPrivateAddresses: setting({
    name: 'UPLOAD_PRIVATE_ADDRESSES',
    description:
      'Fetch UPLOAD URLs from inside the own network too; only when all clients are trusted',
    default: 'false',
    schema: yesOrNo,
  }),
  maxQueryBytes: setting({
    name: 'MAX_QUERY_BYTES',
    description: 'Size of the parameters of one request',
    unit: 'bytes',
    default: '2000000',
    schema: positiveNumber,
  }),
  idleReaderTimeout: setting({
    name: 'IDLE_READER_TIMEOUT',
    description: 'A client that takes nothing of its answer for so long is dropped',
    unit: 'seconds',
    default: '60',
    schema: positiveNumber,
  }),
  proxyHops: setting({
    name: 'PROXY_HOPS',
    description:
      'Proxies in front, each of which adds to X-Forwarded-For; limits per client address need it',
    default: '0',
    schema: wholeNumber,
  }),
  logLevel: setting({
    name: 'LOG_LEVEL',
    description: 'debug, info, warn, error or silent; one JSON line each on stderr',
    default: 'info',
    schema: logLevel,
  }),
} as const;
