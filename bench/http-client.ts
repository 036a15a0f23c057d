import { readFile } from 'node:fs/promises';
import { type ConnectOpts, Socket, type SocketConstructorOpts } from 'node:net';

/** Times in milliseconds. */
export interface Download {
  readonly firstByte: number;
  readonly total: number;
  readonly bytes: number;
}

export type Form = Readonly<Record<string, string>>;

/** POSTs the form and drops the answer's bytes. */
export function download(url: string, form: Form): Promise<Download> {
  return drop(
    new URL(url),
    `${postHead(new URL(url), form)}Connection: close\r\n\r\n${bodyOf(form)}`,
  );
}

/** GETs and drops. */
export function downloadResult(url: string): Promise<Download> {
  const { pathname, host } = new URL(url);
  return drop(
    new URL(url),
    `GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
  );
}

function bodyOf(form: Form): string {
  return new URLSearchParams(form).toString();
}

function postHead({ pathname, host }: URL, form: Form): string {
  return [
    `POST ${pathname} HTTP/1.1`,
    `Host: ${host}`,
    'Content-Type: application/x-www-form-urlencoded',
    `Content-Length: ${String(bodyOf(form).length)}`,
    '',
  ].join('\r\n');
}

const statusOk = 'HTTP/1.1 200';

/**
 * No more work than the floor's reader has: into one buffer, and gone. Node's own client would take
 * a good part of the two cores that service and database are measured on.
 */
function drop({ hostname, port }: URL, request: string): Promise<Download> {
  const began = performance.now();
  let [firstByte, bytes, status] = [0, 0, ''];
  const callback = (count: number, buffer: Uint8Array): boolean => {
    if (bytes === 0) {
      firstByte = performance.now() - began;
      status = Buffer.from(buffer.subarray(0, statusOk.length)).toString('latin1');
    }
    bytes += count;
    return true;
  };
  const onread = { buffer: Buffer.alloc(1024 * 1024), callback };
  const options: SocketConstructorOpts & ConnectOpts = { onread };
  const socket = new Socket(options);
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', () => {
      if (status === statusOk) resolve({ firstByte, total: performance.now() - began, bytes });
      else reject(new Error(`the service answered ${status}`));
    });
    socket.connect(Number(port), hostname);
    socket.write(request);
  });
}

/** A client of one kept connection that asks for small answers, one after the other. */
export class SmallClient {
  readonly #socket = new Socket();
  readonly #request: Buffer;
  #answer: Buffer = Buffer.alloc(0);
  #resolve: () => void = () => undefined;
  #reject: (reason: Error) => void = () => undefined;

  constructor(url: string, form: Form) {
    const address = new URL(url);
    this.#request = Buffer.from(`${postHead(address, form)}\r\n${bodyOf(form)}`);
    this.#socket.setNoDelay(true).connect(Number(address.port), address.hostname);
    this.#socket.on('data', this.#take);
    this.#socket.on('error', (error) => {
      this.#reject(error);
    });
  }

  ask(): Promise<void> {
    return new Promise((resolve, reject) => {
      [this.#resolve, this.#reject] = [resolve, reject];
      this.#socket.write(this.#request);
    });
  }

  end(): void {
    this.#socket.destroy();
  }

  readonly #take = (chunk: Buffer): void => {
    this.#answer = this.#answer.length === 0 ? chunk : Buffer.concat([this.#answer, chunk]);
    const body = this.#answer.indexOf('\r\n\r\n') + 4;
    if (body < 4) return;
    const head = this.#answer.toString('latin1', 0, body);
    const length = Number(/^content-length: (\d+)/im.exec(head)?.[1]);
    if (!head.startsWith(statusOk) || Number.isNaN(length)) this.#reject(new Error(head));
    if (this.#answer.length < body + length) return;
    this.#answer = Buffer.alloc(0);
    this.#resolve();
  };
}

/** Looks at the memory of a process (Linux) while `work` runs; the most it had, in MB. */
export async function peakMemory(processId: number, work: () => Promise<void>): Promise<number> {
  let peak = 0;
  const look = async (): Promise<void> => {
    const status = await readFile(`/proc/${String(processId)}/status`, 'utf8').catch(() => '');
    const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
    peak = Math.max(peak, kilobytes / 1000);
  };
  const timer = setInterval(() => void look(), 50);
  await work();
  await look();
  clearInterval(timer);
  return peak;
}
