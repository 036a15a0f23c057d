import type { ByteRange } from '../storage/result-store.ts';

/**
 * The part of `size` bytes that a Range header asks for (RFC 9110, section 14.2). Null: all of them,
 * as also for several ranges at once, which need not be granted. 'unsatisfiable': none of them is there.
 */
export function readByteRange(
  header: string | undefined,
  size: number,
): ByteRange | 'unsatisfiable' | null {
  const [text, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header?.replaceAll(' ', '') ?? '') ?? [];
  if (text === undefined || text === 'bytes=-') return null;
  if (from === '') return within({ first: Math.max(size - Number(to), 0), last: size - 1 });
  if (to === '') return within({ first: Number(from), last: size - 1 });
  if (Number(to) < Number(from)) return null;
  return within({ first: Number(from), last: Math.min(Number(to), size - 1) });
}

function within(range: ByteRange): ByteRange | 'unsatisfiable' {
  return range.first > range.last ? 'unsatisfiable' : range;
}
