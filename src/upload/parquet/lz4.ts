import { DamagedPage } from './damaged-page.ts';
import { repeat } from './snappy.ts';

/**
 * One block of LZ4 (lz4, "lz4_Block_format.md"), which Parquet calls LZ4_RAW.
 * @param size bytes that come out
 */
export function lz4Decompress(source: Buffer, size: number): Buffer {
  const output = Buffer.allocUnsafeSlow(size);
  let at = 0;
  let end = 0;
  while (at < source.length) {
    const token = source[at] ?? 0;
    const literals = lengthAt(source, at + 1, token >> 4);
    at = literals.next + literals.length;
    if (at > source.length || end + literals.length > size) throw new DamagedPage();
    source.copy(output, end, literals.next, at);
    end += literals.length;
    // The last sequence ends with its literals.
    if (at === source.length) break;
    const { length, offset, next } = matchAt(source, at, token);
    if (offset === 0 || offset > end || end + length > size) throw new DamagedPage();
    repeat(output, end, { length, offset });
    at = next;
    end += length;
  }
  if (end !== size) throw new DamagedPage();
  return output;
}

interface Match {
  readonly length: number;
  /** How far back. */
  readonly offset: number;
  readonly next: number;
}

function matchAt(source: Buffer, at: number, token: number): Match {
  if (at + 2 > source.length) throw new DamagedPage();
  const { length, next } = lengthAt(source, at + 2, token & 15);
  return { length: length + 4, offset: source.readUInt16LE(at), next };
}

/** 15 goes on in the next byte, and that, when it is 255, in the next. */
function lengthAt(
  source: Buffer,
  at: number,
  short: number,
): { readonly length: number; readonly next: number } {
  let length = short;
  let next = at;
  for (let byte = short === 15 ? 255 : 0; byte === 255; next += 1) {
    byte = source[next] ?? 0;
    length += byte;
  }
  return { length, next };
}
