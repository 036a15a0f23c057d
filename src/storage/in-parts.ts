/** The same bytes in pieces of exactly `size`, the last one shorter (never empty). */
export async function* inParts(
  chunks: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Buffer, void> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    waiting.push(chunk);
    bytes += chunk.length;
    if (bytes < size) continue;
    const all = Buffer.concat(waiting);
    const whole = bytes - (bytes % size);
    for (let start = 0; start < whole; start += size) yield all.subarray(start, start + size);
    // A copy: the rest must not keep all of it in memory.
    waiting = [Buffer.from(all.subarray(whole))];
    bytes -= whole;
  }
  if (bytes > 0) yield Buffer.concat(waiting);
}
