import { median } from './measure.ts';
import type { Candidate } from './sky-candidates.ts';
import type { Measured, Timing } from './sky-timing.ts';

/** What a question's time is asked to be, and what it is. */
export interface Goal {
  /** `0.5 x pgSphere` */
  readonly asked: string;
  /** The median of paired runs. */
  readonly ratio: number;
  readonly isMet: boolean;
}

/**
 * Positions and cross-matches: 1.2 times the faster of pgSphere and q3c. Regions: half of pgSphere's time
 * on the same rows, and for TESS 1.5 times the fetch of the rows by their key.
 */
export function goalsOf({ content, question, timings }: Measured): readonly Goal[] {
  const isRegion = question.kind === 'region';
  const wanted: readonly Wanted[] = isRegion
    ? [{ most: 0.5, name: 'pgSphere', others: ['pgSphere'] }]
    : [{ most: 1.2, name: 'the faster', others: ['pgSphere', 'q3c filter', 'q3c join'] }];
  const ofFloor: Wanted = { most: 1.5, name: 'floor', others: ['floor'] };
  return (isRegion && content === 'tess' ? [...wanted, ofFloor] : wanted).flatMap((one) =>
    goalOf(one, timings),
  );
}

interface Wanted {
  readonly most: number;
  readonly name: string;
  readonly others: readonly Candidate[];
}

/** Nothing when none of the others was asked. */
function goalOf({ most, name, others }: Wanted, timings: readonly Timing[]): readonly Goal[] {
  const ratios = timings
    .filter((timing) => timing.name === 'cloudtap')
    .flatMap(({ run, milliseconds }) => {
      const beside = timings.filter((timing) => timing.run === run && others.includes(timing.name));
      const fastest = Math.min(...beside.map((timing) => timing.milliseconds));
      return beside.length === 0 ? [] : [milliseconds / fastest];
    });
  if (ratios.length === 0) return [];
  const ratio = median(ratios);
  return [{ asked: `${String(most)} x ${name}`, ratio, isMet: ratio <= most }];
}
