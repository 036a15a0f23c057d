/** A service of nothing but a database, for tests that kill it: `run-embedded.ts DATA_DIRECTORY`. */
import { startEmbedded } from '../../src/database/embedded/start-embedded.ts';

const [, , dataDirectory = ''] = process.argv;
try {
  const server = await startEmbedded({ dataDirectory, log: () => undefined });
  process.stdout.write(`${JSON.stringify(server.connection)}\n`);
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
}
setInterval(() => undefined, 60_000);
