import { once } from 'node:events';
import { Agent, type IncomingMessage, request, type RequestOptions } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly location: string;
  readonly body: string;
}

/** Few connections that are used again. */
const busy = new Agent({ keepAlive: true, maxSockets: 50 });
/** A connection for each client, as many as there are. */
const crowd = new Agent({ keepAlive: false, maxSockets: Infinity });

export const get = (url: string): Promise<Answer> => send(url, { method: 'GET', agent: busy });
export const remove = (url: string): Promise<Answer> =>
  send(url, { method: 'DELETE', agent: busy });
export const post = (url: string, form: Readonly<Record<string, string>>): Promise<Answer> =>
  send(url, {
    method: 'POST',
    agent: busy,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });

/** As one client of many that wait at the same time. */
export const getAsOneOfMany = (url: string): Promise<Answer> =>
  send(url, { method: 'GET', agent: crowd });

export function hangUp(): void {
  busy.destroy();
  crowd.destroy();
}

async function send(
  url: string,
  { body: form, ...options }: RequestOptions & { readonly body?: string },
): Promise<Answer> {
  const sent = request(url, options);
  sent.end(form);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of answer.setEncoding('utf8')) body += chunk as string;
  return { status: answer.statusCode ?? 0, location: answer.headers.location ?? '', body };
}

/** The phase in a job's document. */
export function phaseIn(document: string): string {
  return /<uws:phase>(\w+)<\/uws:phase>/.exec(document)?.[1] ?? '';
}

/** Waits as clients do, by WAIT, until the job has ended. */
export async function endOf(job: string): Promise<string> {
  let phase = 'QUEUED';
  while (phase === 'QUEUED' || phase === 'EXECUTING') {
    phase = phaseIn((await get(`${job}?WAIT=-1&PHASE=${phase}`)).body);
  }
  return phase;
}
