import type { ByteOutput, PlainBytes } from '../byte-output.ts';
import type { Cell } from '../cell-writer.ts';

export const quote = 0x22;
const backslash = 0x5c;

/** `\u001f`, the longest way to write one byte. */
const longestEscape = 6;

/** How each byte stands in a string; undefined for those that stand for themselves. */
const escapes: readonly (Buffer | undefined)[] = Array.from({ length: 256 }, (_, byte) => {
  const isPlain = byte >= 0x20 && byte !== quote && byte !== backslash;
  if (isPlain) return undefined;
  return Buffer.from(JSON.stringify(String.fromCharCode(byte)).slice(1, -1));
});

const plain: PlainBytes = {
  isSpecial: Uint8Array.from(escapes, (escape) => (escape === undefined ? 0 : 1)),
  first: 0x22222222,
  second: 0x5c5c5c5c,
  secondMask: -1,
};

/** UTF-8 text as a JSON string (RFC 8259, section 7). */
export function writeJsonString({ source, start, end }: Readonly<Cell>, output: ByteOutput): void {
  output.reserve(end - start + 2);
  output.bytes[output.length++] = quote;
  let from = output.copyPlain({ source, start, end }, plain);
  while (from < end) {
    const escape = escapes[source[from] ?? 0];
    output.reserve(end - from + longestEscape);
    if (escape !== undefined) output.append(escape);
    from = output.copyPlain({ source, start: from + 1, end }, plain);
  }
  output.reserve(1);
  output.bytes[output.length++] = quote;
}
