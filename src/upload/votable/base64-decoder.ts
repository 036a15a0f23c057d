import { badUpload } from '../upload-failure.ts';

/** One continuous stream of base64 (RFC 4648) that arrives in pieces, with any white space. */
export class Base64Decoder {
  /** 0 to 3 characters that do not make bytes yet. */
  #rest = '';
  #isOver = false;

  decode(piece: string): Buffer {
    const text = this.#rest + (/\s/.test(piece) ? piece.replaceAll(/\s+/g, '') : piece);
    if (text === '') return Buffer.alloc(0);
    if (this.#isOver) throw badUpload('the base64 of its STREAM goes on behind the padding (=).');
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
      throw badUpload('its STREAM holds characters that are not base64.');
    }
    const whole = text.length - (text.length % 4);
    this.#rest = text.slice(whole);
    this.#isOver = text.endsWith('=') && this.#rest === '';
    return Buffer.from(text.slice(0, whole), 'base64');
  }

  end(): void {
    if (this.#rest !== '') {
      throw badUpload('the base64 of its STREAM is cut off; the upload is not complete.');
    }
  }
}
