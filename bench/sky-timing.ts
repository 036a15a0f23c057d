import type { Candidate } from './sky-candidates.ts';
import type { Content } from './sky-content.ts';
import type { Question } from './sky-questions.ts';

/** One run of one candidate. */
export interface Timing {
  readonly name: Candidate;
  readonly rows: number;
  readonly milliseconds: number;
  /** The same for all candidates of one place and round: what is compared with what. */
  readonly run: string;
}

export interface Measured {
  readonly content: Content;
  readonly question: Question;
  readonly timings: readonly Timing[];
}
