import { ByteOutput } from '../byte-output.ts';

/** A bit for each value, the first in the lowest place (Arrow columnar format, "Validity bitmaps"). */
export class Bitmap {
  readonly #bytes = new ByteOutput();
  #length = 0;
  #zeros = 0;

  append(bit: boolean): void {
    const place = this.#length & 7;
    if (place === 0) {
      this.#bytes.reserve(1);
      this.#bytes.bytes[this.#bytes.length++] = 0;
    }
    const last = this.#bytes.length - 1;
    if (bit) this.#bytes.bytes[last] = (this.#bytes.bytes[last] ?? 0) | (1 << place);
    else this.#zeros += 1;
    this.#length += 1;
  }

  /** The bits since the last call, and how many of them are 0. Valid until the next `append`. */
  take(): { readonly bits: Uint8Array; readonly length: number; readonly zeros: number } {
    const taken = { bits: this.#bytes.take(), length: this.#length, zeros: this.#zeros };
    this.#length = 0;
    this.#zeros = 0;
    return taken;
  }
}
