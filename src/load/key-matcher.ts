import { messageOf } from '../database/error-fields.ts';
import { LoadError } from './load-error.ts';

/** Splits object keys into the named parts of a collection's pattern. */
export interface KeyMatcher {
  readonly parts: readonly string[];
  /** The values of the parts, in their order (undefined where optional); null when the key is none of the collection. */
  readonly match: (key: string) => readonly (string | undefined)[] | null;
}

/** `source` names the definition in the LoadError when the pattern cannot be used. */
export function keyMatcher(pattern: string, source: string): KeyMatcher {
  const expression = compile(pattern, source);
  // With an empty alternative it always matches and tells its groups.
  const groups = new RegExp(`${pattern}|`).exec('');
  const parts = Object.keys(groups?.groups ?? {});
  if (parts.length === 0 || groups?.length !== parts.length + 1) {
    throw new LoadError(`${source}, key: name every group, (?<part>...), or write (?:...).`);
  }
  return { parts, match: (key) => expression.exec(key)?.slice(1) ?? null };
}

function compile(pattern: string, source: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch (cause) {
    throw new LoadError(`${source}, key: ${messageOf(cause)}`, { cause });
  }
}
