/** Names that are remembered (20 bytes each); from there on every name counts as taken. */
const mostNames = 1_000_000;

/**
 * The names of files that an answer downloads into one folder. Remembers hashes of 32 bits: of 20,000
 * names two are taken for one in every twentieth answer, and the second file then goes where those go
 * whose name is really taken.
 */
export class LocalNames {
  readonly #hashes = new Set<number>();

  /** False when the name came before. */
  take(name: string): boolean {
    const hash = hashOf(name);
    if (this.#hashes.size >= mostNames || this.#hashes.has(hash)) return false;
    this.#hashes.add(hash);
    return true;
  }
}

/** FNV-1a, of file systems that do not tell `A` from `a` too. */
function hashOf(name: string): number {
  const folded = name.toLowerCase();
  let hash = 0x811c9dc5;
  for (let index = 0; index < folded.length; index += 1) {
    hash = Math.imul(hash ^ folded.charCodeAt(index), 0x01000193);
  }
  return hash | 0;
}
