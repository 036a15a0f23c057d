import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { DamagedPage } from './damaged-page.ts';
import { lz4Decompress } from './lz4.ts';
import { snappyDecompress } from './snappy.ts';

/** The codecs of Parquet (Parquet format, "Compression"), as it numbers them. */
const codecs: readonly { readonly name: string; readonly decompress: Decompress | null }[] = [
  { name: 'none', decompress: (bytes) => bytes },
  { name: 'snappy', decompress: snappyDecompress },
  { name: 'gzip', decompress: (bytes, maxOutputLength) => gunzipSync(bytes, { maxOutputLength }) },
  { name: 'LZO', decompress: null },
  {
    name: 'brotli',
    decompress: (bytes, maxOutputLength) => brotliDecompressSync(bytes, { maxOutputLength }),
  },
  { name: 'the old LZ4', decompress: null },
  { name: 'zstd', decompress: null },
  { name: 'LZ4_RAW', decompress: lz4Decompress },
];

/** @param size of what comes out, which the page's header tells */
type Decompress = (bytes: Buffer, size: number) => Buffer;

/** The name of a codec that is not read here; null for the others. */
export function unreadCodec(codec: number): string | null {
  const found = codecs[codec];
  if (found === undefined) return `codec ${String(codec)}`;
  return found.decompress === null ? found.name : null;
}

/**
 * @param size bytes that come out, in all
 * @throws DamagedPage
 */
export function decompress(codec: number, bytes: Buffer, size: number): Buffer {
  // maxOutputLength must be at least 1; nothing may be nothing.
  if (size === 0) return Buffer.alloc(0);
  try {
    const page = codecs[codec]?.decompress?.(bytes, size);
    if (page?.length === size) return page;
  } catch (cause) {
    throw new DamagedPage('compression', { cause });
  }
  throw new DamagedPage('compression');
}
