/** FITS 4.0, "Headers": cards of 80 characters, everything in blocks of 2880 bytes. */
const cardLength = 80;
const blockBytes = 2880;

/** The longest text that fits into one card between quotes. */
const longestText = 68;

/** A card with an integer that Number cannot hold, such as the TNULL of 64 bits. */
export function integerCard(keyword: string, digits: string): string {
  return `${keyword.padEnd(8)}= ${digits.padStart(20)}`.padEnd(cardLength);
}

export function card(keyword: string, value: string | number | boolean): string {
  return `${keyword.padEnd(8)}= ${cardText(value)}`.padEnd(cardLength);
}

/** As many HISTORY cards as a text needs. */
export function history(text: string): readonly string[] {
  const room = cardLength - 'HISTORY '.length;
  const pieces = printable(text).match(new RegExp(`.{1,${String(room)}}`, 'g')) ?? [];
  return pieces.map((piece) => `HISTORY ${piece}`.padEnd(cardLength));
}

/** A whole header, filled up to its last block. */
export function headerBlock(cards: readonly string[]): Buffer {
  const text = [...cards, 'END'.padEnd(cardLength)].join('');
  return Buffer.from(text.padEnd(Math.ceil(text.length / blockBytes) * blockBytes), 'latin1');
}

/** Zeros that fill the last block of `bytes` bytes of data. */
export function dataPadding(bytes: number): Buffer {
  return Buffer.alloc((blockBytes - (bytes % blockBytes)) % blockBytes);
}

function cardText(value: string | number | boolean): string {
  if (typeof value === 'string') return quoted(value);
  return (typeof value === 'boolean' ? (value ? 'T' : 'F') : String(value)).padStart(20);
}

/** Cut where one card ends: descriptions alone are that long. */
function quoted(text: string): string {
  let inside = '';
  for (const character of printable(text)) {
    const next = character === "'" ? "''" : character;
    if (inside.length + next.length > longestText) break;
    inside += next;
  }
  return `'${inside.padEnd(8)}'`;
}

/** Headers are printable ASCII. */
function printable(text: string): string {
  return text.replaceAll(/\s/g, ' ').replaceAll(/[^\x20-\x7e]/gu, '?');
}
