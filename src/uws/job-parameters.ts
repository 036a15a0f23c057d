import { ServiceError } from '../service-error.ts';
import type { Parameter } from '../tap/tap-request.ts';

/** Parameters that steer the job and are no part of the query (UWS 1.1, DALI 1.1 "RUNID"). */
const steering: ReadonlySet<string> = new Set([
  'PHASE',
  'ACTION',
  'WAIT',
  'EXECUTIONDURATION',
  'DESTRUCTION',
  'RUNID',
]);

/** As many as a multipart request may have. A hundred thousand made documents of a job that took minutes. */
const mostParameters = 1000;

/** Characters that earlier POSTs may have left; what one of them brings is limited by the request. */
const mostKept = 2_000_000;

/** What a job keeps of a POST: names in upper case, values as they came, each name once. */
export function jobParameters(posted: readonly Parameter[]): readonly Parameter[] {
  const named = posted
    .map(({ name, value }) => ({ name: name.toUpperCase(), value }))
    .filter(({ name }) => !steering.has(name));
  // astroquery sends FORMAT for the answer, and `format` again for the table that it uploads.
  const format = named.find(({ name }) => name === 'FORMAT');
  return mergeParameters(
    [],
    named.filter((parameter) => parameter.name !== 'FORMAT' || parameter === format),
  );
}

/**
 * Parameters posted later (TAP 1.1, "/async"): pyvo sets QUERY anew and taplint RUNID, so the last
 * value wins; tables to upload come one after the other, so these accumulate.
 * @throws ServiceError 'too-large'
 */
export function mergeParameters(
  kept: readonly Parameter[],
  posted: readonly Parameter[],
): readonly Parameter[] {
  const merged = new Map(kept.map(({ name, value }) => [name, value]));
  for (const { name, value } of posted) merged.set(name, merge(name, merged.get(name), value));
  const parameters = Array.from(merged, ([name, value]) => ({ name, value }));
  if (parameters.length > mostParameters || sizeOf(parameters) > sizeOf(posted) + mostKept) {
    throw new ServiceError(
      'too-large',
      `A job may have ${String(mostParameters)} parameters, with ${String(mostKept)} characters ` +
        'beside those of one request. Post only what the query needs.',
    );
  }
  return parameters;
}

/** Several UPLOADs become one `a,uri;b,uri` (TAP 1.0's form): parameter ids must not repeat. */
function merge(name: string, before: string | undefined, added: string): string {
  const isAccumulated = name === 'UPLOAD' && (before ?? '') !== '' && added !== '';
  return isAccumulated ? `${before ?? ''};${added}` : added;
}

function sizeOf(parameters: readonly Parameter[]): number {
  return parameters.reduce((size, { name, value }) => size + name.length + value.length, 0);
}
