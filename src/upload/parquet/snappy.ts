import { DamagedPage } from './damaged-page.ts';

/**
 * Raw snappy (google/snappy, "format_description.txt"). hyparquet's own runs for ever on a literal
 * whose length has its highest bit set.
 * @param size bytes that come out
 */
export function snappyDecompress(source: Buffer, size: number): Buffer {
  const output = Buffer.allocUnsafeSlow(size);
  let at = lengthEnd(source);
  let end = 0;
  while (at < source.length) {
    const tag = source[at] ?? 0;
    at += 1;
    if ((tag & 3) === 0) {
      const { length, begin } = literal(source, tag >> 2, at);
      if (begin + length > source.length || end + length > size) throw new DamagedPage();
      source.copy(output, end, begin, begin + length);
      at = begin + length;
      end += length;
    } else {
      const { length, offset, next } = copyOf(source, tag, at);
      if (offset === 0 || offset > end || end + length > size) throw new DamagedPage();
      repeat(output, end, { length, offset });
      at = next;
      end += length;
    }
  }
  if (end !== size) throw new DamagedPage();
  return output;
}

/** Behind the length that it begins with, which the page's header told already. */
function lengthEnd(source: Buffer): number {
  const last = source.subarray(0, 5).findIndex((byte) => byte < 0x80);
  if (last === -1) throw new DamagedPage();
  return last + 1;
}

/** Lengths from 61 on stand in 1 to 4 bytes of their own. */
function literal(
  source: Buffer,
  short: number,
  at: number,
): { readonly length: number; readonly begin: number } {
  if (short < 60) return { length: short + 1, begin: at };
  const bytes = short - 59;
  if (at + bytes > source.length) throw new DamagedPage();
  return { length: source.readUIntLE(at, bytes) + 1, begin: at + bytes };
}

interface Copy {
  readonly length: number;
  /** How far back. */
  readonly offset: number;
  readonly next: number;
}

function copyOf(source: Buffer, tag: number, at: number): Copy {
  const bytes = { 1: 1, 2: 2, 3: 4 }[tag & 3] ?? 0;
  if (at + bytes > source.length) throw new DamagedPage();
  const next = at + bytes;
  const offset = source.readUIntLE(at, bytes);
  if (bytes > 1) return { length: (tag >> 2) + 1, offset, next };
  return { length: ((tag >> 2) & 7) + 4, offset: offset + ((tag >> 5) << 8), next };
}

/** What is copied may not be there yet when the copy begins: a pattern that repeats itself. */
export function repeat(
  output: Buffer,
  end: number,
  { length, offset }: Pick<Copy, 'length' | 'offset'>,
): void {
  if (offset >= length) output.copyWithin(end, end - offset, end - offset + length);
  else for (let at = end; at < end + length; at += 1) output[at] = output[at - offset] ?? 0;
}
