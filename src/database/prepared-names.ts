import type pg from 'pg';

/** Under which name a statement runs on a connection, and what has to be said before. */
export interface Naming {
  /** Empty: PostgreSQL forgets the statement with the next one. */
  readonly name: string;
  readonly isPrepared: boolean;
  /** Gives its place to this one. */
  readonly outdated: string | null;
}

export const unnamed: Naming = { name: '', isPrepared: false, outdated: null };

/** Statements that one connection keeps, some 100 kB of PostgreSQL's memory each. */
const mostNames = 30;

/** The names that each connection has, the one used last at the end. */
const prepared = new WeakMap<pg.Connection, Set<string>>();

export function namingOn(connection: pg.Connection, name: string | null): Naming {
  if (name === null) return unnamed;
  const names = prepared.get(connection) ?? new Set();
  prepared.set(connection, names);
  const isPrepared = names.delete(name);
  if (isPrepared) names.add(name);
  const [oldest = null] = names;
  const outdated = names.size >= mostNames && !isPrepared ? oldest : null;
  if (outdated !== null) names.delete(outdated);
  return { name, isPrepared, outdated };
}

/** PostgreSQL has said ParseComplete. */
export function rememberPrepared(connection: pg.Connection, { name }: Naming): void {
  if (name !== '') prepared.get(connection)?.add(name);
}
