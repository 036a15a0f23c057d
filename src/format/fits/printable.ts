import type { ByteOutput } from '../byte-output.ts';
import type { Cell } from '../cell-writer.ts';

const blank = 0x20;
const tilde = 0x7e;
const question = 0x3f;

/** The second byte of a UTF-8 character and those behind it: 10xxxxxx. */
const isContinuation = (byte: number): boolean => (byte & 0xc0) === 0x80;

/**
 * Text as FITS may hold it, which is printable ASCII (FITS 4.0, "Character strings"): a line break
 * or a tab becomes a blank, any other character `?`.
 */
export function writePrintable({ source, start, end }: Readonly<Cell>, output: ByteOutput): void {
  output.reserve(end - start);
  const { bytes } = output;
  let at = output.length;
  for (let index = start; index < end; index += 1) {
    const byte = source[index] ?? 0;
    if (isContinuation(byte)) continue;
    const isWhiteSpace = byte >= 0x09 && byte <= 0x0d;
    const isPrintable = byte >= blank && byte <= tilde;
    bytes[at++] = isPrintable ? byte : isWhiteSpace ? blank : question;
  }
  output.length = at;
}
