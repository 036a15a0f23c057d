import { spawnSync } from 'node:child_process';
import { type OutputColumn, type SqlStatement, translate } from '../adql/index.ts';
import { type EmbeddedServer, startEmbedded } from '../src/database/embedded/start-embedded.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { loadCatalog } from '../src/tap-schema/load-catalog.ts';
import { type StartedService, startedService } from '../test/clients/started-service.ts';
import { type EventLoopProbe, eventLoopProbe } from './event-loop-probe.ts';

/** A query as the service runs it. */
export interface WireQuery {
  readonly adql: string;
  readonly statement: SqlStatement;
  readonly columns: readonly OutputColumn[];
}

/** A service on a database, and what to measure it with. */
export interface WireSetting {
  readonly server: EmbeddedServer;
  readonly service: StartedService;
  readonly probe: EventLoopProbe;
  readonly translated: (adql: string) => WireQuery;
  readonly stop: () => Promise<void>;
}

/** Above any answer of the benchmark. */
export const maxRecords = 2_000_000;

/** @param folder a data directory with the full catalogue (`npm run bench` makes one) */
export async function startSetting(folder: string): Promise<WireSetting> {
  const server = await startEmbedded({ dataDirectory: folder, log: () => undefined });
  const probe = eventLoopProbe();
  const stop = async (): Promise<void> => {
    await server.stop();
    await probe.remove();
  };
  try {
    const { host, user, database, port } = server.connection;
    const service = await startedService({
      DATABASE_URL: `postgres://${user}@/${database}?host=${encodeURIComponent(host)}&port=${String(port)}`,
      MAXREC_HARD: String(maxRecords),
      NODE_OPTIONS: probe.nodeOptions,
    });
    const translated = await translator(server);
    return { server, service, probe, translated, stop: () => service.stop().then(stop) };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function translator({ connection }: EmbeddedServer): Promise<WireSetting['translated']> {
  const database = await openDatabase({ owner: connection });
  const catalog = await loadCatalog(database.owner);
  await database.end();
  return (adql) => {
    const options = { catalog, language: 'ADQL-2.1', rowLimit: maxRecords + 1 } as const;
    return { adql, ...translate(adql, options) };
  };
}

/** As psql's own \timing tells it, its output dropped; psql is no part of the project. */
export function psqlSeconds(adql: string, { connection }: EmbeddedServer): string {
  const { host, user, database, port } = connection;
  const [select, rows] = [adql.replace(/TOP \d+ /, ''), /TOP (\d+)/.exec(adql)?.[1] ?? ''];
  const input = `\\timing on\n\\o /dev/null\n${select} LIMIT ${rows};\n`;
  const login = ['-h', host, '-p', String(port), '-U', user, '-d', database];
  const run = spawnSync('psql', ['-X', '-q', '-A', ...login], { input, encoding: 'utf8' });
  const time = /^Time: ([0-9.]+) ms/m.exec(run.error === undefined ? run.stdout : '')?.[1];
  return time === undefined ? 'no psql' : (Number(time) / 1000).toFixed(2);
}
