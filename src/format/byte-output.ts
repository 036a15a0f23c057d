/** Bytes up to which a loop beats the call of Buffer.copy (measured: 128 and 200 alike, 64 slower). */
const shortSpan = 128;

/** Bytes that a short span is copied by. */
const wordBytes = 4;

/** Four words in one turn of a loop: 240 bytes took 114 ns without, 49 ns with it. */
const blockBytes = 16;

/** Set in every byte of a character that is not ASCII. */
const notAscii = 0x80808080;

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

/** Bytes that are written many times: four by four, zeros behind the last. */
export interface FixedBytes {
  readonly length: number;
  /** Bytes that have to be reserved for them, zeros and all. */
  readonly room: number;
  /** Most are no longer than these. */
  readonly first: number;
  readonly second: number;
  readonly third: number;
  readonly rest: Int32Array;
}

const leastRoom = 3 * wordBytes;

export function fixedBytes(bytes: Uint8Array): FixedBytes {
  const count = Math.ceil(bytes.length / wordBytes);
  const room = Math.max(leastRoom, count * wordBytes);
  const filled = Buffer.concat([bytes], room);
  const words = Int32Array.from({ length: room / wordBytes }, (_, index) =>
    filled.readInt32LE(index * wordBytes),
  );
  const [first = 0, second = 0, third = 0, ...rest] = words;
  return { length: bytes.length, room, first, second, third, rest: Int32Array.from(rest) };
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

  /** Bytes that come for every cell. The caller has reserved their room. */
  appendFixed({ length, first, second, third, rest }: FixedBytes): void {
    const words = this.#words;
    const to = this.length;
    words.setInt32(to, first, true);
    words.setInt32(to + 4, second, true);
    words.setInt32(to + 8, third, true);
    for (let index = 0; index < rest.length; index += 1) {
      words.setInt32(to + leastRoom + index * wordBytes, rest[index] ?? 0, true);
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

  /** The four bytes at source[at]. The caller has reserved the room. */
  copyWord(source: Buffer, at: number): void {
    this.#words.setInt32(this.length, this.wordsOf(source).getInt32(at, true), true);
    this.length += wordBytes;
  }

  /**
   * Copies source[start, end), of any length. The caller has reserved the room.
   * @returns whether all of it is ASCII
   */
  copyAscii(source: Buffer, start: number, end: number): boolean {
    const { bytes } = this;
    const words = this.#words;
    const sourceWords = this.wordsOf(source);
    let from = start;
    let to = this.length;
    let seen = 0;
    for (; from + blockBytes <= end; from += blockBytes) {
      const first = sourceWords.getInt32(from, true);
      const second = sourceWords.getInt32(from + 4, true);
      const third = sourceWords.getInt32(from + 8, true);
      const fourth = sourceWords.getInt32(from + 12, true);
      seen |= first | second | third | fourth;
      words.setInt32(to, first, true);
      words.setInt32(to + 4, second, true);
      words.setInt32(to + 8, third, true);
      words.setInt32(to + 12, fourth, true);
      to += blockBytes;
    }
    for (; from + wordBytes <= end; from += wordBytes) {
      const word = sourceWords.getInt32(from, true);
      seen |= word;
      words.setInt32(to, word, true);
      to += wordBytes;
    }
    for (; from < end; from += 1) {
      const byte = source[from] ?? 0;
      seen |= byte;
      bytes[to++] = byte;
    }
    this.length = to;
    return (seen & notAscii) === 0;
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
