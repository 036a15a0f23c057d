import { SaxesParser } from 'saxes';
import { shortened } from '../../service-error.ts';
import { badUpload, uploadTooLarge } from '../upload-failure.ts';

export type XmlAttributes = Readonly<Partial<Record<string, string>>>;

/** Hears of a document in its order. Names come without prefix: all elements are VOTable's. */
export interface XmlListener {
  readonly open: (element: string, attributes: XmlAttributes) => void;
  readonly close: (element: string) => void;
  /** Character data with references resolved; in several pieces where comments stand between. */
  readonly text: (text: string) => void;
  /**
   * What describes the table has passed, up to and with the tag of TABLEDATA or STREAM: only what
   * follows is long.
   */
  readonly isPastHead: boolean;
}

const deepest = 64;
/** Of one tag: VOTable has 15 for it at most. Without a limit, 800,000 of them took 200 MB. */
const mostAttributes = 100;
/** Characters before the data. */
const longestHead = 20_000_000;

/** saxes, made safe for what strangers send: no DOCTYPE, bounded depth, bounded memory. */
export class XmlReader {
  readonly #listener: XmlListener;
  readonly #longestText: number;
  readonly #parser = new SaxesParser({ xmlns: false });
  #depth = 0;
  /** Of the tag that is being read. */
  #attributes = 0;
  #headLength = 0;
  /** Characters since the parser last let go of some: what it holds in memory. */
  #held = 0;
  /** The content of STREAM passes by the parser, which would collect all of it. */
  #isStream = false;
  #knowsPosition = true;

  /** @param longestText characters of one text, tag or comment */
  constructor(listener: XmlListener, longestText: number) {
    this.#listener = listener;
    this.#longestText = longestText;
    this.#listen();
  }

  #listen(): void {
    const parser = this.#parser;
    parser.on('opentagstart', () => {
      this.#attributes = 0;
    });
    parser.on('attribute', this.#countAttribute);
    parser.on('opentag', (tag) => {
      this.#open(localName(tag.name), tag.attributes);
    });
    parser.on('closetag', (tag) => {
      this.#held = 0;
      this.#depth -= 1;
      this.#listener.close(localName(tag.name));
    });
    parser.on('text', this.#text);
    parser.on('cdata', this.#text);
    parser.on('comment', () => {
      this.#held = 0;
    });
    parser.on('doctype', refuseDoctype);
    parser.on('error', (error) => {
      throw this.#malformed(error);
    });
  }

  readonly #text = (text: string): void => {
    this.#held = 0;
    this.#listener.text(text);
  };

  readonly #countAttribute = (): void => {
    this.#attributes += 1;
    if (this.#attributes > mostAttributes) {
      throw badUpload(`a tag of it has more than ${String(mostAttributes)} attributes.`);
    }
  };

  #open(element: string, attributes: XmlAttributes): void {
    this.#held = 0;
    this.#depth += 1;
    if (this.#depth > deepest) {
      throw badUpload(`its elements are nested more than ${String(deepest)} deep.`);
    }
    this.#isStream = element === 'STREAM';
    this.#listener.open(element, attributes);
  }

  write(text: string): void {
    if (!this.#listener.isPastHead) this.#checkHead(text);
    for (let rest = text; rest !== '';) {
      const end = this.#pieceEnd(rest);
      const piece = rest.slice(0, end);
      rest = rest.slice(end);
      if (this.#isStream && !piece.startsWith('<')) {
        this.#knowsPosition = false;
        this.#listener.text(piece);
      } else this.#parse(piece);
    }
  }

  #parse(piece: string): void {
    this.#held += piece.length;
    // Whatever stands in a STREAM besides its text, it ends the short cut.
    this.#isStream = false;
    this.#parser.write(piece);
    if (this.#held > this.#longestText) {
      throw uploadTooLarge(
        `a single text or tag in it has more than ${String(this.#longestText)} characters, ` +
          'the most that this service takes.',
      );
    }
  }

  #checkHead(text: string): void {
    this.#headLength += text.length;
    if (this.#headLength > longestHead) {
      throw uploadTooLarge(
        `no data came in its first ${String(longestHead)} characters; is it a VOTable with one table?`,
      );
    }
  }

  /** Tag by tag up to the data, so that the parser has not run into the STREAM when it is announced. */
  #pieceEnd(rest: string): number {
    if (this.#isStream) {
      const tag = rest.indexOf('<');
      if (tag !== 0) return tag === -1 ? rest.length : tag;
    }
    if (this.#listener.isPastHead) return rest.length;
    return rest.indexOf('>') + 1 || rest.length;
  }

  end(): void {
    this.#parser.close();
  }

  #malformed(error: Error): unknown {
    const [, line = '', column = '', message = ''] =
      /^(\d+):(\d+): ([^]*)$/.exec(error.message) ?? [];
    const place = this.#knowsPosition && line !== '' ? ` (line ${line}, column ${column})` : '';
    const reason = shortened((message === '' ? error.message : message).replace(/\.$/, ''));
    return badUpload(
      `it is not well-formed XML${place}: ${reason}. Is it complete, and a VOTable?`,
      { cause: error },
    );
  }
}

/** Entities declared in a DTD can grow without bound, or reach files; no VOTable needs any. */
function refuseDoctype(): never {
  throw badUpload('it has a DOCTYPE, which is not read here; remove that line.');
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}
