import type { ByteSource } from '../byte-source.ts';
import { shortened } from '../../service-error.ts';
import { badUpload, uploadTooLarge } from '../upload-failure.ts';

/** FITS 4.0, "Headers": cards of 80 characters in blocks of 2880 bytes. */
const cardBytes = 80;
export const blockBytes = 2880;

/** 1000 columns with 40 cards each. */
const mostBlocks = 1200;

/** The cards of a header, the last of each keyword. */
export class FitsHeader {
  readonly #values: ReadonlyMap<string, string>;

  constructor(values: ReadonlyMap<string, string>) {
    this.#values = values;
  }

  /** A string without its quotes and trailing blanks; null when absent or empty. */
  text(keyword: string): string | null {
    const text = /^'((?:[^']|'')*)'/.exec(this.#values.get(keyword) ?? '')?.[1];
    const trimmed = text?.replaceAll("''", "'").trimEnd() ?? '';
    return trimmed === '' ? null : trimmed;
  }

  /** A number as it is written: 64 bits do not fit into a Number. */
  numberText(keyword: string): string | null {
    const text = /^[^/]*/.exec(this.#values.get(keyword) ?? '')?.[0].trim() ?? '';
    return text === '' ? null : text;
  }

  /** @throws ServiceError when it is no number */
  number(keyword: string, absent: number): number {
    const text = this.numberText(keyword);
    if (text === null) return absent;
    const value = Number(text.replace(/[dD]/, 'e'));
    if (Number.isFinite(value)) return value;
    throw badUpload(`its header says ${keyword} = ${shortened(text)}, which is no number.`);
  }

  /** @throws ServiceError when it is no whole number from 0 */
  count(keyword: string, absent?: number): number {
    const text = this.numberText(keyword);
    if (text === null && absent !== undefined) return absent;
    if (text !== null && /^\+?\d{1,15}$/.test(text)) return Number(text);
    throw badUpload(
      `its header says ${keyword} = ${shortened(text ?? 'nothing')}, where a whole number belongs.`,
    );
  }

  isTrue(keyword: string): boolean {
    return this.numberText(keyword) === 'T';
  }
}

/**
 * The next header; null where the file ends, or nothing of FITS follows ("special records").
 * @throws ServiceError when it ends in its middle
 */
export async function readHeader(source: ByteSource): Promise<FitsHeader | null> {
  const values = new Map<string, string>();
  let last = '';
  for (let block = 0; block < mostBlocks; block += 1) {
    const bytes = await source.take(blockBytes);
    const text = bytes.toString('latin1');
    if (block === 0 && !/^(SIMPLE {2}|XTENSION)=/.test(text)) return null;
    for (let at = 0; at < text.length; at += cardBytes) {
      const card = text.slice(at, at + cardBytes);
      if (card.trimEnd() === 'END') return new FitsHeader(values);
      last = readCard(card, values, last);
    }
    if (bytes.length < blockBytes) throw badUpload('it ends in the middle of a header.');
  }
  throw uploadTooLarge(
    `one of its headers has more than ${String(mostBlocks * blockBytes)} bytes.`,
  );
}

/** Returns the keyword that a CONTINUE behind it continues (FITS 4.0, "Continued string keywords"). */
function readCard(card: string, values: Map<string, string>, last: string): string {
  const keyword = card.slice(0, 8).trimEnd();
  const begun = values.get(last) ?? '';
  if (keyword === 'CONTINUE' && /&'\s*(\/.*)?$/.test(begun)) {
    const more = card.slice(8).trim();
    values.set(last, begun.replace(/&'\s*(\/.*)?$/, '') + more.replace(/^'/, ''));
    return last;
  }
  if (card.slice(8, 10) !== '= ') return '';
  values.set(keyword, card.slice(10).trim());
  return keyword;
}
