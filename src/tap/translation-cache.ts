import { translate, type TranslateOptions, type Translation } from '../../adql/index.ts';

export type Translate = (adql: string, options: TranslateOptions) => Translation;

/** Queries longer than this (characters) are rarely sent twice and would fill the memory. */
const longestCached = 20_000;

/**
 * `translate`, remembering the `capacity` queries used last: clients send the same text again and
 * again, and with the translation its VOTable head is kept too.
 */
export function cachedTranslate(capacity: number): Translate {
  const known = new Map<string, Translation>();
  return (adql, options) => {
    if (adql.length > longestCached) return translate(adql, options);
    const { catalog, language, rowLimit } = options;
    const key = [catalog.version, language, rowLimit, adql].join('\n');
    const translation = known.get(key) ?? translate(adql, options);
    // A Map keeps the order of insertion: the first key is the one not used for longest.
    known.delete(key);
    known.set(key, translation);
    const oldest = known.keys().next();
    if (known.size > capacity && oldest.done !== true) known.delete(oldest.value);
    return translation;
  };
}
