import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { identifier, render, sql } from '../../adql/index.ts';

/** Who hears NOTIFY. */
export interface NotificationListener {
  readonly notified: (payload: string) => void;
  /** The connection stands, for the first time or again: notifications may have been missed before. */
  readonly resync: () => void;
}

/** Listens until the returned function is called, over restarts of the database. */
export type Listen = (channel: string, listener: NotificationListener) => () => Promise<void>;

interface Listening {
  readonly listen: Listen;
  /** Ends all that still listen. */
  readonly end: () => Promise<void>;
}

/** Milliseconds between attempts to reach the database again: doubled each time, up to the last. */
const firstPause = 100;
const longestPause = 5000;

/** One connection of its own for each channel listened to: pooled ones come and go. */
export function createListening(login: pg.ClientConfig, log: (line: string) => void): Listening {
  const active = new Set<() => Promise<void>>();
  const listen: Listen = (channel, listener) => {
    const stopping = new AbortController();
    const ended = keepListening({ login, channel, listener, log, signal: stopping.signal });
    const stop = async (): Promise<void> => {
      active.delete(stop);
      stopping.abort();
      await ended;
    };
    active.add(stop);
    return stop;
  };
  return {
    listen,
    end: async () => {
      await Promise.all([...active].map((stop) => stop()));
    },
  };
}

interface Line {
  readonly login: pg.ClientConfig;
  readonly channel: string;
  readonly listener: NotificationListener;
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}

async function keepListening(line: Line): Promise<void> {
  let pause = firstPause;
  while (!line.signal.aborted) {
    await listenOnce(line, () => {
      pause = firstPause;
    }).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      line.log(`the connection that listens to ${line.channel} broke: ${reason}`);
    });
    await delay(pause, undefined, { signal: line.signal }).catch(() => undefined);
    pause = Math.min(pause * 2, longestPause);
  }
}

/** Until the connection breaks (throws) or the signal fires. */
async function listenOnce(line: Line, onConnected: () => void): Promise<void> {
  const { login, channel, listener, signal } = line;
  const client = new pg.Client({
    ...login,
    application_name: 'cloudtap',
    keepAlive: true,
    keepAliveInitialDelayMillis: 30_000,
    connectionTimeoutMillis: 20_000,
  });
  // The signal outlives many connections: it forgets each of them.
  const ended = new AbortController();
  const over = new Promise<void>((resolve, reject) => {
    client.on('error', reject);
    client.on('end', resolve);
    const stop = (): void => {
      resolve();
    };
    signal.addEventListener('abort', stop, { signal: ended.signal });
  });
  // It may break before anybody waits for it.
  over.catch(() => undefined);
  client.on('notification', ({ payload = '' }) => {
    listener.notified(payload);
  });
  try {
    await client.connect();
    await client.query(render(sql`LISTEN ${identifier(channel)}`).text);
    onConnected();
    listener.resync();
    await over;
  } finally {
    ended.abort();
    await client.end().catch(() => undefined);
  }
}
