import { type CatalogTable, sql, type SkyIndex } from '../../adql/index.ts';
import type { Session } from '../database/database.ts';
import { readDeclaredName } from './declared-name.ts';

interface IndexRow {
  /** `schema.table` */
  readonly name: string;
  /** `sky."position"(s_ra, s_dec)`, `sky.region_id(s_region)` or `adql.word_keys(obs_id)` */
  readonly expression: string;
  /** The index's second key, such as `sky.longitude(s_ra)`; null when it has none. */
  readonly second: string | null;
  /** Does the table make its regions known (schema/022-sky-regions.sql)? */
  readonly registers: boolean;
}

/** What makes conditions on a table quick. */
export type TableIndexes = Pick<CatalogTable, 'sky' | 'wordIndexes'>;

/**
 * The whole indexes, by `schema.table`, on sky.position(lon, lat), on (sky.zone(lat), sky.longitude(lon)), on
 * adql.word_keys(column), and on sky.region_id(s_region) where a trigger keeps the table of regions complete.
 */
export async function loadIndexes(owner: Session): Promise<ReadonlyMap<string, TableIndexes>> {
  const tables = new Map<string, IndexRow[]>();
  for (const row of await owner.query<IndexRow>(expressionIndexes)) {
    tables.set(row.name, [...(tables.get(row.name) ?? []), row]);
  }
  return new Map([...tables].map(([name, rows]) => [name, indexesOf(rows)]));
}

function indexesOf(rows: readonly IndexRow[]): TableIndexes {
  const present = <Value>(value: Value | null): Value[] => (value === null ? [] : [value]);
  const sky: SkyIndex = {
    positions: rows.flatMap((row) => present(positionOf(row))),
    zones: rows.flatMap((row) => present(zonesOf(row))),
    regions: rows.flatMap((row) => present(regionOf(row))),
  };
  const wordIndexes = rows.flatMap((row) => present(wordColumnOf(row)));
  return {
    ...(sky.positions.length + sky.zones.length + sky.regions.length > 0 ? { sky } : {}),
    ...(wordIndexes.length > 0 ? { wordIndexes } : {}),
  };
}

const expressionIndexes = sql`SELECT n.nspname || '.' || c.relname AS name,
    pg_get_indexdef(i.indexrelid, 1, false) AS expression,
    nullif(pg_get_indexdef(i.indexrelid, 2, false), '') AS second,
    EXISTS (
      SELECT FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
      WHERE t.tgrelid = c.oid AND t.tgenabled IN ('O', 'A') AND p.proname = 'register_region_of_row'
        AND p.pronamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'sky')) AS registers
  FROM pg_catalog.pg_index i
  JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE i.indexprs IS NOT NULL AND i.indpred IS NULL AND i.indisvalid
    AND pg_get_indexdef(i.indexrelid, 1, false) SIMILAR TO '(sky|adql).%'
  ORDER BY 1, 2`;

function positionOf({ expression }: IndexRow): SkyIndex['positions'][number] | null {
  const [, lon, lat] = /^sky\."?position"?\(("[^"]+"|\w+), ("[^"]+"|\w+)\)$/.exec(expression) ?? [];
  const [first, second] = [columnCalled(lon), columnCalled(lat)];
  return first === undefined || second === undefined ? null : { lon: first, lat: second };
}

function zonesOf({ expression, second }: IndexRow): SkyIndex['zones'][number] | null {
  const [, lat] = /^sky\.zone\(("[^"]+"|\w+)\)$/.exec(expression) ?? [];
  const [, lon] = /^sky\.longitude\(("[^"]+"|\w+)\)$/.exec(second ?? '') ?? [];
  const [first, other] = [columnCalled(lon), columnCalled(lat)];
  return first === undefined || other === undefined ? null : { lon: first, lat: other };
}

function regionOf({ expression, registers }: IndexRow): string | null {
  return registers && expression === 'sky.region_id(s_region)' ? 's_region' : null;
}

function wordColumnOf({ expression }: IndexRow): string | null {
  const [, column] = /^adql\.word_keys\(("[^"]+"|\w+)\)$/.exec(expression) ?? [];
  return columnCalled(column) ?? null;
}

function columnCalled(name: string | undefined): string | undefined {
  return readDeclaredName(name ?? '')?.[0]?.sqlName;
}
