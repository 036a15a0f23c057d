import { endOf, get, post, remove } from './talk.ts';

const trivial = { LANG: 'ADQL', PHASE: 'RUN', QUERY: 'SELECT TOP 1 obs_id FROM ivoa.obscore' };

/** Milliseconds from POST to the fetched result of a trivial job: the median of `times`. */
export async function medianJob(url: string, times: number): Promise<number> {
  const durations: number[] = [];
  for (let run = 0; run < times; run += 1) {
    const began = performance.now();
    const { location } = await post(`${url}/async`, trivial);
    await endOf(location);
    const { status, body } = await get(`${location}/results/result`);
    durations.push(performance.now() - began);
    if (status !== 200 || !body.includes('<TD>tess')) throw new Error(`status ${String(status)}`);
    await remove(location);
  }
  return durations.sort((a, b) => a - b)[Math.floor(times / 2)] ?? NaN;
}
