import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ServiceError } from '../../service-error.ts';

const run = promisify(execFile);

/** Milliseconds: the server of a killed service is gone after 0.1 s, on a busy machine after 1 s. */
const patience = 3000;

/**
 * Waits for a server on the same data that is about to end because its service was killed.
 * @throws ServiceError when it goes on: another service uses this data directory
 */
export async function waitForPredecessor(cluster: string): Promise<void> {
  const lockFile = join(cluster, 'postmaster.pid');
  const deadline = performance.now() + patience;
  while (performance.now() < deadline) {
    const lock = await readLock(lockFile);
    if (lock === undefined || !(await isAlive(lock.processId))) return;
    await delay(50);
  }
  const lock = await readLock(lockFile);
  if (lock === undefined) return;
  if (await answers(lock.socket)) throw inUse(cluster, lock.processId);
  // The process id belongs to some other program by now (usual in containers, where ids repeat).
  // Should it be a server all the same, the new one refuses to start beside its shared memory.
  await rm(lockFile, { force: true });
}

export function inUse(cluster: string, processId?: string): ServiceError {
  const server = processId === undefined ? '' : ` (its PostgreSQL is process ${processId})`;
  return new ServiceError(
    'database-unavailable',
    `The data directory ${cluster} is in use by another cloudtap service${server}. Stop that one ` +
      'first, or give this one another directory with DATA_DIR.',
  );
}

/** The lines of postmaster.pid: process id, data directory, start time, port, socket directory. */
async function readLock(
  lockFile: string,
): Promise<{ readonly processId: string; readonly socket: string } | undefined> {
  const text = await readFile(lockFile, 'utf8').catch(() => '');
  const [processId = '', , , port = '', socketDirectory = ''] = text.split('\n');
  if (!/^\d+$/.test(processId)) return undefined;
  return { processId, socket: join(socketDirectory, `.s.PGSQL.${port}`) };
}

function isAlive(processId: string): Promise<boolean> {
  return run('/bin/sh', ['-c', 'kill -0 "$1"', 'sh', processId]).then(
    () => true,
    () => false,
  );
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket);
    connection.once('connect', () => {
      connection.destroy();
      resolve(true);
    });
    connection.once('error', () => {
      resolve(false);
    });
  });
}
