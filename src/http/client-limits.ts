import { ServiceError } from '../service-error.ts';

export interface ClientLimitOptions {
  /** Synchronous queries that one address may have open: waiting, running or being read. */
  readonly openQueries: number;
  /** Queries and new jobs that one address may send, as many at once too; null: any number. */
  readonly queriesPerMinute: number | null;
  /** Milliseconds of any clock that only goes forward. */
  readonly now?: () => number;
}

interface Client {
  open: number;
  /** What is left of the minute's queries, at `countedAt`. */
  allowance: number;
  countedAt: number;
}

/** Addresses that are remembered, 100 bytes each: beyond, the one that was quiet for longest goes. */
const mostClients = 50_000;

const minute = 60_000;

/** What each client address has open, and how often it came. */
export class ClientLimits {
  readonly #options: ClientLimitOptions;
  readonly #now: () => number;
  /** Who came last stands last. */
  readonly #clients = new Map<string, Client>();

  constructor(options: ClientLimitOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /** Addresses remembered. */
  get size(): number {
    return this.#clients.size;
  }

  /**
   * A synchronous query begins.
   * @returns what to call when it has ended
   * @throws ServiceError 'too-many-requests'
   */
  open(address: string): () => void {
    const client = this.#clientOf(address);
    if (client.open >= this.#options.openQueries) throw tooManyOpen(address, client.open);
    this.#spend(address, client);
    client.open += 1;
    return () => {
      client.open -= 1;
      if (this.#options.queriesPerMinute === null && client.open === 0) {
        this.#clients.delete(address);
      }
    };
  }

  /** A job is about to be created. @throws ServiceError 'too-many-requests' */
  count(address: string): void {
    if (this.#options.queriesPerMinute !== null) this.#spend(address, this.#clientOf(address));
  }

  #spend(address: string, client: Client): void {
    const { queriesPerMinute } = this.#options;
    if (queriesPerMinute === null) return;
    const now = this.#now();
    const earned = ((now - client.countedAt) * queriesPerMinute) / minute;
    client.allowance = Math.min(queriesPerMinute, client.allowance + earned);
    client.countedAt = now;
    if (client.allowance < 1) {
      const wait = ((1 - client.allowance) * minute) / queriesPerMinute;
      throw tooManySent(address, queriesPerMinute, Math.ceil(wait / 1000));
    }
    client.allowance -= 1;
  }

  #clientOf(address: string): Client {
    const allowance = this.#options.queriesPerMinute ?? 0;
    const known = this.#clients.get(address);
    const client = known ?? { open: 0, allowance, countedAt: this.#now() };
    this.#clients.delete(address);
    this.#clients.set(address, client);
    if (this.#clients.size > mostClients) this.#forgetQuietest();
    return client;
  }

  #forgetQuietest(): void {
    for (const [address, client] of this.#clients) {
      if (client.open > 0) continue;
      this.#clients.delete(address);
      return;
    }
  }
}

function tooManyOpen(address: string, open: number): ServiceError {
  return new ServiceError(
    'too-many-requests',
    `Your address (${address}) has ${String(open)} synchronous queries open here, which is the limit. ` +
      'Wait until one has ended, or send what takes long as asynchronous jobs (/async with PHASE=RUN).',
    { retryAfter: 5 },
  );
}

function tooManySent(address: string, perMinute: number, seconds: number): ServiceError {
  return new ServiceError(
    'too-many-requests',
    `Your address (${address}) has sent ${String(perMinute)} queries within a minute, which is the limit. ` +
      `Wait ${String(seconds)} s. One query for many objects does more than many queries: upload a ` +
      'table of them (UPLOAD) and join it.',
    { retryAfter: seconds },
  );
}
