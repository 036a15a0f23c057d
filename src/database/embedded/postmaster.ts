import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './account.ts';
import { unusable } from './data-directory.ts';
import { inUse } from './predecessor.ts';

export interface PostmasterOptions {
  readonly program: string;
  readonly arguments: readonly string[];
  /** PostgreSQL's own folder, its working directory. */
  readonly cluster: string;
  readonly account: Account;
  readonly log: (line: string) => void;
  readonly onSpawn: (processId: number) => void;
  readonly onExit: () => void;
  /** It ended by itself after it was ready. */
  readonly onCrash: () => void;
}

export interface Postmaster {
  readonly stop: () => Promise<void>;
}

/** Milliseconds for a "fast" shutdown, which writes a checkpoint; after that the next start recovers. */
const fastShutdownLimit = 2500;

/**
 * Starts `postgres` and waits until it takes connections; after a crash that includes recovery.
 * It runs in a session of its own: Ctrl-C in the terminal is for the service, which then stops it.
 */
export async function startPostmaster(options: PostmasterOptions): Promise<Postmaster> {
  const child = spawn(options.program, options.arguments, {
    ...options.account,
    cwd: options.cluster,
    env: {},
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child.once('exit', options.onExit);
  if (child.pid !== undefined) options.onSpawn(child.pid);
  await untilReady(child, options);
  // Alone, the server does not keep the service running.
  child.unref();
  if (child.stderr instanceof Socket) child.stderr.unref();
  child.once('exit', options.onCrash);
  return {
    stop: () => {
      child.off('exit', options.onCrash);
      return stop(child);
    },
  };
}

function untilReady(
  child: ChildProcess & { readonly stderr: NodeJS.ReadableStream },
  { cluster, log }: PostmasterOptions,
): Promise<void> {
  const lastLines: string[] = [];
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      log(line);
      lastLines.push(line);
      if (lastLines.length > 20) lastLines.shift();
      if (line.includes('database system is ready to accept connections')) resolve();
    });
    child.once('error', reject);
    child.once('close', () => {
      reject(startFailure(cluster, lastLines));
    });
  });
}

/** What PostgreSQL said last, in the words of whoever has to repair it. */
function startFailure(cluster: string, lastLines: readonly string[]): Error {
  const fatal = reasonIn(lastLines);
  if (fatal.includes('postmaster.pid') || fatal.includes('shared memory block')) {
    return inUse(cluster);
  }
  return unusable(
    cluster,
    `is damaged or cannot be used: PostgreSQL does not start (${fatal})`,
    new Error(lastLines.join('\n')),
  );
}

/** Before its log is set up, PostgreSQL writes plain lines. */
function reasonIn(lines: readonly string[]): string {
  const fatal = lines.find((line) => /\b(FATAL|PANIC):/.test(line));
  if (fatal !== undefined) return fatal.replace(/^.*?\b(FATAL|PANIC): */, '');
  const plain = lines.filter((line) => !/ (LOG|HINT|DETAIL): /.test(line));
  return plain.length === 0 ? 'it gave no reason' : plain.join(' ');
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  const exit = once(child, 'exit');
  child.kill('SIGINT');
  const slow = delay(fastShutdownLimit, 'slow' as const, { ref: false });
  if ((await Promise.race([exit, slow])) === 'slow') child.kill('SIGQUIT');
  await exit;
}
