import { createHash } from 'node:crypto';
import type { ServiceError } from '../service-error.ts';
import type { TapRequest } from './tap-request.ts';

/** The steps of a query's journey that the log gives a time. */
export type Step = 'upload' | 'translate' | 'gate' | 'read' | 'encode' | 'send';

/** What is logged of a query, in one line. Times in milliseconds. */
export interface QueryLogEntry {
  /** First 12 hex digits of the SHA-256 of the query: finds its other runs. */
  readonly queryHash: string;
  /** The first 500 characters. */
  readonly query: string;
  readonly runId: string | null;
  /** Who sent it, by address; absent for a job. */
  readonly client?: string;
  readonly format: string;
  readonly outcome: 'OK' | 'OVERFLOW' | 'ERROR' | 'ABORTED';
  readonly rows: number;
  /** Of the rows, encoded, before compression. */
  readonly bytes: number;
  readonly milliseconds: Readonly<Record<Step | 'total', number>>;
  readonly failure: ServiceError | null;
}

/** Keeps the figures of one query while it runs. */
export class QueryRecord {
  readonly #request: TapRequest;
  readonly #begin = performance.now();
  readonly #milliseconds = { upload: 0, translate: 0, gate: 0, read: 0, encode: 0, send: 0 };
  #outcome: QueryLogEntry['outcome'] = 'ABORTED';
  #failure: ServiceError | null = null;
  #rows = 0;
  #bytes = 0;
  #mark = performance.now();

  constructor(request: TapRequest) {
    this.#request = request;
  }

  /** The time since the last `done` belongs to this step. */
  done(step: Step): void {
    const now = performance.now();
    this.#milliseconds[step] += now - this.#mark;
    this.#mark = now;
  }

  encoded(bytes: Buffer, rows: number): Buffer {
    this.#rows += rows;
    this.#bytes += bytes.length;
    this.done('encode');
    return bytes;
  }

  ended(outcome: 'OK' | 'OVERFLOW'): void {
    this.#outcome = outcome;
  }

  failed(failure: ServiceError): ServiceError {
    this.#outcome = failure.kind === 'client-gone' ? 'ABORTED' : 'ERROR';
    this.#failure = failure;
    return failure;
  }

  get rows(): number {
    return this.#rows;
  }

  entry(): QueryLogEntry {
    const { query, runId, format } = this.#request;
    const times = { ...this.#milliseconds, total: performance.now() - this.#begin };
    return {
      queryHash: createHash('sha256').update(query).digest('hex').slice(0, 12),
      query: query.slice(0, 500),
      runId,
      format: format.name,
      outcome: this.#outcome,
      rows: this.#rows,
      bytes: this.#bytes,
      milliseconds: mapValues(times, (time) => Math.round(time * 100) / 100),
      failure: this.#failure,
    };
  }
}

function mapValues<Key extends string>(
  record: Readonly<Record<Key, number>>,
  change: (value: number) => number,
): Record<Key, number> {
  const entries = Object.entries<number>(record).map(([key, value]) => [key, change(value)]);
  return Object.fromEntries(entries) as Record<Key, number>;
}
