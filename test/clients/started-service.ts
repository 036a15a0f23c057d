import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.ts';

export interface StartedService {
  /** TAP base, `http://127.0.0.1:PORT/tap`. */
  readonly url: string;
  readonly processId: number;
  readonly stop: () => Promise<void>;
}

/** The built service (`npm run build`) as a process of its own on a free port, ready to answer. */
export async function startedService(
  settings: Readonly<Record<string, string>>,
): Promise<StartedService> {
  const main = join(packageRoot(), 'dist', 'src', 'main.js');
  // With the settings of `npm start`.
  const child = spawn(process.execPath, ['--max-semi-space-size=4', main, 'serve'], {
    env: {
      ...process.env,
      MALLOC_MMAP_THRESHOLD_: '1048576',
      PORT: '0',
      LOG_LEVEL: 'warn',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  const url = await Promise.race([
    readyUrl(child.stdout),
    ended.then((code) => Promise.reject(new Error(`The service ended with code ${String(code)}.`))),
  ]);
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  return { url, processId: child.pid ?? 0, stop };
}

function readyUrl(output: NodeJS.ReadableStream): Promise<string> {
  return new Promise((found) => {
    createInterface(output).on('line', (line) => {
      const url = /^cloudtap ready: (\S+)$/.exec(line)?.[1];
      if (url !== undefined) found(url);
    });
  });
}
