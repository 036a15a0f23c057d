import { resultFormats } from './result-formats.ts';
import type { ResultFormat } from './result-format.ts';

/** A format with the Content-Type that this client gets. */
export interface ChosenFormat {
  readonly format: ResultFormat;
  readonly contentType: string;
}

/**
 * The format that a value of RESPONSEFORMAT means (DALI 1.1, "RESPONSEFORMAT"), null when there is
 * none. Whoever asks by media type is answered with that type: `text/xml` for `text/xml`.
 *
 * @param responseFormat as the client sent it; null for the default.
 */
export function findFormat(responseFormat: string | null): ChosenFormat | null {
  if (responseFormat === null) return chosen(resultFormats[0], resultFormats[0].mediaType);
  const asked = normalized(responseFormat);
  for (const format of resultFormats) {
    if (normalized(format.mediaType) === asked) return chosen(format, format.mediaType);
    if (format.aliases.includes(asked)) return chosen(format, contentTypeOf(format, asked));
  }
  return null;
}

function chosen(format: ResultFormat, mediaType: string): ChosenFormat {
  return { format, contentType: `${mediaType}${format.charset}` };
}

/** A short name, or the plain type of a parametrized one, is answered with the format's own type. */
function contentTypeOf(format: ResultFormat, asked: string): string {
  const isMediaType = /^(application|text)\//.test(asked);
  const isPlain = format.mediaType.startsWith(`${asked};`);
  return isMediaType && !isPlain ? asked : format.mediaType;
}

/**
 * Lower case, no blanks, parameters in order and without charset (all is UTF-8). The `+` of an
 * unencoded URL arrives as a blank: `x-votable xml` is `x-votable+xml`.
 */
function normalized(responseFormat: string): string {
  const [type = '', ...parameters] = responseFormat
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const kept = parameters
    .map((parameter) => parameter.replaceAll(/[\s"]/g, ''))
    .filter((parameter) => parameter !== '' && !parameter.startsWith('charset='))
    .sort();
  return [type.replace(/ +/, '+'), ...kept].join(';');
}
