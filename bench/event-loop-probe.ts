import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** How late the event loop of another Node process is. */
export interface EventLoopProbe {
  /** For the environment of that process. */
  readonly nodeOptions: string;
  /** The 99th percentile since the last look, in milliseconds. */
  readonly latest: (processId: number) => Promise<number>;
  readonly remove: () => Promise<void>;
}

/** Milliseconds between the looks of the probe. */
const resolution = 5;

/** The service needs no setting for it: Node loads a module of ours, which answers to a signal. */
export function eventLoopProbe(): EventLoopProbe {
  const folder = mkdtempSync(join(tmpdir(), 'cloudtap-probe-'));
  const file = join(folder, 'delay');
  const module = `
    import { monitorEventLoopDelay } from 'node:perf_hooks';
    import { renameSync, writeFileSync } from 'node:fs';
    const delays = monitorEventLoopDelay({ resolution: ${String(resolution)} });
    delays.enable();
    process.on('SIGUSR2', () => {
      writeFileSync('${file}.part', String(delays.percentile(99) / 1e6));
      renameSync('${file}.part', '${file}');
      delays.reset();
    });`;
  return {
    nodeOptions: `--import=data:text/javascript,${encodeURIComponent(module)}`,
    latest: async (processId) => {
      await rm(file, { force: true });
      process.kill(processId, 'SIGUSR2');
      for (;;) {
        const text = await readFile(file, 'utf8').catch(() => null);
        if (text !== null) return Math.max(0, Number(text) - resolution);
        await delay(10);
      }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
