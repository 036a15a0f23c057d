import { ServiceError } from '../service-error.ts';

export interface AdmissionLimits {
  /** Queries that the database works on at the same time. */
  readonly running: number;
  /** Further queries whose clients take the rows slowly: the database waits for them. */
  readonly parked: number;
  /** Queries that may wait for their turn. */
  readonly waiting: number;
  /** Seconds that a query may wait for its turn. */
  readonly patience: number;
  /** Seconds of waiting after which it may take the place of a client that is slow. */
  readonly longWait: number;
}

/** A query's turn at the database. */
export interface Turn {
  /**
   * The client is slow: the place goes to the next in line, this query keeps its connection.
   * @returns false when no more queries can be parked, or the turn has ended
   */
  readonly park: () => boolean;
  /** The client is slow, and there is no room for its rows: who has waited long may `take` the place. */
  readonly offer: (take: () => void) => void;
  /** The client is quick again: no more of that. */
  readonly keep: () => void;
  /** The connection is free again. May be called more than once. */
  readonly end: () => void;
}

/** How busy the service is. */
export interface AdmissionState {
  readonly running: number;
  readonly parked: number;
  readonly waiting: number;
}

/** Whose turn comes when: each client in the line has its own line. */
export interface Applicant {
  /** Those of one name wait behind each other: an address, or `jobs`. */
  readonly client: string;
  /** False for a job: it has nobody who waits for it. */
  readonly isImpatient: boolean;
  /** Fires when nobody wants the turn any more. */
  readonly signal: AbortSignal;
}

interface Offer {
  readonly client: string;
  readonly take: () => void;
}

interface Waiter {
  readonly admit: () => void;
}

/** Of the places for running queries one client may have this part: the others are kept for others. */
const shareOfClient = 3 / 4;

/**
 * The door to the database: so many queries run, the others wait in a bounded queue. The clients
 * take turns there, so that one with a hundred queries does not hold up one with a single query.
 */
export class Admission {
  readonly #limits: AdmissionLimits;
  /** The client at the front is the next one; who has had a turn goes to the back. */
  readonly #lines = new Map<string, Waiter[]>();
  /** Of each client that has any. */
  readonly #runningOf = new Map<string, number>();
  /** Places that may be taken, the oldest offer first. */
  readonly #offers = new Set<Offer>();
  readonly #share: number;
  #running = 0;
  #parked = 0;
  #waiting = 0;

  constructor(limits: AdmissionLimits) {
    this.#limits = limits;
    this.#share = Math.ceil(limits.running * shareOfClient);
  }

  get state(): AdmissionState {
    return { running: this.#running, parked: this.#parked, waiting: this.#waiting };
  }

  /**
   * Waits for a turn.
   * @throws ServiceError 'service-busy' when the queue is full or the patience is over, or the
   *   signal's reason
   */
  async enter(applicant: Applicant): Promise<Turn> {
    applicant.signal.throwIfAborted();
    if (this.#mayRun(applicant.client)) this.#count(applicant.client, 1);
    else await this.#wait(applicant);
    return this.#turn(applicant);
  }

  #mayRun(client: string): boolean {
    const own = this.#runningOf.get(client) ?? 0;
    return this.#running < this.#limits.running && own < this.#share;
  }

  #count(client: string, change: 1 | -1): void {
    const own = (this.#runningOf.get(client) ?? 0) + change;
    if (own === 0) this.#runningOf.delete(client);
    else this.#runningOf.set(client, own);
    this.#running += change;
  }

  #turn({ client, isImpatient }: Applicant): Turn {
    let place: 'running' | 'parked' | 'left' = 'running';
    let offered: Offer | undefined;
    const keep = (): void => {
      if (offered !== undefined) this.#offers.delete(offered);
      offered = undefined;
    };
    return {
      offer: (take) => {
        keep();
        // A job has nobody who could be told.
        if (place !== 'running' || !isImpatient) return;
        offered = { client, take };
        this.#offers.add(offered);
      },
      keep,
      park: () => {
        if (place !== 'running') return place === 'parked';
        if (this.#parked >= this.#limits.parked) return false;
        place = 'parked';
        this.#parked += 1;
        this.#leavePlace(client);
        return true;
      },
      end: () => {
        keep();
        if (place === 'running') this.#leavePlace(client);
        if (place === 'parked') this.#parked -= 1;
        place = 'left';
      },
    };
  }

  /** The place goes to the next in line, who counts as running at once. */
  #leavePlace(client: string): void {
    this.#count(client, -1);
    for (const [next, [waiter, ...behind]] of this.#lines) {
      if (!this.#mayRun(next)) continue;
      this.#lines.delete(next);
      if (behind.length > 0) this.#lines.set(next, behind);
      this.#waiting -= 1;
      this.#count(next, 1);
      waiter?.admit();
      return;
    }
  }

  #wait({ client, isImpatient, signal }: Applicant): Promise<void> {
    const { waiting, patience, longWait } = this.#limits;
    if (isImpatient && this.#waiting >= waiting) throw tooManyWait(waiting);
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        clearTimeout(taking);
        signal.removeEventListener('abort', leave);
      };
      const give = (reason: Error): void => {
        settle();
        this.#leave(client, waiter);
        reject(reason);
      };
      const leave = (): void => {
        give(signal.reason as Error);
      };
      const waiter = {
        admit: (): void => {
          settle();
          resolve();
        },
      };
      const timer = isImpatient
        ? setTimeout(() => {
            give(waitedInVain(patience));
          }, patience * 1000)
        : undefined;
      const taking = setTimeout(() => {
        this.#takeOffer(client);
      }, longWait * 1000);
      signal.addEventListener('abort', leave);
      this.#lines.set(client, [...(this.#lines.get(client) ?? []), waiter]);
      this.#waiting += 1;
    });
  }

  /** Where places are free, this client has its share already: only one of its own helps it. */
  #takeOffer(client: string): void {
    const isFull = this.#running >= this.#limits.running;
    for (const offer of this.#offers) {
      if (!isFull && offer.client !== client) continue;
      this.#offers.delete(offer);
      offer.take();
      return;
    }
  }

  #leave(client: string, waiter: Waiter): void {
    const line = this.#lines.get(client) ?? [];
    const others = line.filter((other) => other !== waiter);
    if (others.length === 0) this.#lines.delete(client);
    else this.#lines.set(client, others);
    this.#waiting -= 1;
  }
}

const advice =
  'Send it again later, or as an asynchronous job (/async with PHASE=RUN), which waits by itself.';

function tooManyWait(waiting: number): ServiceError {
  return new ServiceError(
    'service-busy',
    `The service is busy: ${String(waiting)} queries wait for their turn already, which is the limit. ${advice}`,
    { retryAfter: 10 },
  );
}

function waitedInVain(seconds: number): ServiceError {
  return new ServiceError(
    'service-busy',
    `The service is busy: this query waited ${String(seconds)} s for its turn in vain. ${advice}`,
    { retryAfter: 10 },
  );
}
