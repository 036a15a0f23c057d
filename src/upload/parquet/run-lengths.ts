import { DamagedPage } from './damaged-page.ts';

/** Levels and dictionary indexes have no more: 16 million of them is beyond any page. */
const mostBits = 24;

/**
 * Small numbers in runs and packed bits (Parquet format, "RLE / bit-packing hybrid"), one by one: a
 * run of a billion takes no memory.
 */
export class RunLengths {
  readonly #source: Buffer;
  readonly #width: number;
  #at: number;
  readonly #end: number;
  #left = 0;
  #isPacked = false;
  #value = 0;
  #bit = 0;

  /** source[start, end), numbers of `width` bits */
  constructor(source: Buffer, { start, end }: Span, width: number) {
    if (width > mostBits || end > source.length || start > end) throw new DamagedPage();
    this.#source = source;
    this.#at = start;
    this.#end = end;
    this.#width = width;
  }

  next(): number {
    if (this.#width === 0) return 0;
    while (this.#left === 0) this.#begin();
    this.#left -= 1;
    return this.#isPacked ? this.#unpack() : this.#value;
  }

  #begin(): void {
    const header = this.#varint();
    const count = Math.floor(header / 2);
    this.#isPacked = header % 2 === 1;
    if (this.#isPacked) {
      this.#left = count * 8;
      this.#bit = this.#at * 8;
      this.#at += count * this.#width;
    } else {
      this.#left = count;
      const bytes = Math.ceil(this.#width / 8);
      if (this.#at + bytes > this.#end) throw new DamagedPage();
      this.#value = this.#source.readUIntLE(this.#at, bytes);
      this.#at += bytes;
    }
  }

  #unpack(): number {
    const source = this.#source;
    const width = this.#width;
    let at = this.#bit >> 3;
    let bits = 8 - (this.#bit & 7);
    let value = (source[at] ?? 0) >> (this.#bit & 7);
    while (bits < width) {
      at += 1;
      value |= (source[at] ?? 0) << bits;
      bits += 8;
    }
    if (at >= this.#end) throw new DamagedPage();
    this.#bit += width;
    return value & ((1 << width) - 1);
  }

  #varint(): number {
    let value = 0;
    for (let shift = 0; shift < 32; shift += 7) {
      if (this.#at >= this.#end) throw new DamagedPage();
      const byte = this.#source[this.#at] ?? 0;
      this.#at += 1;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new DamagedPage();
  }
}

/** From `start` up to `end`, which is not in it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Bits that numbers up to `most` need. */
export function bitsFor(most: number): number {
  return 32 - Math.clz32(most);
}
