/** Names that are remembered; from there on every name counts as taken. */
const mostNames = 1_000_000;

/**
 * The names of files that an answer downloads into one folder. Remembers hashes of 32 bits: of 20,000
 * names two are taken for one in every twentieth answer, and the second file then goes where those go
 * whose name is really taken. A million of them lie in 8 MB (in a Set in 50).
 */
export class LocalNames {
  /** Each hash in the first free slot from its own on; 0 is free. At least half of them are. */
  #slots = new Int32Array(1024);
  #count = 0;

  /** False when the name came before. */
  take(name: string): boolean {
    if (this.#count >= mostNames || !insert(this.#slots, hashOf(name))) return false;
    this.#count += 1;
    if (this.#count * 2 > this.#slots.length) this.#grow();
    return true;
  }

  #grow(): void {
    const larger = new Int32Array(this.#slots.length * 2);
    for (const hash of this.#slots) if (hash !== 0) insert(larger, hash);
    this.#slots = larger;
  }
}

/** False when it is there. */
function insert(slots: Int32Array, hash: number): boolean {
  const last = slots.length - 1;
  let slot = hash & last;
  while (slots[slot] !== 0) {
    if (slots[slot] === hash) return false;
    slot = (slot + 1) & last;
  }
  slots[slot] = hash;
  return true;
}

/** FNV-1a, of file systems that do not tell `A` from `a` too; never 0. */
function hashOf(name: string): number {
  const folded = name.toLowerCase();
  let hash = 0x811c9dc5;
  for (let index = 0; index < folded.length; index += 1) {
    hash = Math.imul(hash ^ folded.charCodeAt(index), 0x01000193);
  }
  return hash | 0 || 1;
}
