import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Sql, sql, value } from '../../adql/index.ts';
import { packageRoot } from '../package-root.ts';
import { ServiceError } from '../service-error.ts';
import type { Owner, Session } from './database.ts';
import { messageOf } from './error-fields.ts';

interface Migration {
  readonly name: string;
  readonly text: string;
  readonly sha256: string;
}

/**
 * Brings the schema up to date: each `schema/*.sql` once, in the order of names, all in one
 * transaction. Processes that start together wait for each other.
 * @returns the names applied now
 */
export async function migrate(
  owner: Owner,
  folder = join(packageRoot(), 'schema'),
): Promise<readonly string[]> {
  const migrations = await readMigrations(folder);
  return owner.transaction(async (session) => {
    const applied = await readApplied(session);
    for (const migration of migrations) refuseChanged(migration, applied.get(migration.name));
    const pending = migrations.filter(({ name }) => !applied.has(name));
    for (const migration of pending) await apply(session, migration);
    return pending.map(({ name }) => name);
  });
}

async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d+-.*\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

async function readApplied(session: Session): Promise<ReadonlyMap<string, string>> {
  await session.query(sql`SELECT pg_advisory_xact_lock(hashtext('cloudtap migration'))`);
  await session.execute(sql`CREATE SCHEMA IF NOT EXISTS cloudtap`);
  await session.execute(sql`
    CREATE TABLE IF NOT EXISTS cloudtap.migration (
      name text PRIMARY KEY,
      sha256 text NOT NULL,
      applied timestamp with time zone NOT NULL DEFAULT now()
    )`);
  const rows = await session.query<{ readonly name: string; readonly sha256: string }>(
    sql`SELECT name, sha256 FROM cloudtap.migration`,
  );
  return new Map(rows.map(({ name, sha256 }) => [name, sha256]));
}

function refuseChanged(migration: Migration, applied: string | undefined): void {
  if (applied === undefined || applied === migration.sha256) return;
  throw new ServiceError(
    'database-unavailable',
    `The database was built with another text of schema/${migration.name} than this cloudtap has. ` +
      'Start the cloudtap that built it (or a later release), or use a new database.',
  );
}

async function apply(session: Session, { name, text, sha256 }: Migration): Promise<void> {
  try {
    await session.execute(new Sql([{ kind: 'text', text }]));
  } catch (cause) {
    throw new ServiceError(
      'database-unavailable',
      `The database cannot be brought up to date: schema/${name} failed (${messageOf(cause)}). ` +
        'Nothing was changed.',
      { cause },
    );
  }
  await session.execute(
    sql`INSERT INTO cloudtap.migration (name, sha256)
        VALUES (${value(name, 'text')}, ${value(sha256, 'text')})`,
  );
}
