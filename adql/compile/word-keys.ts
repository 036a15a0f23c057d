/** What separates the words of an identifier: the list of adql.word_keys (schema/030-word-index.sql). */
const separator = /[-./:+ ]/;

/**
 * The keys that adql.word_keys gives for every value that matches a LIKE pattern: its whole words,
 * neighbours joined by `-`. A word is whole when nothing unknown touches it. In
 * `tess%-s0012-3-4%` these are `s0012` and `3`, so the key is `s0012-3`.
 *
 * Empty when there is none, and when the pattern begins with a whole word: then it begins with enough
 * that is known for the ordinary index to serve it best. And when all are short: `1` is a word of 44 percent
 * of the TESS images, and `%s0012-1-1%` takes 400 ms by it, 35 ms by trigrams.
 */
export function wordKeysOf(pattern: string): readonly string[] {
  const pieces = pattern.split(/[%_]+/);
  const keys = pieces.map((piece, index) =>
    keysOf(piece, { isStart: index === 0, isEnd: index === pieces.length - 1 }),
  );
  const isSelective = keys.flat().some((key) => key.length >= selective);
  return keys[0]?.length === 0 && isSelective ? keys.flat() : [];
}

/** Characters of a key that few rows have. */
const selective = 3;

/** Of a run of known characters; `isStart` and `isEnd`: it begins or ends the whole pattern. */
function keysOf(piece: string, { isStart, isEnd }: Readonly<Record<'isStart' | 'isEnd', boolean>>) {
  const words = piece.split(separator);
  const whole = words.slice(isStart ? 0 : 1, isEnd ? words.length : -1);
  const pairs = whole.slice(1).map((word, index) => `${whole[index] ?? ''}-${word}`);
  return pairs.length > 0 ? pairs : whole.filter((word) => word !== '');
}
