/** One row per kind of failure: the HTTP status, and whether a retry can help (UWS errorSummary type). */
export const failures = {
  'bad-request': { status: 400, uwsType: 'fatal' },
  'bad-query': { status: 400, uwsType: 'fatal' },
  'query-timeout': { status: 400, uwsType: 'fatal' },
  'data-error': { status: 400, uwsType: 'fatal' },
  forbidden: { status: 403, uwsType: 'fatal' },
  'not-found': { status: 404, uwsType: 'fatal' },
  'method-not-allowed': { status: 405, uwsType: 'fatal' },
  'too-large': { status: 413, uwsType: 'fatal' },
  'unsatisfiable-range': { status: 416, uwsType: 'fatal' },
  'unsupported-media-type': { status: 415, uwsType: 'fatal' },
  'too-many-requests': { status: 429, uwsType: 'transient' },
  'client-gone': { status: 499, uwsType: 'fatal' },
  'too-costly': { status: 400, uwsType: 'fatal' },
  'service-busy': { status: 503, uwsType: 'transient' },
  'database-unavailable': { status: 503, uwsType: 'transient' },
  'storage-unavailable': { status: 503, uwsType: 'transient' },
  'storage-full': { status: 507, uwsType: 'fatal' },
  internal: { status: 500, uwsType: 'fatal' },
} as const satisfies Record<
  string,
  { readonly status: number; readonly uwsType: 'fatal' | 'transient' }
>;

export type FailureKind = keyof typeof failures;

export interface ServiceErrorOptions extends ErrorOptions {
  /** Seconds after which trying again makes sense, where that is known. */
  readonly retryAfter?: number;
}

/** A failure in the words of the client; what really happened goes into `cause`, for the log alone. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly kind: FailureKind;
  readonly retryAfter: number | null;

  constructor(kind: FailureKind, message: string, options: ServiceErrorOptions = {}) {
    super(message, options);
    this.kind = kind;
    this.retryAfter = options.retryAfter ?? null;
  }
}

/** A piece of the client's text for an error message: at most 40 characters, in one line. */
export function shortened(text: string): string {
  const line = text.slice(0, 41).replaceAll(/[\s\p{C}]+/gu, ' ');
  return line.length > 40 ? `${line.slice(0, 40)}...` : line;
}
