import type { JobEvent, JobListener } from './job-events.ts';
import { isActive, type Phase } from './phase.ts';
import type { WaitRequest } from './uws-request.ts';

export interface WaiterOptions {
  readonly phaseOf: (jobId: string) => Promise<Phase>;
  /** Of many jobs in one read; those that are gone are missing. */
  readonly phasesOf: (jobIds: readonly string[]) => Promise<ReadonlyMap<string, Phase>>;
  /** Seconds that one request may block at most, also for WAIT=-1: below proxies' usual 60. */
  readonly longestWait: number;
}

/** Milliseconds before phases are asked for again when the database did not answer. */
const retryPause = 1000;

interface Waiter {
  /** The phase in which the wait began; null until that is read. */
  seen: Phase | null;
  /** The last event that came before `seen` was read. */
  heard: JobEvent['phase'] | null;
  readonly wake: () => void;
}

/**
 * WAIT (UWS 1.1, "Blocking behaviour"). A waiting client costs a timer and an entry of a map, no
 * connection and no polling: all are woken by the one listener of this process.
 */
export class JobWaiter implements JobListener {
  readonly #options: WaiterOptions;
  readonly #waiters = new Map<string, Set<Waiter>>();

  constructor(options: WaiterOptions) {
    this.#options = options;
  }

  /** How many clients wait. */
  get size(): number {
    let size = 0;
    for (const waiters of this.#waiters.values()) size += waiters.size;
    return size;
  }

  /**
   * Resolves when the job leaves the phase it is in, the time is over, the client is gone, or there
   * is nothing to wait for. Read the job afterwards: a change is not promised.
   * @throws ServiceError 'not-found'
   */
  async wait(jobId: string, request: WaitRequest, signal: AbortSignal): Promise<void> {
    const { longestWait, phaseOf } = this.#options;
    const seconds = request.seconds < 0 ? longestWait : Math.min(request.seconds, longestWait);
    if (seconds === 0 || signal.aborted) return;
    let wake = (): void => undefined;
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const waiter: Waiter = { seen: null, heard: null, wake };
    // Entered before the phase is read, so that no change falls between the two.
    this.#enter(jobId, waiter);
    signal.addEventListener('abort', wake);
    const timer = setTimeout(wake, seconds * 1000);
    try {
      waiter.seen = await phaseOf(jobId);
      const isOther = request.phase !== null && request.phase !== waiter.seen;
      // Which of the two is newer cannot be told; the event of the phase itself is no news.
      const isStale = waiter.heard !== null && waiter.heard !== waiter.seen;
      if (!isOther && !isStale && isActive(waiter.seen)) await woken;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', wake);
      this.#leave(jobId, waiter);
    }
  }

  jobChanged({ jobId, phase }: JobEvent): void {
    for (const waiter of this.#waiters.get(jobId) ?? []) {
      if (waiter.seen === null) waiter.heard = phase;
      // The event of the very change that the waiter has seen may come late.
      else if (waiter.seen !== phase) waiter.wake();
    }
  }

  resync(): void {
    void this.#wakeChanged();
  }

  /** At the end of the service: everybody gets an answer. */
  wakeAll(): void {
    for (const waiters of this.#waiters.values()) for (const waiter of waiters) waiter.wake();
  }

  async #wakeChanged(): Promise<void> {
    if (this.#waiters.size === 0) return;
    const phases = await this.#options.phasesOf([...this.#waiters.keys()]).catch(() => null);
    if (phases === null) {
      // Nobody is woken without an answer: all would ask again at once.
      setTimeout(() => {
        this.resync();
      }, retryPause).unref();
      return;
    }
    for (const [jobId, waiters] of this.#waiters) {
      const phase = phases.get(jobId);
      for (const waiter of waiters) if (waiter.seen !== phase) waiter.wake();
    }
  }

  #enter(jobId: string, waiter: Waiter): void {
    const waiters = this.#waiters.get(jobId);
    if (waiters === undefined) this.#waiters.set(jobId, new Set([waiter]));
    else waiters.add(waiter);
  }

  #leave(jobId: string, waiter: Waiter): void {
    const waiters = this.#waiters.get(jobId);
    waiters?.delete(waiter);
    if (waiters?.size === 0) this.#waiters.delete(jobId);
  }
}
