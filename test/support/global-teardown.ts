import { rm } from 'node:fs/promises';
import { startedServer } from './started-server.ts';

export default async function globalTeardown(): Promise<void> {
  const started = startedServer.current;
  if (started === undefined) return;
  await started.server.stop();
  await rm(started.dataDirectory, { recursive: true, force: true });
}
