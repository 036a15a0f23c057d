import { DamagedPage } from './damaged-page.ts';
import type { Span } from './run-lengths.ts';

const mostMiniblocks = 1024;
const mostBlockValues = 2 ** 20;
/** Of one page. Writers end pages at some ten thousand; a thousand bytes could claim billions. */
const mostValues = 2 ** 21;

/**
 * Integers as differences in packed blocks (Parquet format, "Delta encoding"), one by one. All
 * arithmetic wraps at 64 bits, as the writer's did.
 */
export class DeltaIntegers {
  /** Of them there are. */
  readonly count: number;
  readonly #source: Buffer;
  readonly #span: Span;
  #at: number;
  readonly #miniblocks: number;
  readonly #miniblockValues: number;
  #value: bigint;
  #given = 0;
  #least = 0n;
  #widths: Buffer = Buffer.alloc(0);
  #miniblock = 0;
  /** Of the current miniblock. */
  #left = 0;
  #bit = 0;

  constructor(source: Buffer, span: Span) {
    this.#source = source;
    this.#span = span;
    this.#at = span.start;
    const blockValues = Number(this.#varint());
    this.#miniblocks = Number(this.#varint());
    this.count = Number(this.#varint());
    this.#value = this.#zigzag();
    this.#miniblockValues = blockValues / this.#miniblocks;
    const isSound =
      blockValues <= mostBlockValues &&
      this.count <= mostValues &&
      this.#miniblocks >= 1 &&
      this.#miniblocks <= mostMiniblocks &&
      this.#miniblockValues > 0 &&
      this.#miniblockValues % 8 === 0;
    if (!isSound) throw new DamagedPage();
    this.#miniblock = this.#miniblocks;
  }

  next(): bigint {
    if (this.#given >= this.count) throw new DamagedPage();
    this.#given += 1;
    if (this.#given === 1) return this.#value;
    if (this.#left === 0) this.#beginMiniblock();
    this.#left -= 1;
    const width = this.#widths[this.#miniblock] ?? 0;
    this.#value = BigInt.asIntN(64, this.#value + this.#least + this.#bits(width));
    return this.#value;
  }

  /** Reads to the last; returns where the integers end in the source. */
  end(): number {
    while (this.#given < this.count) this.next();
    return this.#at;
  }

  /** Miniblocks are padded to their full length; those without values are not there. */
  #beginMiniblock(): void {
    this.#miniblock += 1;
    if (this.#miniblock >= this.#miniblocks) this.#beginBlock();
    const width = this.#widths[this.#miniblock] ?? 0;
    this.#left = this.#miniblockValues;
    this.#bit = this.#at * 8;
    this.#at += (this.#miniblockValues * width) / 8;
    if (width > 64 || this.#at > this.#span.end) throw new DamagedPage();
  }

  #beginBlock(): void {
    this.#least = this.#zigzag();
    const end = this.#at + this.#miniblocks;
    if (end > this.#span.end) throw new DamagedPage();
    this.#widths = this.#source.subarray(this.#at, end);
    this.#at = end;
    this.#miniblock = 0;
  }

  /** The next `width` bits, the lowest first. */
  #bits(width: number): bigint {
    let low = 0;
    let high = 0;
    for (let got = 0; got < width;) {
      const offset = this.#bit & 7;
      const count = Math.min(8 - offset, width - got, got < 32 ? 32 - got : 64);
      const bits = ((this.#source[this.#bit >> 3] ?? 0) >> offset) & ((1 << count) - 1);
      if (got < 32) low += bits * 2 ** got;
      else high += bits * 2 ** (got - 32);
      this.#bit += count;
      got += count;
    }
    return high === 0 ? BigInt(low) : (BigInt(high) << 32n) | BigInt(low);
  }

  #varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (this.#at >= this.#span.end) throw new DamagedPage();
      const byte = this.#source[this.#at] ?? 0;
      this.#at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new DamagedPage();
  }

  #zigzag(): bigint {
    const value = this.#varint();
    return BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n));
  }
}
