import { TextDecoder } from 'node:util';
import type { UploadBody } from './open-body.ts';
import { badUpload } from './upload-failure.ts';

/**
 * The text of an upload, piece by piece.
 * @param declared the encoding that the document itself names; a byte order mark overrules it
 */
export async function* decodeText(
  { head, bytes }: UploadBody,
  declared: string | null,
): AsyncGenerator<string> {
  const encoding = markedEncoding(head) ?? declared ?? 'utf-8';
  const decoder = createDecoder(encoding);
  const decode = (piece?: Buffer): string => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
    } catch (cause) {
      throw badUpload(`it is not the ${encoding} text that it should be.`, { cause });
    }
  };
  for await (const piece of bytes) yield decode(piece);
  yield decode();
}

function createDecoder(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch (cause) {
    throw badUpload(`its encoding "${encoding.slice(0, 40)}" is not known here; use UTF-8.`, {
      cause,
    });
  }
}

/** By the byte order mark, or by how `<` is written (XML 1.0, appendix F). */
function markedEncoding(head: Buffer): string | null {
  const start = head.toString('latin1', 0, 3);
  const mark = marks.find(({ bytes }) => start.startsWith(bytes));
  return mark?.encoding ?? null;
}

const marks = [
  { bytes: '\xef\xbb\xbf', encoding: 'utf-8' },
  { bytes: '\xff\xfe', encoding: 'utf-16le' },
  { bytes: '<\0', encoding: 'utf-16le' },
  { bytes: '\xfe\xff', encoding: 'utf-16be' },
  { bytes: '\0<', encoding: 'utf-16be' },
] as const;

const declaration = /^<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/;

/** The encoding in an XML declaration that can itself be read byte by byte. */
export function declaredXmlEncoding({ head }: UploadBody): string | null {
  const encoding = declaration.exec(head.toString('latin1', 0, 400))?.[1]?.toLowerCase() ?? null;
  // Such a document could not have been read this far if it were in UTF-16.
  return encoding?.startsWith('utf-16') === true ? null : encoding;
}
