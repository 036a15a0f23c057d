import type { ByteOutput, PlainBytes } from '../byte-output.ts';
import type { Cell } from '../cell-writer.ts';

/** Bytes looked at in one go, so that a cell of 100 MB does not reserve five times its size. */
const pieceBytes = 16_384;

const references: ReadonlyMap<number, Uint8Array> = new Map([
  [0x26, Buffer.from('&amp;')],
  [0x3c, Buffer.from('&lt;')],
  [0x3e, Buffer.from('&gt;')],
  // A raw CR would reach the reader as a newline.
  [0x0d, Buffer.from('&#13;')],
]);

const longestReference = 5;

/** The lead byte of U+FFFE and U+FFFF, and of much that is legal. */
const leadOfForbidden = 0xef;

/** `<` and `>` differ in one bit. */
const plain: PlainBytes = {
  isSpecial: specialBytes(),
  first: 0x26262626,
  second: 0x3c3c3c3c,
  secondMask: ~0x02020202,
};

function specialBytes(): Uint8Array {
  const table = new Uint8Array(256);
  table.fill(1, 0, 0x20);
  table[0x09] = 0;
  table[0x0a] = 0;
  for (const byte of references.keys()) table[byte] = 1;
  table[leadOfForbidden] = 1;
  return table;
}

/**
 * UTF-8 text as XML character data. Characters that XML 1.0 forbids are dropped: PostgreSQL holds
 * U+0001-1F, U+FFFE and U+FFFF (never lone surrogates), and one of them makes a document unreadable.
 */
export function writeXmlText(cell: Readonly<Cell>, output: ByteOutput): void {
  const { source, start, end } = cell;
  if (end - start <= pieceBytes) {
    writePiece(cell, output);
    return;
  }
  for (let from = start; from < end;) {
    from = writePiece({ source, start: from, end: Math.min(end, from + pieceBytes) }, output);
  }
}

/** Returns where it stopped: at the end, or behind a character that crosses it. */
function writePiece(piece: Readonly<Cell>, output: ByteOutput): number {
  const { source, end } = piece;
  output.reserve((end - piece.start) * longestReference);
  let from = output.copyPlain(piece, plain);
  while (from < end) {
    from += writeSpecial(source, from, output);
    if (from < end) from = output.copyPlain({ source, start: from, end }, plain);
  }
  return from;
}

/** Returns how many bytes of the source it used. */
function writeSpecial(source: Buffer, at: number, output: ByteOutput): number {
  const byte = source[at] ?? 0;
  if (byte === leadOfForbidden) {
    if (isForbidden(source, at)) return 3;
    output.bytes[output.length] = byte;
    output.length += 1;
    return 1;
  }
  const reference = references.get(byte);
  if (reference !== undefined) output.append(reference);
  return 1;
}

/** U+FFFE is EF BF BE, U+FFFF is EF BF BF. */
function isForbidden(source: Buffer, at: number): boolean {
  return source[at + 1] === 0xbf && (source[at + 2] ?? 0) >= 0xbe;
}
