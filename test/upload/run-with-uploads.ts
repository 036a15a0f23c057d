import { Readable } from 'node:stream';
import type { Database } from '../../src/database/database.ts';
import { runQuery } from '../../src/tap/run-query.ts';
import { type PostedFile, readTapRequest } from '../../src/tap/tap-request.ts';
import { cachedTranslate } from '../../src/tap/translation-cache.ts';
import { loadCatalog } from '../../src/tap-schema/load-catalog.ts';
import type { UploadPart } from '../../src/upload/fetch-upload.ts';
import type { UploadLimits } from '../../src/upload/upload-limits.ts';
import { prepareUploads, type Uploads } from '../../src/upload/uploads.ts';
import { uploadContext } from '../support/upload-context.ts';

export type Content = string | Buffer;

export interface UploadOptions {
  readonly limits?: Partial<UploadLimits>;
  readonly mediaType?: string;
}

/** A part as the HTTP room hands it over; in pieces of 1000 bytes, so that everything is cut somewhere. */
export function part(content: Content, mediaType: string | null = null): UploadPart {
  const bytes = Buffer.from(content);
  const pieces = function* (): Generator<Buffer> {
    for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
  };
  return { mediaType, open: () => Readable.from(pieces(), { objectMode: false }) };
}

/** Uploads each content under its name. */
export function upload(
  database: Database,
  tables: Readonly<Record<string, Content>>,
  { limits = {}, mediaType }: UploadOptions = {},
): Promise<Uploads> {
  const files = filesOf(tables, mediaType);
  return prepareUploads(
    {
      values: files.map(({ name }) => `${name},param:${name}`),
      parts: new Map(files.map((file) => [file.name, file])),
      signal: new AbortController().signal,
    },
    uploadContext(database.owner, limits),
  );
}

function filesOf(
  tables: Readonly<Record<string, Content>>,
  mediaType?: string,
): readonly PostedFile[] {
  return Object.entries(tables).map(([name, content]) => ({ name, ...part(content, mediaType) }));
}

export interface UploadQuery extends UploadOptions {
  readonly tables: Readonly<Record<string, Content>>;
  readonly query: string;
  /** RESPONSEFORMAT; VOTable by default. */
  readonly format?: string;
}

/** The answer to a query over uploads, by the whole way: upload, translate, gate, PostgreSQL, encode. */
export async function runWithUploads(database: Database, options: UploadQuery): Promise<string> {
  return (await answerBytes(database, options)).toString();
}

/** The same for formats that are no text. */
export async function answerBytes(database: Database, options: UploadQuery): Promise<Buffer> {
  const { tables, query, limits, mediaType, format = '' } = options;
  const files = filesOf(tables, mediaType);
  const request = readTapRequest(
    [
      { name: 'LANG', value: 'ADQL' },
      { name: 'QUERY', value: query },
      { name: 'RESPONSEFORMAT', value: format },
      ...files.map(({ name }) => ({ name: 'UPLOAD', value: `${name},param:${name}` })),
    ],
    { default: 1000, hard: 1000 },
    files,
  );
  const context = {
    catalog: await loadCatalog(database.owner, () => undefined),
    translate: cachedTranslate(1),
    readRows: database.readRows,
    uploads: uploadContext(database.owner, limits),
    executionDuration: 60,
    log: () => undefined,
  };
  const chunks: Buffer[] = [];
  for await (const chunk of runQuery(request, context, new AbortController().signal)) {
    chunks.push(Buffer.from(chunk.bytes));
  }
  return Buffer.concat(chunks);
}

/** What the answer's TABLE holds: FIELDs and rows, a line each. */
export function tableLines(votable: string): readonly string[] {
  return [...votable.matchAll(/<FIELD [^]*?(?:\/>|<\/FIELD>)|<TR>[^]*?<\/TR>/g)].map(([line]) =>
    line.replaceAll(/\n\s*/g, ''),
  );
}
