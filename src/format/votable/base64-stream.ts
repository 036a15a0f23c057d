import { ByteOutput } from '../byte-output.ts';

/** Bytes of a group that base64 writes as four characters. */
const groupBytes = 3;

/** One base64 text in pieces: what does not fill a group of three bytes waits for the next piece. */
export class Base64Stream {
  /** Written by the caller, encoded by `take`. */
  readonly output = new ByteOutput();

  /** The text of all whole groups. */
  take(): Buffer {
    const { output } = this;
    const whole = output.length - (output.length % groupBytes);
    // A string in between is no loss: Node's base64 and latin1 run at several GB/s.
    const text = Buffer.from(output.bytes.toString('base64', 0, whole), 'latin1');
    output.bytes.copyWithin(0, whole, output.length);
    output.length -= whole;
    return text;
  }

  /** The rest, padded. */
  takeLast(): Buffer {
    return Buffer.from(this.output.take().toString('base64'), 'latin1');
  }
}
