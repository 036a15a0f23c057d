/**
 * `node --import tsx bench/slow-readers.ts [readers] [rows]`: so many clients take a long answer each
 * at 50 kB/s, and another client asks small queries meanwhile. Prints how long those take before and
 * then, the memory of the service, and how many slow answers were under way. Needs a built `dist/`;
 * brings its own database with the sample.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startedService } from '../test/clients/started-service.ts';
import { peakMemory, SmallClient } from './http-client.ts';
import { median } from './measure.ts';

const [readers = 200, rows = 1_000_000] = process.argv.slice(2).map(Number);

/** What a reader takes at a time, and how often: 50 kB/s (bytes, milliseconds). */
const sip = 5000;
const pause = 100;

/** Milliseconds of small queries in each stage. */
const stage = 15_000;

/** Any number of rows out of the sample's 20,624. */
const longQuery = `SELECT TOP ${String(rows)} a.obs_id, a.access_url, a.s_ra, a.s_dec, a.t_min, a.t_max,
  a.access_estsize, a.s_region, a.calib_level, a.cloud_uri
  FROM ivoa.obscore AS a, ivoa.obscore AS b`;
const smallQuery = `SELECT access_url FROM ivoa.obscore WHERE obs_id = 'tess2019141105932-s0012-3-4-0144-s'`;

const folder = await mkdtemp(join(tmpdir(), 'cloudtap-slow-'));
const service = await startedService({
  DATA_DIR: folder,
  MAXREC_HARD: '10000000',
  // The slow ones come from one address, the small queries from another.
  PROXY_HOPS: '1',
});
try {
  const peak = await peakMemory(service.processId, measure);
  tell(`memory of the service at most: ${peak.toFixed(0)} MB`);
} finally {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  await smallQueries('warming up');
  await smallQueries('no slow readers');
  const slow = Array.from({ length: readers }, () => slowReader(service.url));
  await smallQueries(`${String(readers)} slow readers, just come`);
  await smallQueries(`${String(readers)} slow readers`);
  tell(`slow answers under way: ${String(slow.filter((reader) => reader.isServed).length)}`);
  tell(`bytes taken by each, median: ${String(median(slow.map(({ taken }) => taken)))}`);
  for (const reader of slow) reader.leave();
  await smallQueries('after them');
}

/** One client, one query behind the other. */
async function smallQueries(name: string): Promise<void> {
  const client = new SmallClient(`${service.url}/sync`, form(smallQuery));
  const times: number[] = [];
  const began = performance.now();
  while (performance.now() - began < stage) {
    const asked = performance.now();
    await client.ask();
    times.push(performance.now() - asked);
  }
  client.end();
  const sorted = times.toSorted((a, b) => a - b);
  const [p99 = 0, longest = 0] = [sorted[Math.floor(sorted.length * 0.99)], sorted.at(-1)];
  tell(
    `${name}: ${String(times.length)} small queries, median ${median(times).toFixed(1)} ms, ` +
      `p99 ${p99.toFixed(1)} ms, longest ${longest.toFixed(0)} ms`,
  );
}

function form(query: string): Readonly<Record<string, string>> {
  return { LANG: 'ADQL', QUERY: query, MAXREC: '10000000' };
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Takes its answer at 50 kB/s until it leaves. */
interface SlowReader {
  taken: number;
  isServed: boolean;
  readonly leave: () => void;
}

function slowReader(url: string): SlowReader {
  const { hostname, port, pathname } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  const reader = { taken: 0, isServed: false, leave: () => socket.destroy() };
  const body = new URLSearchParams(form(longQuery)).toString();
  socket.write(
    `POST ${pathname}/sync HTTP/1.1\r\nHost: ${hostname}:${port}\r\n` +
      'X-Forwarded-For: 192.0.2.1\r\nContent-Type: application/x-www-form-urlencoded\r\n' +
      `Content-Length: ${String(body.length)}\r\n\r\n${body}`,
  );
  socket.once('readable', () => {
    reader.isServed = String(socket.read(sip)).startsWith('HTTP/1.1 200');
    void sipOn(socket, reader);
  });
  socket.on('error', () => undefined);
  return reader;
}

async function sipOn(socket: Socket, reader: SlowReader): Promise<void> {
  while (!socket.destroyed) {
    await delay(pause);
    const bytes = (socket.read(sip) ?? socket.read()) as Buffer | null;
    reader.taken += bytes?.length ?? 0;
  }
}
