/** Bytes that come in pieces, taken in the amounts that a format wants. */
export class ByteSource {
  readonly #iterator: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(bytes: AsyncIterable<Buffer>) {
    this.#iterator = bytes[Symbol.asyncIterator]();
  }

  /** The next `count` bytes as they come; fewer when there are no more. */
  async *pieces(count: number): AsyncGenerator<Buffer> {
    for (let left = count; left > 0;) {
      const piece = await this.#next(left);
      if (piece === null) return;
      left -= piece.length;
      yield piece;
    }
  }

  /** The next `count` bytes in one; fewer when there are no more. */
  async take(count: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for await (const piece of this.pieces(count)) pieces.push(piece);
    const [first] = pieces;
    return pieces.length === 1 && first !== undefined ? first : Buffer.concat(pieces);
  }

  /** Passes over bytes; returns how many there were of the `count`. */
  async skip(count: number): Promise<number> {
    let skipped = 0;
    for await (const piece of this.pieces(count)) skipped += piece.length;
    return skipped;
  }

  async #next(most: number): Promise<Buffer | null> {
    while (this.#rest.length === 0) {
      const next = await this.#iterator.next();
      if (next.done === true) return null;
      this.#rest = next.value;
    }
    const piece = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(piece.length);
    return piece;
  }
}
