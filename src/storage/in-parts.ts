/**
 * The same bytes in pieces of exactly `size`, the last one shorter (never empty). They are copied: a
 * chunk lasts until the next one is asked for, a piece as long as it is needed.
 */
export async function* inParts(
  chunks: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Buffer, void> {
  let part = Buffer.allocUnsafe(size);
  let filled = 0;
  for await (const chunk of chunks) {
    for (let taken = 0; taken < chunk.length;) {
      const piece = chunk.subarray(taken, taken + size - filled);
      part.set(piece, filled);
      taken += piece.length;
      filled += piece.length;
      if (filled < size) continue;
      yield part;
      part = Buffer.allocUnsafe(size);
      filled = 0;
    }
  }
  if (filled > 0) yield part.subarray(0, filled);
}
