import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { sql } from '../../adql/index.ts';
import { migrate } from '../../src/database/migrate.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await createTestDatabase({ content: 'nothing' });
  folder = await mkdtemp(join(tmpdir(), 'cloudtap-migrate-test-'));
});

afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

async function write(name: string, text: string): Promise<void> {
  await writeFile(join(folder, name), text);
}

function run(): Promise<readonly string[]> {
  return migrate(database.owner, folder);
}

test('files are applied once, in the order of their numbers', async () => {
  await write('002-rows.sql', 'INSERT INTO star VALUES (1); INSERT INTO star VALUES (2);');
  await write('001-table.sql', 'CREATE TABLE star (id integer);');
  await write('notes.sql', 'DROP TABLE star;');
  expect(await run()).toEqual(['001-table.sql', '002-rows.sql']);

  await write('003-more.sql', 'INSERT INTO star VALUES (3);');
  expect(await run()).toEqual(['003-more.sql']);
  expect(await run()).toEqual([]);

  expect(await database.owner.query(sql`SELECT id FROM star ORDER BY id`)).toEqual([
    { id: 1 },
    { id: 2 },
    { id: 3 },
  ]);
});

test('a file that fails leaves the database as it was', async () => {
  await write('001-table.sql', 'CREATE TABLE star (id integer);');
  await write('002-broken.sql', 'INSERT INTO planet VALUES (1);');

  await expect(run()).rejects.toThrow(
    'The database cannot be brought up to date: schema/002-broken.sql failed ' +
      '(relation "planet" does not exist). Nothing was changed.',
  );

  const tables = sql`SELECT FROM pg_class WHERE relname IN ('star', 'migration')`;
  expect(await database.owner.query(tables)).toEqual([]);
});

test('an applied file may not change', async () => {
  await write('001-table.sql', 'CREATE TABLE star (id integer);');
  await run();
  await write('001-table.sql', 'CREATE TABLE star (id bigint);');

  await expect(run()).rejects.toThrow(
    'The database was built with another text of schema/001-table.sql than this cloudtap has. ' +
      'Start the cloudtap that built it (or a later release), or use a new database.',
  );
});

test('services that start together apply each file once', async () => {
  await write('001-table.sql', 'CREATE TABLE star (id integer); INSERT INTO star VALUES (1);');

  const applied = await Promise.all([run(), run(), run(), run()]);

  expect(applied.flat()).toEqual(['001-table.sql']);
  expect(await database.owner.query(sql`SELECT id FROM star`)).toEqual([{ id: 1 }]);
});

test('an owner who is no superuser can build the whole schema', async () => {
  await database.owner.execute(sql`CREATE ROLE archive_owner LOGIN CREATEROLE`);
  await database.owner.execute(sql`CREATE DATABASE archive OWNER archive_owner TEMPLATE template0`);
  const connection = { ...database.connection, database: 'archive', user: 'archive_owner' };
  const archive = await openDatabase({ owner: connection });

  const applied = await migrate(archive.owner);

  expect(applied.length).toBeGreaterThan(3);
  await archive.end();
  await database.owner.execute(sql`DROP DATABASE archive`);
  await database.owner.execute(sql`DROP ROLE archive_owner`);
});
