import { isReserved } from '../../adql/index.ts';
import { shortened } from '../service-error.ts';
import { badUpload } from './upload-failure.ts';

/** One table of UPLOAD: its name after `TAP_UPLOAD.`, and where its content is. */
export type UploadSource =
  | { readonly kind: 'part'; readonly tableName: string; readonly part: string }
  | { readonly kind: 'url'; readonly tableName: string; readonly url: URL };

/**
 * The values of UPLOAD (TAP 1.1, "Table Upload"): `name,uri` each; TAP 1.0 joined several by `;`, as
 * pyvo and TOPCAT still do.
 * @param mostTables of one request
 * @throws ServiceError 'bad-request'
 */
export function readUploadParameter(
  values: readonly string[],
  mostTables: number,
): readonly UploadSource[] {
  const sources = values.flatMap(splitValue).map(readSource);
  if (sources.length > mostTables) {
    throw badUpload(
      `UPLOAD names ${String(sources.length)} tables; this service takes ${String(mostTables)}.`,
    );
  }
  const names = new Set<string>();
  for (const { tableName } of sources) {
    const folded = tableName.toLowerCase();
    if (names.has(folded)) {
      throw badUpload(
        `UPLOAD names two tables ${tableName} (case does not count); give them different names.`,
      );
    }
    names.add(folded);
  }
  return sources;
}

/** A `;` may stand in a URL too: only one that begins another `name,uri` separates. */
function splitValue(value: string): readonly string[] {
  return value
    .split(/;(?=\s*(?:$|[^,;:/?#]*,\s*[A-Za-z][A-Za-z0-9+.-]*:))/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function readSource(entry: string): UploadSource {
  const comma = entry.indexOf(',');
  if (comma === -1) {
    throw badUpload(
      `UPLOAD: "${shortened(entry)}" has no comma; write the table's name, a comma and its URI, ` +
        'as in mytable,param:part1.',
    );
  }
  const tableName = readName(entry.slice(0, comma).trim());
  const uri = entry.slice(comma + 1).trim();
  const part = /^param:(.*)$/is.exec(uri)?.[1];
  if (part === '') throw badUpload('UPLOAD: param: must be followed by the name of a part.');
  if (part !== undefined) return { kind: 'part', tableName, part };
  return { kind: 'url', tableName, url: readUrl(uri) };
}

function readName(name: string): string {
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name) || name.length > 128) {
    throw badUpload(
      `UPLOAD: "${shortened(name)}" cannot be the name of a table; use letters, digits and _, ` +
        'beginning with a letter, and no schema.',
    );
  }
  if (isReserved(name.toUpperCase())) {
    throw badUpload(`UPLOAD: "${name}" is a word of ADQL; give the table another name.`);
  }
  return name;
}

function readUrl(uri: string): URL {
  if (!URL.canParse(uri)) {
    throw badUpload(
      `UPLOAD: "${shortened(uri)}" is no URI; use param: and the name of a part, or an http(s) URL.`,
    );
  }
  const url = new URL(uri);
  if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  throw badUpload(
    `UPLOAD: this service does not read ${shortened(url.protocol)} URIs; use param:, http: or https:.`,
  );
}
