import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** An S3 by other people: moto's server. */
export interface StartedMoto {
  readonly url: string;
  /** Made already. */
  readonly bucket: string;
  readonly stop: () => Promise<void>;
}

const bucket = 'results';

/** @param python of the environment that moto is installed in */
export async function startedMoto(python: string): Promise<StartedMoto> {
  const port = String(await freePort());
  const program = join(dirname(python), 'moto_server');
  const child = spawn(program, ['-H', '127.0.0.1', '-p', port], { stdio: 'ignore' });
  const ended = once(child, 'close');
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const made = await fetch(`${url}/${bucket}`, { method: 'PUT' }).catch(() => null);
    if (made?.ok === true) return { url, bucket, stop };
    await delay(200);
  }
  await stop();
  throw new Error('moto does not answer.');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
