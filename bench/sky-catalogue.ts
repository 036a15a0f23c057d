import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Catalog, identifier, sql, value } from '../adql/index.ts';
import type { Database, Session } from '../src/database/database.ts';
import type { ConnectionSettings } from '../src/database/embedded/start-embedded.ts';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { openCollection } from '../src/load/collection.ts';
import { loadManifest } from '../src/load/load-manifest.ts';
import { readSectors, readTessFacts, tessManifest } from '../src/load/tess-manifest.ts';
import { loadCatalog } from '../src/tap-schema/load-catalog.ts';
import { type Content, rowsOf } from './sky-content.ts';
import { footprints } from './sky-footprints.ts';
import { createTargets, targetTable } from './sky-targets.ts';

export interface SkyCatalogue {
  readonly content: Content;
  readonly connection: ConnectionSettings;
  readonly database: Database;
  readonly catalog: Catalog;
}

/** Where a catalogue lies, or shall lie. */
export interface CataloguePlace {
  readonly content: Content;
  readonly server: ConnectionSettings;
  /** The database of the server; made when it is not there. */
  readonly name: string;
  /** With columns and indexes for pgSphere and q3c. */
  readonly hasPeers: boolean;
}

/** Opens the catalogue, filled at the first time (minutes). */
export async function openCatalogue(place: CataloguePlace): Promise<SkyCatalogue> {
  await createDatabase(place);
  const connection = { ...place.server, database: place.name };
  const database = await openDatabase({ owner: connection });
  await migrate(database.owner);
  if (place.hasPeers) await preparePeers(database);
  if (!(await isFull(database, place.content))) await fill(database, place);
  // Where a migration has moved the regions, PostgreSQL must learn again that it need not look at them.
  await database.owner.execute(sql`VACUUM ANALYZE sky.region`);
  await createTargets(database.owner, place.content);
  const { version, tables } = await loadCatalog(database.owner);
  const catalog = { version, tables: [...tables, targetTable] };
  return { content: place.content, connection, database, catalog };
}

async function createDatabase({ server, name }: CataloguePlace): Promise<void> {
  const database = await openDatabase({ owner: server });
  const [found] = await database.owner.query(
    sql`SELECT FROM pg_database WHERE datname = ${value(name, 'text')}`,
  );
  if (found === undefined) {
    await database.owner.execute(sql`CREATE DATABASE ${identifier(name)} TEMPLATE template0`);
  }
  await database.end();
}

async function isFull({ owner }: Database, content: Content): Promise<boolean> {
  const [row] = await owner.query<{ readonly count: string }>(
    sql`SELECT count(obs_publisher_did) AS count FROM ivoa.obscore`,
  );
  return Number(row?.count) === rowsOf[content];
}

/** pgSphere and q3c search the very table that cloudtap searches. */
async function preparePeers({ owner }: Database): Promise<void> {
  const [found] = await owner.query(sql`SELECT FROM pg_namespace WHERE nspname = 'peer'`);
  if (found !== undefined) return;
  await owner.transaction(async (session) => {
    await session.execute(sql`CREATE SCHEMA peer`);
    await session.execute(sql`CREATE EXTENSION pg_sphere SCHEMA peer`);
    await session.execute(sql`CREATE EXTENSION q3c SCHEMA peer`);
    await session.execute(sql`CREATE FUNCTION peer.polygon(s_region text) RETURNS peer.spoly
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN CAST('{' || rtrim(regexp_replace(substr(s_region, 14), '(\\S+) (\\S+) ?', '(\\1d,\\2d),', 'g'), ',') || '}'
        AS peer.spoly)`);
    await session.execute(sql`ALTER TABLE ivoa.obscore
      ADD COLUMN peer_polygon peer.spoly GENERATED ALWAYS AS (peer.polygon(s_region)) STORED`);
    await session.execute(sql`CREATE INDEX obscore_peer_position_index ON ivoa.obscore
      USING gist (peer.spoint(radians(s_ra), radians(s_dec)))`);
    await session.execute(sql`CREATE INDEX obscore_peer_pixel_index ON ivoa.obscore
      (peer.q3c_ang2ipix(s_ra, s_dec))`);
    await session.execute(sql`CREATE INDEX obscore_peer_polygon_index ON ivoa.obscore
      USING gist (peer_polygon)`);
    await session.execute(sql`GRANT USAGE ON SCHEMA peer TO cloudtap_reader`);
  });
}

async function fill({ owner }: Database, { content, hasPeers }: CataloguePlace): Promise<void> {
  switch (content) {
    case 'tess':
      await loadTess(owner);
      break;
    case 'small':
      await owner.transaction(loadSmall);
      break;
  }
  if (hasPeers) {
    // What an archive with few different footprints could do by hand with pgSphere.
    await owner.execute(sql`CREATE TABLE peer.footprint AS
      SELECT sky.region_id(s_region) AS region_id, peer.polygon(s_region) AS polygon
      FROM (SELECT DISTINCT s_region FROM sky.region) AS region`);
    await owner.execute(sql`CREATE INDEX ON peer.footprint USING gist (polygon)`);
    await owner.execute(sql`GRANT SELECT ON peer.footprint TO cloudtap_reader`);
    await owner.execute(sql`ANALYZE peer.footprint`);
  }
  await owner.execute(sql`VACUUM ANALYZE ivoa.obscore`);
}

async function loadTess(owner: Database['owner']): Promise<void> {
  const facts = await readTessFacts();
  const manifest = Readable.from(asBytes(tessManifest(facts, readSectors('1-68', facts))));
  await loadManifest(owner, { manifest, collection: await openCollection('tess-ffi') });
}

async function loadSmall(session: Session): Promise<void> {
  await session.execute(
    sql`CREATE TEMP TABLE drawn (id integer, ra double precision, dec double precision, region text)`,
  );
  const into = session.copyFrom(sql`COPY drawn FROM STDIN`);
  const copied = once(into, 'finish');
  await pipeline(Readable.from(copyLines()), into);
  await copied;
  await session.execute(sql`SELECT cloudtap.begin_obscore_rebuild()`);
  await session.execute(sql`SELECT sky.register_regions(array_agg(region)) FROM drawn`);
  await session.execute(sql`INSERT INTO ivoa.obscore_next
    (obs_publisher_did, obs_id, obs_collection, dataproduct_type, calib_level, s_ra, s_dec, s_fov, s_region,
     t_min, t_max, access_format, access_url, access_estsize, cloud_uri, cloud_access)
    SELECT 'ivo://cloudtap.bench/small?' || id, 'small-' || id, 'SMALL', 'image', 2, ra, dec, 0.1, region,
      50000 + id * 0.001, 50000.5 + id * 0.001, 'application/fits',
      'https://archive.example/download?file=small/' || id || '/image.fits', 12345,
      's3://bench/small/' || id || '/image.fits',
      jsonb_build_object('aws', jsonb_build_object('bucket_name', 'bench', 'region', 'us-east-1',
        'key', 'small/' || id || '/image.fits', 'access', 'open'))
    FROM drawn ORDER BY hashint4(id)`);
  await session.execute(sql`SELECT cloudtap.copy_obscore_triggers()`);
  await session.execute(sql`SELECT cloudtap.finish_obscore_rebuild()`);
}

function* copyLines(): Generator<string> {
  let id = 0;
  for (const { position, region } of footprints(rowsOf.small)) {
    id += 1;
    yield `${String(id)}\t${position.join('\t')}\t${region}\n`;
  }
}

function* asBytes(lines: Iterable<string>): Generator<Buffer> {
  for (const text of lines) yield Buffer.from(text);
}
