import { ServiceError } from '../service-error.ts';

/** setTimeout takes no more: 24 days. */
const longest = 2 ** 31 - 1;

/**
 * Counts the time that the database takes, and not the time that the client takes to read: the
 * server's own statement_timeout cannot tell them apart.
 */
export class ExecutionClock {
  readonly #limit: number;
  readonly #onExpiry: (reason: ServiceError) => void;
  #spent = 0;
  #started = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param executionDuration seconds */
  constructor(executionDuration: number, onExpiry: (reason: ServiceError) => void) {
    this.#limit = executionDuration * 1000;
    this.#onExpiry = onExpiry;
  }

  start(): void {
    this.#started = performance.now();
    const left = Math.max(0, Math.min(this.#limit - this.#spent, longest));
    this.#timer = setTimeout(() => {
      this.#onExpiry(timeout(this.#limit / 1000));
    }, left);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#spent += performance.now() - this.#started;
  }
}

function timeout(seconds: number): ServiceError {
  return new ServiceError(
    'query-timeout',
    `The query was stopped: it took the database longer than ${String(seconds)} s. ` +
      'Ask for less at a time: a smaller region of the sky, fewer joins, or indexed columns.',
  );
}
