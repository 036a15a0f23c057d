import { findFormat, type ChosenFormat } from '../format/find-format.ts';
import { resultFormats } from '../format/result-formats.ts';
import { ServiceError, shortened } from '../service-error.ts';
import type { UploadPart } from '../upload/fetch-upload.ts';
import { givenValuesOf, type Parameter } from './parameter.ts';

export type { Parameter };

/** A file that came with the parameters, under its field name in the multipart body. */
export interface PostedFile extends UploadPart {
  readonly name: string;
}

export type Language = 'ADQL-2.0' | 'ADQL-2.1';

/** Rows that an answer holds when MAXREC is absent, and at most. */
export interface OutputLimit {
  readonly default: number;
  readonly hard: number;
}

/** What a client asks of /sync or of a job (TAP 1.1, "Parameters"), checked and complete. */
export interface TapRequest extends ChosenFormat {
  readonly query: string;
  readonly language: Language;
  /** MAXREC, or the default, never above the hard limit. */
  readonly maxRecords: number;
  readonly runId: string | null;
  /** CLOUD, a parameter of our own: `aws`, `aws:us-west-2`. */
  readonly cloud?: string;
  /** Where /sync is for this client; absent in a job. */
  readonly syncUrl?: string;
  readonly uploads: {
    /** Values of UPLOAD, read when the query runs. */
    readonly values: readonly string[];
    /** What `param:` in them means. */
    readonly parts: ReadonlyMap<string, UploadPart>;
  };
}

/** Every value of LANG, lower case: ADQL without a version is the newest. */
const languages: Readonly<Record<string, Language>> = {
  adql: 'ADQL-2.1',
  'adql-2.0': 'ADQL-2.0',
  'adql-2.1': 'ADQL-2.1',
};

/** DALI 1.1, "RUNID". */
const longestRunId = 64;

/**
 * Reads the parameters of a query. Names in any case, unknown ones (REQUEST, VERSION, PHASE and
 * whatever else clients send) are ignored, an empty value counts as absent.
 * @throws ServiceError 'bad-request'
 */
export function readTapRequest(
  parameters: readonly Parameter[],
  outputLimit: OutputLimit,
  files: readonly PostedFile[] = [],
): TapRequest {
  const single = (name: string): string | null => singleValue(parameters, name);
  // FORMAT is TAP 1.0's name. astroquery sends it twice, so here the first one simply wins.
  const responseFormat = single('RESPONSEFORMAT') ?? givenValuesOf(parameters, 'FORMAT')[0] ?? null;
  const chosenFormat = formatOf(responseFormat);
  const { rowLimit = outputLimit.hard } = chosenFormat.format;
  const cloud = single('CLOUD');
  return {
    ...chosenFormat,
    language: languageOf(single('LANG')),
    query: queryOf(single('QUERY')),
    maxRecords: Math.min(maxRecordsOf(single('MAXREC'), outputLimit), rowLimit),
    runId: runIdOf(single('RUNID')),
    ...(cloud === null ? {} : { cloud }),
    uploads: {
      values: givenValuesOf(parameters, 'UPLOAD'),
      parts: new Map(files.map((file) => [file.name, file])),
    },
  };
}

/** DALI 1.1, "Multiple values": repeating is an error; saying the same twice does no harm. */
function singleValue(parameters: readonly Parameter[], name: string): string | null {
  const [first, ...others] = givenValuesOf(parameters, name);
  if (others.some((value) => value !== first)) {
    throw badRequest(`${name} was given more than once, with different values. Send it once.`);
  }
  return first ?? null;
}

function formatOf(responseFormat: string | null): ChosenFormat {
  const format = findFormat(responseFormat);
  if (format !== null) return format;
  const known = resultFormats.map((row) => row.aliases[0] ?? row.mediaType).join(', ');
  throw badRequest(
    `RESPONSEFORMAT: there is no format "${shortened(responseFormat ?? '')}" here. Use one of: ${known}.`,
  );
}

function languageOf(language: string | null): Language {
  if (language === null) throw badRequest('LANG is missing. Send LANG=ADQL with the query.');
  const known = languages[language.toLowerCase()];
  if (known !== undefined) return known;
  throw badRequest(
    `LANG: "${shortened(language)}" is not spoken here. Use one of: ADQL, ADQL-2.0, ADQL-2.1.`,
  );
}

function queryOf(query: string | null): string {
  if (query !== null && query.trim() !== '') return query;
  throw badRequest('QUERY is missing. Send the ADQL text as parameter QUERY.');
}

function maxRecordsOf(maxrec: string | null, outputLimit: OutputLimit): number {
  if (maxrec === null) return outputLimit.default;
  if (!/^\s*\+?\d+\s*$/.test(maxrec)) {
    throw badRequest(
      `MAXREC must be a whole number of rows, 0 or more, and not "${shortened(maxrec)}".`,
    );
  }
  return Math.min(Number(maxrec), outputLimit.hard);
}

/** @throws ServiceError when it is longer than a job list can show */
export function runIdOf(runId: string | null): string | null {
  if (runId === null || runId.length <= longestRunId) return runId;
  throw badRequest(`RUNID may have at most ${String(longestRunId)} characters.`);
}

function badRequest(message: string): ServiceError {
  return new ServiceError('bad-request', message);
}
