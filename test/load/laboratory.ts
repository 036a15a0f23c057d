import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sql } from '../../adql/index.ts';
import { openCollection } from '../../src/load/collection.ts';
import { type LoadCounts, loadManifest } from '../../src/load/load-manifest.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';

/** A collection with every kind of rule. */
export const definition = {
  description: 'Frames of a laboratory',
  location: { provider: 'aws', bucket: 'lab', region: 'eu-west-1', access: 'open' },
  key: '^d/(?<time>\\d{13})-(?<field>\\d\\d)(?:-(?<tag>.*))?[.]fits$',
  lookups: { field: { file: 'fields.csv', by: ['field'] } },
  columns: {
    obs_collection: { constant: 'LAB' },
    obs_id: { template: '{time}-{field}' },
    obs_publisher_did: { template: 'ivo://lab/frames?{time}-{field}' },
    calib_level: { constant: 1 },
    obs_title: { template: 'Field {field}: {field.note}' },
    target_name: { template: '{tag}' },
    s_ra: { lookup: 'field.ra' },
    t_min: { mjd: 'time', format: 'YYYYDDDHHMMSS' },
    t_max: {
      sum: [
        { mjd: 'time', format: 'YYYYDDDHHMMSS' },
        { quotient: [{ number: 'field' }, { constant: 2 }] },
      ],
    },
    obs_release_date: { constant: '2021-02-03T04:05:06' },
    access_estsize: { size: 'kbyte', otherwise: 42 },
  },
};

/** An empty catalogue and a collection to load into it. */
export interface Laboratory {
  readonly database: TestDatabase;
  /** The path of the collection's definition. */
  readonly collection: string;
  /** Loads entries of the form `size key`. */
  readonly load: (...entries: readonly string[]) => Promise<LoadCounts>;
  /** Loads from a stream, or from bytes as they are. */
  readonly loadFrom: (manifest: Readable | Buffer) => Promise<LoadCounts>;
  /** The rows of the catalogue, sizes in kbyte. */
  readonly stored: () => Promise<readonly object[]>;
  readonly close: () => Promise<void>;
}

export async function openLaboratory(): Promise<Laboratory> {
  const database = await createTestDatabase({ content: 'schema' });
  const folder = await mkdtemp(join(tmpdir(), 'cloudtap-load-'));
  const collection = join(folder, 'lab.json');
  await writeFile(join(folder, 'fields.csv'), 'field,ra,note\n07,10.5,"a, b"\n08,,\n');
  await writeFile(collection, JSON.stringify(definition));
  const loadFrom = async (source: Readable | Buffer): Promise<LoadCounts> =>
    loadManifest(database.owner, {
      manifest: Buffer.isBuffer(source) ? Readable.from([source]) : source,
      collection: await openCollection(collection),
    });
  return {
    database,
    collection,
    loadFrom,
    load: (...entries) => loadFrom(manifestOf(entries)),
    stored: () =>
      database.owner.query(sql`SELECT obs_id, access_estsize::integer AS size
        FROM ivoa.obscore ORDER BY obs_id`),
    close: async () => {
      await database.drop();
      await rm(folder, { recursive: true });
    },
  };
}

/** The lines of a listing, from entries of the form `size key`. */
export function manifestOf(entries: readonly string[]): Buffer {
  return Buffer.from(
    entries.map((entry) => `2021-02-03 04:05:06 ${entry.padStart(14)}\n`).join(''),
  );
}

/** Entries for many different products. */
export function manyEntries(count: number, from = 0): readonly string[] {
  return Array.from(
    { length: count },
    (_, n) => `1 d/${String(from + n).padStart(13, '0')}-07.fits`,
  );
}
