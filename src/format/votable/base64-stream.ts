import { ByteOutput } from '../byte-output.ts';

/** Bytes of a group that base64 writes as four characters. */
const groupBytes = 3;

/**
 * Bytes that become text in one go, whole groups. The text is a string in between, and one of more than
 * 128 kB would lie where V8 keeps large objects: 98 kB took 70 us in one go and take 16 us in slices.
 */
const sliceBytes = 12 * 1024;

const charactersOfGroup = 4;

/** One base64 text in pieces: what does not fill a group of three bytes waits for the next piece. */
export class Base64Stream {
  /** Written by the caller, encoded by `take`. */
  readonly output = new ByteOutput();
  readonly #text = new ByteOutput();

  /** The text of all whole groups, behind `before`; the caller's until the next is taken. */
  take(before: Buffer): Buffer {
    const { output } = this;
    const whole = output.length - (output.length % groupBytes);
    const text = this.#text;
    text.reserve(before.length + (whole / groupBytes) * charactersOfGroup);
    text.copy(before, 0, before.length);
    for (let from = 0; from < whole; from += sliceBytes) {
      const slice = output.bytes.toString('base64', from, Math.min(from + sliceBytes, whole));
      text.length += text.bytes.write(slice, text.length, 'latin1');
    }
    output.bytes.copyWithin(0, whole, output.length);
    output.length -= whole;
    return text.take();
  }

  /** The rest, padded. */
  takeLast(): Buffer {
    return Buffer.from(this.output.take().toString('base64'), 'latin1');
  }
}
