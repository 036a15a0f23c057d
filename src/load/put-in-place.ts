import { identifier, join, sql, type Sql } from '../../adql/index.ts';
import type { Session } from '../database/database.ts';
import type { Products } from './compile-products.ts';

/**
 * When a load is at least this many rows, and this share of what the catalogue holds, filling a new
 * table and indexing it at once is faster than going through the indexes row by row: measured 36 us
 * for each row of the whole against 94 us for each row of the load (20,624 rows: 0.8 s and 2.7 s).
 */
const rebuildFrom = { rows: 5_000, share: 0.5 };

/** Of two lines for one product the later holds. Gives how many earlier ones went. */
export async function dropRepeated(session: Session, products: Products): Promise<number> {
  return session.execute(sql`DELETE FROM staged WHERE line IN (
    SELECT unnest((array_agg(line ORDER BY line DESC))[2:])
    FROM (${products.select}) AS product GROUP BY obs_publisher_did HAVING count(*) > 1)`);
}

/** Forgets what the catalogue already has just so. Gives how many rows that are. */
export async function dropUnchanged(session: Session, products: Products): Promise<number> {
  const names = products.columns.map(identifier);
  return session.execute(sql`DELETE FROM staged WHERE line IN (
    SELECT product.line FROM (${products.select}) AS product
    JOIN ivoa.obscore o ON o.obs_publisher_did = product.obs_publisher_did
    WHERE ROW(${columnsOf(sql`product`, names)}) IS NOT DISTINCT FROM ROW(${columnsOf(sql`o`, names)}))`);
}

/** What is to go into the catalogue: the staged objects, so many, as rows with these columns. */
export interface Load {
  readonly products: Products;
  readonly rows: number;
  /** All columns of ivoa.obscore; those that `products` does not fill keep what they hold. */
  readonly columns: readonly string[];
}

/** Puts the staged products into the catalogue, new ones and changed ones. Gives how many. */
export async function putInPlace(session: Session, load: Load): Promise<number> {
  if (load.rows === 0) return 0;
  return (await isRebuildBetter(session, load.rows))
    ? rebuild(session, load)
    : insertOrUpdate(session, load.products);
}

async function isRebuildBetter(session: Session, rows: number): Promise<boolean> {
  if (rows < rebuildFrom.rows) return false;
  const [catalogue] = await session.query<{ present: number; possible: boolean }>(
    sql`SELECT count(*)::integer AS present, cloudtap.can_rebuild_obscore() AS possible
      FROM ivoa.obscore`,
  );
  return catalogue?.possible === true && rows >= rebuildFrom.share * catalogue.present;
}

async function insertOrUpdate(session: Session, products: Products): Promise<number> {
  const names = products.columns.map(identifier);
  const changes = names.map((name) => sql`${name} = excluded.${name}`);
  return session.execute(sql`INSERT INTO ivoa.obscore (${join(names, sql`, `)})
    SELECT ${join(names, sql`, `)} FROM (${products.select}) AS product
    ON CONFLICT (obs_publisher_did) DO UPDATE SET ${join(changes, sql`, `)}`);
}

/** What concerns the table as a whole is done by the schema's functions (schema/008). */
async function rebuild(session: Session, { products, columns }: Load): Promise<number> {
  const all = columns.map(identifier);
  const names = join(all, sql`, `);
  const filled = new Set(products.columns);
  const merged = columns.map((name) =>
    filled.has(name) ? sql`product.${identifier(name)}` : sql`o.${identifier(name)}`,
  );
  await session.query(sql`SELECT cloudtap.begin_obscore_rebuild()`);
  await session.execute(sql`INSERT INTO ivoa.obscore_next (${names})
    SELECT ${columnsOf(sql`o`, all)} FROM ivoa.obscore o WHERE NOT EXISTS (
      SELECT FROM (${products.select}) AS product
      WHERE product.obs_publisher_did = o.obs_publisher_did)`);
  await session.query(sql`SELECT cloudtap.copy_obscore_triggers()`);
  const loaded = await session.execute(sql`INSERT INTO ivoa.obscore_next (${names})
    SELECT ${join(merged, sql`, `)} FROM (${products.select}) AS product
    LEFT JOIN ivoa.obscore o ON o.obs_publisher_did = product.obs_publisher_did`);
  await session.query(sql`SELECT cloudtap.finish_obscore_rebuild()`);
  return loaded;
}

function columnsOf(table: Sql, names: readonly Sql[]): Sql {
  return join(
    names.map((name) => sql`${table}.${name}`),
    sql`, `,
  );
}
