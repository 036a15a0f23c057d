import type { OutputColumn } from '../../adql/index.ts';

/**
 * The columns' names, each once, for formats that find a value by its name: a name that was there
 * before, in any case, gets `_2`, `_3`... Only users make names equal (`SELECT ra, ra`).
 */
export function uniqueNames(columns: readonly OutputColumn[]): readonly string[] {
  const taken = new Set<string>();
  return columns.map(({ name }) => {
    let unique = name;
    for (let number = 2; taken.has(unique.toLowerCase()); number += 1) {
      unique = `${name}_${String(number)}`;
    }
    taken.add(unique.toLowerCase());
    return unique;
  });
}
