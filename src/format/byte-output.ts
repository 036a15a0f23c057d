/** Bytes up to which a loop beats the call of Buffer.copy (measured: 128 and 200 alike, 64 slower). */
const shortSpan = 128;

/** Bytes that a short span is copied by. */
const wordBytes = 4;

/** Until something is reserved. */
const nothing = Buffer.alloc(0);

/** A buffer that one cell of many MB has made larger than this (bytes) is not kept for the next piece. */
const mostKept = 4 * 1024 * 1024;

/** Bytes that can simply be copied; all others have to be looked at. */
export interface PlainBytes {
  /** 1 for every byte that is not plain. */
  readonly isSpecial: Uint8Array;
  /** Four times the same byte, which is special, and so for the next two. */
  readonly first: number;
  readonly second: number;
  /** Bits in which a byte may differ from `second` and be special all the same: none are 0. */
  readonly secondMask: number;
}

/** source[start, end). */
export interface Span {
  readonly source: Buffer;
  readonly start: number;
  readonly end: number;
}

/** Few bytes that are written many times. */
export interface FixedBytes {
  readonly length: number;
  /** The bytes four by four, zeros behind the last. */
  readonly words: Int32Array;
}

export function fixedBytes(text: string): FixedBytes {
  const bytes = Buffer.from(text);
  const count = Math.ceil(bytes.length / wordBytes);
  const filled = Buffer.concat([bytes], count * wordBytes);
  const words = Int32Array.from({ length: count }, (_, index) =>
    filled.readInt32LE(index * wordBytes),
  );
  return { length: bytes.length, words };
}

/** Bytes being written: a buffer that grows, is handed out by `take`, and is used again. */
export class ByteOutput {
  bytes: Buffer = nothing;
  length = 0;
  readonly #leastCapacity: number;
  #words = viewOf(nothing);
  /** What was read last: one batch of rows, many thousand times. */
  #source: Buffer = nothing;
  #sourceWords = viewOf(nothing);

  /** @param leastCapacity bytes to begin with at least */
  constructor(leastCapacity = 1024) {
    this.#leastCapacity = leastCapacity;
  }

  /** Makes room for `count` more bytes; `bytes` may be another buffer afterwards. */
  reserve(count: number): void {
    if (this.length + count > this.bytes.length) this.#grow(this.length + count);
  }

  #grow(needed: number): void {
    const capacity = Math.max(needed, this.bytes.length * 2, this.#leastCapacity);
    const grown = Buffer.allocUnsafe(capacity);
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
    this.#words = viewOf(grown);
  }

  /** A few bytes. The caller has reserved the room. */
  append(few: Uint8Array): void {
    for (let index = 0; index < few.length; index += 1) {
      this.bytes[this.length + index] = few[index] ?? 0;
    }
    this.length += few.length;
  }

  /** Bytes that come for every cell: makes its own room. */
  appendFixed({ length, words }: FixedBytes): void {
    this.reserve(words.length * wordBytes);
    const to = this.length;
    for (let index = 0; index < words.length; index += 1) {
      this.#words.setInt32(to + index * wordBytes, words[index] ?? 0, true);
    }
    this.length = to + length;
  }

  /** source[start, end). The caller has reserved the room. */
  copy(source: Buffer, start: number, end: number): void {
    if (end - start > shortSpan) source.copy(this.bytes, this.length, start, end);
    else this.#copyShort(source, start, end);
    this.length += end - start;
  }

  #copyShort(source: Buffer, start: number, end: number): void {
    const { bytes } = this;
    const words = this.#words;
    const sourceWords = this.wordsOf(source);
    let from = start;
    let to = this.length;
    for (; from + wordBytes <= end; from += wordBytes) {
      words.setInt32(to, sourceWords.getInt32(from, true), true);
      to += wordBytes;
    }
    for (; from < end; from += 1) bytes[to++] = source[from] ?? 0;
  }

  /**
   * The span as far as it is plain. The caller has reserved the room for all of it.
   * Four bytes are asked at once: where n is subtracted from a byte below n, its highest bit comes up.
   * A no may be wrong: then each byte is looked at.
   * @returns where it stopped
   */
  copyPlain({ source, start, end }: Readonly<Span>, plain: PlainBytes): number {
    const words = this.#words;
    const sourceWords = this.wordsOf(source);
    const { first, second, secondMask } = plain;
    const shift = this.length - start;
    let from = start;
    for (; from + wordBytes <= end; from += wordBytes) {
      const word = sourceWords.getInt32(from, true);
      const controls = word - 0x20202020;
      const firsts = (word ^ first) - 0x01010101;
      const seconds = ((word & secondMask) ^ second) - 0x01010101;
      if (((word | controls | firsts | seconds) & 0x80808080) !== 0) break;
      words.setInt32(from + shift, word, true);
    }
    const { bytes } = this;
    const { isSpecial } = plain;
    for (; from < end; from += 1) {
      const byte = source[from] ?? 0;
      if (isSpecial[byte] === 1) break;
      bytes[from + shift] = byte;
    }
    this.length = from + shift;
    return from;
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
   * What was written so far: the caller's until something is written again. One buffer serves a whole
   * answer, since to make one for each piece of it took a third of the service's time, most of that in
   * the garbage collector.
   */
  take(): Buffer {
    const taken = this.bytes.subarray(0, this.length);
    this.length = 0;
    if (this.bytes.length > mostKept) {
      this.bytes = nothing;
      this.#words = viewOf(nothing);
    }
    return taken;
  }
}

function viewOf({ buffer, byteOffset, length }: Buffer): DataView {
  return new DataView(buffer, byteOffset, length);
}
