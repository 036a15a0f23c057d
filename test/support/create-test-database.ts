import { randomBytes } from 'node:crypto';
import { identifier, sql, value } from '../../adql/index.ts';
import type { Database } from '../../src/database/database.ts';
import type { ConnectionSettings } from '../../src/database/embedded/start-embedded.ts';
import { migrate } from '../../src/database/migrate.ts';
import { type DatabaseSource, openDatabase } from '../../src/database/open-database.ts';
import { loadSample } from '../../src/load/load-sample.ts';

export interface TestDatabase extends Database {
  /** For a service of its own on this database. */
  readonly connection: ConnectionSettings;
  /** Closes the connections and drops the database. */
  readonly drop: () => Promise<void>;
}

/** What a new database holds: the schema and TESS sector 12, the schema alone, or not even that. */
export type Content = 'sample' | 'schema' | 'nothing';

export interface TestDatabaseOptions extends Omit<DatabaseSource, 'owner'> {
  /** Default 'sample'. */
  readonly content?: Content;
}

/** Where the run's server listens; global-setup.ts leaves it in the environment for all test files. */
export function testServer(): ConnectionSettings {
  const settings = process.env['CLOUDTAP_TEST_SERVER'];
  if (settings === undefined) throw new Error('jest.config.js lacks test/support/global-setup.ts');
  return JSON.parse(settings) as ConnectionSettings;
}

/**
 * A database of the test file's own: the clone of a template (0.1 s) that the first test file to
 * want it makes.
 */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { content = 'sample', ...source } = options;
  const name = `test_${randomBytes(6).toString('hex')}`;
  const server = await openDatabase({ owner: testServer() });
  const template = identifier(await provideTemplate(server, content));
  await server.owner.execute(
    sql`CREATE DATABASE ${identifier(name)} TEMPLATE ${template} STRATEGY FILE_COPY`,
  );
  const connection = { ...testServer(), database: name };
  const database = await openDatabase({ ...source, owner: connection });
  const drop = async (): Promise<void> => {
    await database.end();
    await server.owner.execute(sql`DROP DATABASE ${identifier(name)} WITH (FORCE)`);
    await server.end();
  };
  return { ...database, connection, drop };
}

/** Test files run side by side: one makes the template, the others wait for it. */
async function provideTemplate(server: Database, content: Content): Promise<string> {
  if (content === 'nothing') return 'template0';
  const name = `template_${content}`;
  await server.owner.transaction(async (session) => {
    await session.query(sql`SELECT pg_advisory_xact_lock(hashtext(${value(name, 'text')}))`);
    const found = await session.query(
      sql`SELECT FROM pg_database WHERE datname = ${value(name, 'text')}`,
    );
    if (found.length === 0) await createTemplate(server, name, content);
  });
  return name;
}

/** Only the finished template carries the name. */
async function createTemplate(server: Database, name: string, content: Content): Promise<void> {
  const unfinished = `${name}_${randomBytes(6).toString('hex')}`;
  await server.owner.execute(sql`CREATE DATABASE ${identifier(unfinished)} TEMPLATE template0`);
  const template = await openDatabase({ owner: { ...testServer(), database: unfinished } });
  try {
    await migrate(template.owner);
    if (content === 'sample') await loadSample(template.owner);
  } finally {
    await template.end();
  }
  await server.owner.execute(
    sql`ALTER DATABASE ${identifier(unfinished)} RENAME TO ${identifier(name)}`,
  );
}
