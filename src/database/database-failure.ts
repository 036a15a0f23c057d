import pg from 'pg';
import { type FailureKind, ServiceError } from '../service-error.ts';
import { messageOf, nameOf } from './error-fields.ts';

interface Failure {
  readonly kind: FailureKind;
  /** Gets PostgreSQL's primary message; only data errors repeat it (it names values, never SQL). */
  readonly wording: (message: string) => string;
}

const busy = 'The database is busy or being restarted. Please try again in a minute.';

const unavailable: Failure = { kind: 'database-unavailable', wording: () => busy };

const internal: Failure = {
  kind: 'internal',
  wording: () =>
    'The service made a mistake in translating this query, and the database refused it. ' +
    'Please report the query to the operator of this service.',
};

const mistake: Failure = {
  kind: 'internal',
  wording: () =>
    'The service failed on this query. The fault is ours and was logged; please report it.',
};

/**
 * What PostgreSQL's SQLSTATE means to a client (PostgreSQL manual, appendix A): the longest prefix
 * that fits. Whatever is not listed is a fault of ours.
 */
const failures: Readonly<Record<string, Failure>> = {
  '57014': {
    kind: 'query-timeout',
    wording: () =>
      'The database stopped this query: it ran longer than this service allows. ' +
      'Ask for less at a time: a smaller region of the sky, fewer joins, or indexed columns.',
  },
  '22': {
    kind: 'data-error',
    wording: (message) => `A value in this query cannot be computed: ${message}.`,
  },
  '2201': {
    kind: 'data-error',
    wording: (message) =>
      `A function in this query was given a value it has no answer for: ${message}.`,
  },
  // schema/020-sky-shapes.sql: errors that are worded for the astronomer already.
  SKY01: { kind: 'data-error', wording: (message) => `${message}.` },
  '21000': {
    kind: 'data-error',
    wording: () => 'A subquery used as a single value returned more than one row.',
  },
  '54': {
    kind: 'bad-query',
    wording: (message) => `This query is too large for the database: ${message}.`,
  },
  '53': unavailable,
  '53400': {
    kind: 'data-error',
    wording: () => 'This query needs more temporary space than this service allows.',
  },
  '57': unavailable,
  '58': unavailable,
  '08': unavailable,
  '08P01': internal,
  '40': unavailable,
  '55': unavailable,
};

/** A failure of the database in the words of the client; the original becomes the cause. */
export function databaseFailure(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  const { kind, wording } = failureOf(error);
  const message = messageOf(error).replace(/\.$/, '');
  return new ServiceError(kind, wording(message), { cause: error });
}

function failureOf(error: unknown): Failure {
  // Not from PostgreSQL itself: the connection could not be made, or broke; or the mistake is ours.
  if (!(error instanceof pg.DatabaseError)) return isMistake(error) ? mistake : unavailable;
  const state = error.code ?? '';
  for (let length = state.length; length >= 2; length -= 1) {
    const failure = failures[state.slice(0, length)];
    if (failure !== undefined) return failure;
  }
  return internal;
}

/** What the language throws at code that is wrong, of whichever realm. */
function isMistake(error: unknown): boolean {
  return /^(Type|Range|Reference|Syntax)Error$/.test(nameOf(error));
}
