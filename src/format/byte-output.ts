/** Bytes up to which a loop beats the call of Buffer.copy (measured: 128 and 200 alike, 64 slower). */
const shortSpan = 128;

/** Bytes that a short span is copied by. */
const wordBytes = 4;

/** Until something is reserved: a small answer needs one buffer, not another behind it. */
const nothing = Buffer.alloc(0);

/** Bytes being written: a buffer that grows, handed over whole by `take`. */
export class ByteOutput {
  bytes: Buffer = nothing;
  length = 0;
  readonly #leastCapacity: number;
  #words = viewOf(nothing);
  /** What was read last: one batch of rows, many thousand times. */
  #source: Buffer = nothing;
  #sourceWords = viewOf(nothing);
  /** Bytes that the first reservation of a piece makes room for. */
  #firstCapacity: number;

  /** @param leastCapacity bytes to begin with at least, also after every `take`. */
  constructor(leastCapacity = 1024) {
    this.#leastCapacity = leastCapacity;
    this.#firstCapacity = leastCapacity;
  }

  /** Makes room for `count` more bytes; `bytes` may be another buffer afterwards. */
  reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.bytes.length) return;
    const capacity = Math.max(needed, this.bytes.length * 2, this.#firstCapacity);
    const grown = Buffer.allocUnsafe(capacity);
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
    this.#words = viewOf(grown);
  }

  /** A few fixed bytes. The caller has reserved the room: this runs several times a row. */
  append(fixed: Uint8Array): void {
    for (let index = 0; index < fixed.length; index += 1) {
      this.bytes[this.length + index] = fixed[index] ?? 0;
    }
    this.length += fixed.length;
  }

  /** source[start, end). The caller has reserved the room. */
  copy(source: Buffer, start: number, end: number): void {
    if (end - start > shortSpan) source.copy(this.bytes, this.length, start, end);
    else this.#copyShort(source, start, end);
    this.length += end - start;
  }

  #copyShort(source: Buffer, start: number, end: number): void {
    const { bytes } = this;
    const [words, sourceWords] = [this.#words, this.wordsOf(source)];
    let [from, to] = [start, this.length];
    for (; from + wordBytes <= end; from += wordBytes) {
      words.setInt32(to, sourceWords.getInt32(from, true), true);
      to += wordBytes;
    }
    for (; from < end; from += 1) bytes[to++] = source[from] ?? 0;
  }

  /** The same bytes, to be read as words at any place. */
  wordsOf(source: Buffer): DataView {
    if (source !== this.#source) {
      this.#source = source;
      this.#sourceWords = viewOf(source);
    }
    return this.#sourceWords;
  }

  /**
   * What was written so far, now the caller's; the next piece begins in a buffer of the size that
   * this one needed, since batches are alike.
   */
  take(): Buffer {
    const taken = this.bytes.subarray(0, this.length);
    this.#firstCapacity = Math.max(this.#leastCapacity, Math.ceil(this.length * 1.1));
    this.bytes = nothing;
    this.length = 0;
    return taken;
  }
}

function viewOf({ buffer, byteOffset, length }: Buffer): DataView {
  return new DataView(buffer, byteOffset, length);
}
