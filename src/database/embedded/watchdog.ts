import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Account } from './account.ts';

/**
 * Reads from a pipe whose other end only the service holds. The first line is the server's process
 * id. The pipe's end without a second line means that the service died: the server goes too, at
 * once (SIGQUIT; the next start recovers from the write-ahead log), and its socket with it.
 */
const script = `
read -r postmaster || exit 0
read -r farewell && exit 0
kill -QUIT "$postmaster"
rm -rf -- "$1"
`;

export interface Watchdog {
  /** From now on the server dies with us. */
  readonly guard: (postmaster: number) => void;
  /** The server has ended: its process id may soon belong to another process. */
  readonly dismiss: () => void;
}

/** A shell (1 MB) in a session of its own, so that a signal to our process group misses it. */
export async function startWatchdog(socketDirectory: string, account: Account): Promise<Watchdog> {
  const child = spawn('/bin/sh', ['-c', script, 'cloudtap-watchdog', socketDirectory], {
    ...account,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  await once(child, 'spawn');
  child.unref();
  // A watchdog that somebody killed must not take the service along.
  child.stdin.on('error', () => undefined);
  return {
    guard: (postmaster) => child.stdin.write(`${String(postmaster)}\n`),
    dismiss: () => child.stdin.end('farewell\n'),
  };
}
