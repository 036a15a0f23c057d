import { once } from 'node:events';
import { type Agent, type IncomingMessage, request } from 'node:http';
import { readFile } from 'node:fs/promises';

/** Times in milliseconds. */
export interface Download {
  readonly firstByte: number;
  readonly total: number;
  readonly bytes: number;
}

/** POSTs the form and drops the answer's bytes. */
export async function download(
  url: string,
  form: Readonly<Record<string, string>>,
  agent: Agent,
): Promise<Download> {
  const began = performance.now();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const sent = request(url, { method: 'POST', agent, headers });
  sent.end(new URLSearchParams(form).toString());
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  const firstByte = performance.now() - began;
  let bytes = 0;
  for await (const chunk of answer) bytes += (chunk as Buffer).length;
  if (answer.statusCode !== 200) throw new Error(`status ${String(answer.statusCode)}`);
  return { firstByte, total: performance.now() - began, bytes };
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
