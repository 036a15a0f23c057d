import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { AdqlError } from '../../adql/error.ts';
import { explain } from '../../adql/explain.ts';
import type { OptionalFeature, ParseOptions } from '../../adql/parse/parse-options.ts';
import { parse } from '../../adql/parse/parse.ts';
import { readQuerySet, type QueryOfSet } from './query-set.ts';

export interface JudgeSettings {
  /** JOIN without ON, USING and NATURAL is invalid. */
  readonly strictJoin: boolean;
  /** Functions whose names begin so count as declared. */
  readonly declared: readonly string[];
}

/** What the sets of the optional features are about, by the beginning of their file names. */
const features: Readonly<Record<string, { feature: OptionalFeature; words: RegExp }>> = {
  O1: {
    feature: 'geometry',
    words:
      /\b(?:area|box|centroid|circle|contains|coord[12]|coordsys|distance|intersects|point|polygon|region)\s*\(/i,
  },
  O2: { feature: 'udf', words: /\bivo_\w+\s*\(/i },
  O3: { feature: 'string', words: /\b(?:lower|upper|ilike)\b/i },
  O4: { feature: 'common-table', words: /\bwith\b/i },
  O5: { feature: 'sets', words: /\b(?:union|except|intersect)\b/i },
  O6: { feature: 'type', words: /\bcast\b/i },
  O7: { feature: 'conditional', words: /\bcoalesce\b/i },
  O8: { feature: 'unit', words: /\bin_unit\b/i },
  O9: { feature: 'offset', words: /\boffset\b/i },
};

/** A miss in words, null when the judgement is the one that the set gives. */
export type Judgement = string | null;

/**
 * One judgement a query: every valid one must parse and every other be refused, without looking up
 * tables and without our extensions; a second one where its feature can be switched off.
 */
export function judgeFile(file: string, settings: JudgeSettings): readonly Judgement[] {
  const optional = features[basename(file).slice(0, 2)];
  return readQuerySet(readFileSync(file, 'utf8')).flatMap((query) => {
    const place = `${file} ${query.uuid} (${query.description})\n${query.adql.trim()}\n`;
    const judgements = [judge(query, settings)];
    if (optional?.words.test(query.adql) === true) {
      judgements.push(judgeSwitchedOff(query, settings, optional.feature));
    }
    return judgements.map((miss) => (miss === null ? null : `${place}${miss}\n\n`));
  });
}

function judge(query: QueryOfSet, settings: JudgeSettings): Judgement {
  const error = errorOf(query, settings);
  if (query.isValid && error !== null) return `valid, but refused:\n${explain(error, query.adql)}`;
  if (!query.isValid && error === null) return 'invalid, but accepted';
  return null;
}

function judgeSwitchedOff(
  query: QueryOfSet,
  settings: JudgeSettings,
  feature: OptionalFeature,
): Judgement {
  const error = errorOf(query, settings, new Set([feature]));
  if (error === null) return `accepted although the feature "${feature}" is switched off`;
  if (!query.isValid || error.code === 'unsupported') return null;
  return `"${feature}" is switched off, but the error is another:\n${explain(error, query.adql)}`;
}

function errorOf(
  query: QueryOfSet,
  { strictJoin, declared }: JudgeSettings,
  disabled: ReadonlySet<OptionalFeature> = new Set(),
): AdqlError | null {
  const names = new Set(query.functions.map((name) => name.toLowerCase()));
  const options: ParseOptions = {
    language: query.language,
    strictJoin,
    extensions: false,
    functions: (name) =>
      names.has(name.toLowerCase()) ||
      declared.some((prefix) => name.toLowerCase().startsWith(prefix.toLowerCase())),
    disabled,
  };
  try {
    parse(query.adql, options);
    return null;
  } catch (error) {
    if (error instanceof AdqlError) return error;
    throw error;
  }
}
