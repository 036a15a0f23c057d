import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../src/package-root.ts';

export interface ServiceProcess {
  /** TAP base, `http://127.0.0.1:PORT/tap`. */
  readonly url: string;
  readonly processId: number;
  readonly stop: () => Promise<void>;
}

/** `cloudtap serve` as a process of its own, from the sources, on a free port; ready to answer. */
export async function startServiceProcess(
  settings: Readonly<Record<string, string>>,
): Promise<ServiceProcess> {
  const main = join(packageRoot(), 'src', 'main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', main, 'serve'], {
    cwd: packageRoot(),
    env: { ...process.env, LOG_LEVEL: 'silent', PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const [ready] = (await once(createInterface(child.stdout), 'line')) as [string];
  return {
    url: ready.replace('cloudtap ready: ', ''),
    processId: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
