import { join, sql, type Sql } from '../../adql/index.ts';

/**
 * UWS 1.1, "Execution Phase". The key is where a job is, the value where it may go. HELD, SUSPENDED
 * and UNKNOWN are never used (pyvo takes them for failures), ARCHIVED neither: a destroyed job is
 * gone. From EXECUTING back to QUEUED goes a job whose replica died, stops, or met a passing fault.
 */
const transitions = {
  PENDING: ['QUEUED', 'ABORTED'],
  QUEUED: ['EXECUTING', 'ABORTED'],
  EXECUTING: ['COMPLETED', 'ERROR', 'ABORTED', 'QUEUED'],
  COMPLETED: [],
  ERROR: [],
  ABORTED: [],
} as const satisfies Record<string, readonly string[]>;

export type Phase = keyof typeof transitions;

/** The phases from which a job may go to `To`. */
export type PhaseBefore<To extends Phase> = {
  [From in Phase]: To extends (typeof transitions)[From][number] ? From : never;
}[Phase];

/** A change of phase as the two halves of an UPDATE: a compare-and-set, decided by the database. */
export interface Step {
  /** For SET. */
  readonly set: Sql;
  /** For WHERE: whoever comes second changes nothing. */
  readonly where: Sql;
}

/** Only steps of `transitions` compile. */
export function step<To extends Phase>(from: readonly PhaseBefore<To>[], to: To): Step {
  return { set: sql`phase = ${literals[to]}`, where: isIn(from) };
}

/** `phase IN (...)`, as fixed text: partial indexes on the phase are then used. */
export function isIn(phases: readonly Phase[]): Sql {
  const list = join(
    phases.map((phase) => literals[phase]),
    sql`, `,
  );
  return sql`phase IN (${list})`;
}

const literals: Readonly<Record<Phase, Sql>> = {
  PENDING: sql`'PENDING'`,
  QUEUED: sql`'QUEUED'`,
  EXECUTING: sql`'EXECUTING'`,
  COMPLETED: sql`'COMPLETED'`,
  ERROR: sql`'ERROR'`,
  ABORTED: sql`'ABORTED'`,
};

/** All phases that a job of this service can be in. */
export const phases = Object.keys(transitions) as readonly Phase[];

/** The phases that may still change: only in these does WAIT block (UWS 1.1, "Blocking behaviour"). */
export const activePhases: readonly Phase[] = phases.filter(isActive);

export function isActive(phase: Phase): boolean {
  return transitions[phase].length > 0;
}

export function isPhase(text: string): text is Phase {
  return Object.hasOwn(transitions, text);
}
