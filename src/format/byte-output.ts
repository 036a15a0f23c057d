/** Bytes up to which a loop beats the call of Buffer.copy (measured: 32 to 64 alike, none slower). */
const shortSpan = 32;

/** Bytes being written: a buffer that grows, handed over whole by `take`. */
export class ByteOutput {
  bytes: Buffer;
  length = 0;
  readonly #leastCapacity: number;

  /** @param leastCapacity bytes to begin with, and after every `take`. */
  constructor(leastCapacity = 1024) {
    this.#leastCapacity = leastCapacity;
    this.bytes = Buffer.allocUnsafeSlow(leastCapacity);
  }

  /** Makes room for `count` more bytes; `bytes` may be another buffer afterwards. */
  reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
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
    else {
      const { bytes } = this;
      let to = this.length;
      for (let index = start; index < end; index += 1) bytes[to++] = source[index] ?? 0;
    }
    this.length += end - start;
  }

  /**
   * What was written so far, now the caller's; the next piece begins in a buffer of the size that
   * this one needed, since batches are alike.
   */
  take(): Buffer {
    const taken = this.bytes.subarray(0, this.length);
    this.bytes = Buffer.allocUnsafeSlow(
      Math.max(this.#leastCapacity, Math.ceil(this.length * 1.1)),
    );
    this.length = 0;
    return taken;
  }
}
