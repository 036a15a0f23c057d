import { ByteOutput } from '../byte-output.ts';

/** Bytes of a group that base64 writes as four characters. */
const groupBytes = 3;

/** One base64 text in pieces: what does not fill a group of three bytes waits for the next piece. */
export class Base64Stream {
  /** Written by the caller, encoded by `take`. */
  readonly output = new ByteOutput();
  readonly #text = new ByteOutput();

  /** The text of all whole groups, behind `before`; the caller's until the next is taken. */
  take(before: Buffer): Buffer {
    const { output } = this;
    const whole = output.length - (output.length % groupBytes);
    this.#write(before, output.bytes.toString('base64', 0, whole));
    output.bytes.copyWithin(0, whole, output.length);
    output.length -= whole;
    return this.#text.take();
  }

  /** The rest, padded. */
  takeLast(): Buffer {
    return Buffer.from(this.output.take().toString('base64'), 'latin1');
  }

  /** A string in between is no loss: Node's base64 and latin1 run at several GB/s. */
  #write(before: Buffer, text: string): void {
    const written = this.#text;
    written.reserve(before.length + text.length);
    written.copy(before, 0, before.length);
    written.length += written.bytes.write(text, written.length, 'latin1');
  }
}
