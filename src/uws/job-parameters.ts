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

/** What a job keeps of a POST: names in upper case, values as they came, each name once. */
export function jobParameters(posted: readonly Parameter[]): readonly Parameter[] {
  return posted
    .map(({ name, value }) => ({ name: name.toUpperCase(), value }))
    .filter(({ name }) => !steering.has(name))
    .reduce<readonly Parameter[]>((kept, parameter) => {
      // astroquery sends FORMAT for the answer, and `format` again for the table that it uploads.
      if (parameter.name === 'FORMAT' && kept.some(({ name }) => name === 'FORMAT')) return kept;
      return withParameter(kept, parameter);
    }, []);
}

/**
 * Parameters posted later (TAP 1.1, "/async"): pyvo sets QUERY anew and taplint RUNID, so the last
 * value wins; tables to upload come one after the other, so these accumulate.
 */
export function mergeParameters(
  kept: readonly Parameter[],
  posted: readonly Parameter[],
): readonly Parameter[] {
  return posted.reduce(withParameter, kept);
}

/** Several UPLOADs become one `a,uri;b,uri` (TAP 1.0's form): parameter ids must not repeat. */
function withParameter(kept: readonly Parameter[], added: Parameter): readonly Parameter[] {
  const at = kept.findIndex(({ name }) => name === added.name);
  const before = kept[at]?.value;
  if (before === undefined) return [...kept, added];
  const isAccumulated = added.name === 'UPLOAD' && before !== '' && added.value !== '';
  const value = isAccumulated ? `${before};${added.value}` : added.value;
  return kept.with(at, { name: added.name, value });
}
