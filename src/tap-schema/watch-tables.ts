import { setTimeout as delay } from 'node:timers/promises';
import type { Catalog } from '../../adql/index.ts';
import type { Owner } from '../database/database.ts';
import { loadCatalog, type Warn } from './load-catalog.ts';
import { loadTableSet, type TableSet } from './load-table-set.ts';

/** What this service publishes. */
export interface PublishedTables {
  readonly catalog: Catalog;
  readonly tableSet: TableSet;
  /** When this was first seen: for Last-Modified. */
  readonly since: Date;
}

export interface TableWatch {
  /** As it was at the last look; another object only when something has changed. */
  readonly current: () => PublishedTables;
  readonly stop: () => Promise<void>;
}

export interface WatchOptions {
  readonly owner: Owner;
  /** Seconds between looks: some catalogue queries, 10 ms. No trigger could tell of a new index. */
  readonly every: number;
  /** Told once of each thing that is described and not there. */
  readonly warn: Warn;
}

/**
 * Reads TAP_SCHEMA, and again from time to time: a table is published, and an index used, without a
 * restart. While the database is away what was read last stays.
 */
export async function watchTables({ owner, every, warn }: WatchOptions): Promise<TableWatch> {
  const told = new Set<string>();
  const warnOnce: Warn = (message) => {
    if (!told.has(message)) warn(message);
    told.add(message);
  };
  const stopping = new AbortController();
  let current = await readTables(owner, warnOnce);

  const look = async (): Promise<void> => {
    const found = await readTables(owner, warnOnce).catch(() => current);
    if (fingerprint(found) !== fingerprint(current)) current = found;
  };
  const watching = (async (): Promise<void> => {
    const { signal } = stopping;
    while (!signal.aborted) {
      const pause = delay(every * 1000, undefined, { signal, ref: false });
      const isOver = await pause.then(
        () => true,
        () => false,
      );
      if (isOver) await look();
    }
  })();
  return {
    current: () => current,
    stop: async () => {
      stopping.abort();
      await watching;
    },
  };
}

async function readTables(owner: Owner, warn: Warn): Promise<PublishedTables> {
  const catalog = await loadCatalog(owner, warn);
  return { catalog, tableSet: await loadTableSet(owner, catalog), since: new Date() };
}

/** Descriptions of schemas and foreign keys are no part of the catalogue's version. */
function fingerprint({ catalog, tableSet }: PublishedTables): string {
  return catalog.version + JSON.stringify(tableSet);
}
