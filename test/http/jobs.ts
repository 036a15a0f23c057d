import { ask, post } from './talk.ts';

/** The id of a job just created, as TapPlus takes it: what follows the last slash of Location. */
export function idOf(headers: Headers): string {
  return /^http:.*\/tap\/async\/([0-9a-f]{32})$/.exec(headers.get('location') ?? '')?.[1] ?? '';
}

/** Creates a job and returns its URL. */
export async function createJob(
  url: string,
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  const { headers } = await post(`${url}/async`, { LANG: 'ADQL', ...parameters });
  return `${url}/async/${idOf(headers)}`;
}

export function phaseIn(jobDocument: string): string {
  return /<uws:phase>(\w+)</.exec(jobDocument)?.[1] ?? '';
}

/** Waits as pyvo and STILTS do, until the job has ended; returns its last phase. */
export async function endOf(job: string): Promise<string> {
  let phase = 'QUEUED';
  while (['QUEUED', 'EXECUTING'].includes(phase)) {
    phase = phaseIn((await ask(`${job}?WAIT=-1&PHASE=${phase}`)).body);
  }
  return phase;
}
