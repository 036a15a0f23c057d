import pg from 'pg';
import { SmallClient } from './http-client.ts';
import { median } from './measure.ts';
import type { WireSetting } from './wire-setting.ts';

const clientCounts = [1, 8, 32];

/** Connections of the bare pool: as many as the service's readers. */
const poolSize = 16;

/** Milliseconds of small queries; the first fifth does not count. */
const duration = 5000;
const warmUp = duration / 5;

const query = `SELECT TOP 1 access_url FROM ivoa.obscore WHERE obs_id = 'tess2019141105932-s0012-3-4-0144-s'`;

/** Small queries of so many clients. */
export interface MeasuredRate {
  readonly clients: number;
  readonly http: Rate;
  readonly pool: Rate;
}

interface Rate {
  /** Queries a second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly median: number;
  readonly p99: number;
}

/** Asks one query, and again when it is answered. */
type Asker = () => Promise<unknown>;

/**
 * Small queries of clients that ask one after the other: over HTTP, and the same statement by pg's
 * own pool, which shares the process of the benchmark and has no second one to pay for.
 */
export async function measureRates({
  server,
  service,
  translated,
}: WireSetting): Promise<readonly MeasuredRate[]> {
  const { text, values } = translated(query).statement;
  const pool = new pg.Pool({ ...server.connection, max: poolSize });
  const askPool: Asker = () => pool.query({ text, values: [...values], rowMode: 'array' });
  const measured: MeasuredRate[] = [];
  for (const count of clientCounts) {
    const clients = Array.from({ length: count }, () => {
      return new SmallClient(`${service.url}/sync`, { LANG: 'ADQL', QUERY: query });
    });
    const http = await timesOf(clients.map((client) => () => client.ask()));
    for (const client of clients) client.end();
    const bare = await timesOf(clients.map(() => askPool));
    measured.push({ clients: count, http: rateOf(http), pool: rateOf(bare) });
  }
  await pool.end();
  return measured;
}

/** Milliseconds of each query. */
async function timesOf(askers: readonly Asker[]): Promise<readonly number[]> {
  const times: number[] = [];
  const began = performance.now();
  const askOn = async (ask: Asker): Promise<void> => {
    for (;;) {
      const asked = performance.now();
      if (asked - began > duration) return;
      await ask();
      if (asked - began > warmUp) times.push(performance.now() - asked);
    }
  };
  await Promise.all(askers.map(askOn));
  return times;
}

function rateOf(times: readonly number[]): Rate {
  const sorted = times.toSorted((a, b) => a - b);
  return {
    rate: (times.length / (duration - warmUp)) * 1000,
    median: median(times),
    p99: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
  };
}
