import type { JobService } from '../uws/job-service.ts';
import type { JobLimits } from '../uws/uws-request.ts';
import type { AdmissionState } from '../tap/admission.ts';
import type { QueryContext } from '../tap/run-query.ts';
import type { OutputLimit } from '../tap/tap-request.ts';
import type { PublishedTables } from '../tap-schema/watch-tables.ts';
import type { ReadRows } from '../row-batch.ts';
import type { ClientLimits } from './client-limits.ts';
import type { BodyLimits } from './read-multipart.ts';

/** What the HTTP side of the service needs of the rest. */
export interface HttpContext {
  readonly query: QueryContext;
  /** How the synchronous queries of one client address come to their rows: each waits for its turn. */
  readonly readRowsFor: (client: string) => ReadRows;
  readonly clientLimits: ClientLimits;
  /** How busy this service is; other replicas have their own. */
  readonly load: () => AdmissionState;
  readonly outputLimit: OutputLimit;
  readonly jobService: JobService;
  readonly jobLimits: JobLimits;
  /** What is published at the moment. */
  readonly tables: () => PublishedTables;
  /** Rejects when the database does not answer. */
  readonly checkDatabase: () => Promise<void>;
  /** The public URL of the service without trailing slash; null: as each client addressed it. */
  readonly publicUrl: string | null;
  /** Of one request. */
  readonly bodyLimits: BodyLimits;
  /** Whether clients fetch results from the result store itself, where that has URLs. */
  readonly redirectsResults: boolean;
  /** Seconds after which a client that takes nothing of its answer is dropped. */
  readonly idleReaderTimeout: number;
  /** Proxies in front of the service that may be believed who the client is. */
  readonly proxyHops: number;
  readonly startedAt: Date;
  /** Told of faults that no client can be blamed for. */
  readonly logFault: (fault: unknown, url: string) => void;
}

/** Where the service lies on its host. */
export const basePath = '/tap';
