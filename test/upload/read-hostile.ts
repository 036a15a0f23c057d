import { readUpload } from '../../src/upload/read-upload.ts';
import { testSpool } from '../support/upload-context.ts';
import { defaultUploadLimits } from '../../src/upload/upload-limits.ts';

/** Small enough to be reached in a test. */
export const limits = { ...defaultUploadLimits, rows: 1000, columns: 1000, bytes: 32_000_000 };

/** Reads all of an upload; returns how many bytes of rows it made. */
export async function read(
  bytes: AsyncIterable<Buffer>,
  mediaType: string | null = null,
): Promise<number> {
  const budget = { limit: limits.bytes, left: limits.bytes };
  const files = testSpool.begin();
  try {
    const table = await readUpload({ bytes, mediaType, budget, files }, limits);
    let length = 0;
    for await (const piece of table.rows) length += piece.length;
    return length;
  } finally {
    await files.dispose();
  }
}

/** In pieces of 777 bytes, so that everything is cut somewhere. */
export async function* piecesOf(content: string | Buffer): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(content);
  for (let at = 0; at < bytes.length; at += 777) {
    yield await Promise.resolve(bytes.subarray(at, at + 777));
  }
}

export function votable(fields: string, data: string): string {
  return `<VOTABLE version="1.4"><RESOURCE><TABLE>${fields}<DATA>${data}</DATA></TABLE></RESOURCE></VOTABLE>`;
}

export function tabledata(field: string, cell: string): string {
  return votable(`<FIELD name="x" ${field}/>`, `<TABLEDATA><TR><TD>${cell}</TD></TR></TABLEDATA>`);
}

export function binary(field: string, bytes: readonly number[] | string): string {
  const base64 = typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('base64');
  const stream = `<STREAM encoding="base64">${base64}</STREAM>`;
  return votable(`<FIELD name="x" ${field}/>`, `<BINARY>${stream}</BINARY>`);
}

export const int = 'datatype="int"';
