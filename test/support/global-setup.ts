import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../../src/database/embedded/start-embedded.ts';
import { startedServer } from './started-server.ts';

/** One PostgreSQL for the whole run; test files make their databases in it. */
export default async function globalSetup(): Promise<void> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'cloudtap-test-'));
  const server = await startEmbedded({ dataDirectory, log: () => undefined });
  startedServer.current = { server, dataDirectory };
  process.env['CLOUDTAP_TEST_SERVER'] = JSON.stringify(server.connection);
}
