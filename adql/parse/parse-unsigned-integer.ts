import type { TokenReader } from './token-reader.ts';

/**
 * Plain digits, as after TOP and OFFSET. More than 2^53 - 1 is read as that: no table has so many
 * rows. `what` tells in an error what the number would have been.
 */
export function parseUnsignedInteger(reader: TokenReader, what: string): number {
  const { kind, text } = reader.token;
  if (kind !== 'number' || !/^[0-9]+$/.test(text)) {
    reader.expected(what);
    throw reader.unexpected();
  }
  reader.advance();
  return Math.min(Number(text), Number.MAX_SAFE_INTEGER);
}
