import { Readable } from 'node:stream';
import { sql } from '../../adql/index.ts';
import type { Owner, Session } from '../database/database.ts';
import { openCollection } from './collection.ts';
import { type LoadCounts, loadManifest, type OnProgress } from './load-manifest.ts';
import { readTessFacts, tessManifest } from './tess-manifest.ts';

/** True when nothing has been loaded yet. */
export async function isCatalogueEmpty(session: Session): Promise<boolean> {
  return (await session.query(sql`SELECT FROM ivoa.obscore LIMIT 1`)).length === 0;
}

/**
 * Loads the sample, all calibrated TESS full-frame images of sector 12 (20,624 rows), through the
 * loader that archives use.
 */
export async function loadSample(owner: Owner, onProgress?: OnProgress): Promise<LoadCounts> {
  const lines = tessManifest(await readTessFacts(), ['0012']);
  const manifest = Readable.from(asBytes(lines));
  return loadManifest(
    owner,
    { manifest, collection: await openCollection('tess-ffi') },
    onProgress,
  );
}

function* asBytes(lines: Iterable<string>): Generator<Buffer> {
  for (const text of lines) yield Buffer.from(text);
}
