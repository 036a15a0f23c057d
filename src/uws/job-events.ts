import type { Listen } from '../database/listen.ts';
import { isPhase, type Phase } from './phase.ts';

/** A job has come into a phase, or is gone. */
export interface JobEvent {
  readonly jobId: string;
  readonly phase: Phase | 'DELETED';
}

/** Hears of all jobs of all replicas. */
export interface JobListener {
  readonly jobChanged: (event: JobEvent) => void;
  /** Events may have been missed. */
  readonly resync: () => void;
}

/** The channel of the triggers in schema/010-uws.sql. */
const channel = 'uws_job';

/** One connection to the database tells all listeners of this process. */
export function followJobs(listen: Listen, listeners: readonly JobListener[]): () => Promise<void> {
  return listen(channel, {
    notified: (payload) => {
      const event = eventOf(payload);
      if (event === null) return;
      for (const listener of listeners) listener.jobChanged(event);
    },
    resync: () => {
      for (const listener of listeners) listener.resync();
    },
  });
}

function eventOf(payload: string): JobEvent | null {
  const [phase = '', jobId = ''] = payload.split(' ');
  return phase === 'DELETED' || isPhase(phase) ? { jobId, phase } : null;
}
