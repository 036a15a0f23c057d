import type { ByteOutput } from '../byte-output.ts';
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

const isSpecial = Uint8Array.from(escapes, (escape) => (escape === undefined ? 0 : 1));

/** UTF-8 text as a JSON string (RFC 8259, section 7). */
export function writeJsonString({ source, start, end }: Readonly<Cell>, output: ByteOutput): void {
  output.reserve(end - start + 2);
  output.bytes[output.length++] = quote;
  let from = start;
  for (let at = start; at < end; at += 1) {
    const escape = isSpecial[source[at] ?? 0] === 0 ? undefined : escapes[source[at] ?? 0];
    if (escape === undefined) continue;
    output.copy(source, from, at);
    output.reserve(end - at + longestEscape);
    output.append(escape);
    from = at + 1;
  }
  output.reserve(end - from + 1);
  output.copy(source, from, end);
  output.bytes[output.length++] = quote;
}
