import type { Readable } from 'node:stream';
import { sql } from '../../adql/index.ts';
import type { Owner, Session } from '../database/database.ts';
import { codeOf, messageOf } from '../database/error-fields.ts';
import type { Collection } from './collection.ts';
import { compileProducts } from './compile-products.ts';
import { LoadError } from './load-error.ts';
import type { ManifestTally } from './manifest.ts';
import { obscoreColumns } from './obscore-columns.ts';
import { dropRepeated, dropUnchanged, putInPlace } from './put-in-place.ts';
import { stageManifest } from './stage.ts';

/** What a load did: every matched line was loaded, unchanged, or repeated by a later one. */
export interface LoadCounts extends Readonly<ManifestTally> {
  readonly repeated: number;
  readonly unchanged: number;
  /** Rows that are new in the catalogue or different from before. */
  readonly loaded: number;
}

/** Where a load is. Told at every step, and many times while it reads. */
export type LoadProgress =
  | { readonly step: 'reading'; readonly read: number; readonly matched: number }
  | { readonly step: 'comparing' }
  | { readonly step: 'storing'; readonly rows: number };

export type OnProgress = (progress: LoadProgress) => void;

/** A list of objects as `aws s3 ls --recursive` prints it (gzip or plain), and what they are. */
export interface ManifestLoad {
  readonly manifest: Readable;
  readonly collection: Collection;
}

/**
 * Loads what a manifest lists of a collection into ivoa.obscore. All in one transaction: a load that
 * fails, however it does, leaves the catalogue as it was; the same load again changes nothing.
 * Queries go on meanwhile. Throws a LoadError for faults of the definition or the manifest.
 */
export async function loadManifest(
  owner: Owner,
  load: ManifestLoad,
  onProgress: OnProgress = () => undefined,
): Promise<LoadCounts> {
  try {
    const counts = await owner.transaction((session) => loadInto(session, load, onProgress));
    if (counts.loaded > 0) await owner.execute(sql`ANALYZE ivoa.obscore`);
    return counts;
  } catch (error) {
    throw refusedRow(error) ?? error;
  }
}

async function loadInto(
  session: Session,
  load: ManifestLoad,
  onProgress: OnProgress,
): Promise<LoadCounts> {
  await giveRoom(session);
  const columns = await obscoreColumns(session);
  const products = compileProducts(load.collection, columns);
  const tally = await stageManifest(session, load, ({ read, matched }) => {
    onProgress({ step: 'reading', read, matched });
  });
  await oneLoadAtATime(session);
  onProgress({ step: 'comparing' });
  const repeated = await dropRepeated(session, products);
  const unchanged = await dropUnchanged(session, products);
  const rows = tally.matched - repeated - unchanged;
  onProgress({ step: 'storing', rows });
  const names = columns.map(({ name }) => name);
  const loaded = await putInPlace(session, { products, rows, columns: names });
  return { ...tally, repeated, unchanged, loaded };
}

/** A value that a column cannot have (SQLSTATE class 22) or may not have (23) is the load's fault. */
function refusedRow(cause: unknown): LoadError | undefined {
  if (!/^2[23]/.test(codeOf(cause))) return undefined;
  return new LoadError(`The catalogue refuses a row: ${messageOf(cause)}. Nothing was loaded.`, {
    cause,
  });
}

/** Memory for sorting and for building indexes, in this transaction alone. */
async function giveRoom(session: Session): Promise<void> {
  await session.execute(sql`SET LOCAL work_mem = '256MB'`);
  await session.execute(sql`SET LOCAL maintenance_work_mem = '512MB'`);
}

/** Others may read on, but not write, until this load is in. Reading the manifest needs no lock. */
async function oneLoadAtATime(session: Session): Promise<void> {
  await session.execute(sql`LOCK TABLE ivoa.obscore IN SHARE ROW EXCLUSIVE MODE`);
}
