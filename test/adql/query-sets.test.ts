/**
 * Our own query sets, `query-sets/*.xml`, in the format of the IVOA's validation suite: each query is
 * judged by the grammar alone, as `npm run adql:conformance` does, and each valid one runs on the real
 * database. What is invalid is refused by a running service too, or understood as one of the extensions
 * of adql/README.md.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadModule, parseSync } from 'libpg-query';
import { AdqlError, type Catalog, translate } from '../../adql/index.ts';
import { gateStatement } from '../../src/database/statement-gate.ts';
import { loadCatalog } from '../../src/tap-schema/load-catalog.ts';
import type { TestDatabase } from '../support/create-test-database.ts';
import { judgeFile } from './judge-query-set.ts';
import { openGoldenDatabase } from './open-golden-database.ts';
import { readQuerySet } from './query-set.ts';
import { readValues } from './read-values.ts';

const folder = join(import.meta.dirname, 'query-sets');
const files = readdirSync(folder).sort();
const queries = files.flatMap((file) =>
  readQuerySet(readFileSync(join(folder, file), 'utf8')).map((query) => ({ file, ...query })),
);

let database: TestDatabase;
let catalog: Catalog;

beforeAll(async () => {
  database = await openGoldenDatabase();
  catalog = await loadCatalog(database.owner);
  await loadModule();
}, 60_000);

afterAll(async () => {
  await database.drop();
});

test.each(files)('%s is judged as the grammar says', (file) => {
  const settings = { strictJoin: true, declared: [] };
  const misses = judgeFile(join(folder, file), settings).filter((miss) => miss !== null);
  expect(misses).toEqual([]);
});

const rowLimit = 11;

/** Passes the gate and PostgreSQL's own grammar, and runs; the number of its rows. */
async function run(adql: string): Promise<number> {
  const translation = translate(adql, { catalog, language: 'ADQL-2.1', rowLimit });
  gateStatement(translation.statement, translation.uses);
  expect(parseSync(translation.statement.text).stmts).toHaveLength(1);
  return (await readValues(translation, database)).length;
}

async function answerTo(adql: string): Promise<'rows' | 'refused'> {
  try {
    await run(adql);
    return 'rows';
  } catch (error) {
    if (error instanceof AdqlError) return 'refused';
    throw error;
  }
}

const valid = queries.filter(({ isValid }) => isValid);

test.each(valid)('$file $uuid runs: $description', async ({ adql }) => {
  expect(await run(adql)).toBeLessThanOrEqual(rowLimit);
});

const invalid = queries.filter(({ isValid }) => !isValid);

test.each(invalid)('$file $uuid is refused or runs: $description', async ({ adql }) => {
  expect(await answerTo(adql)).toMatch(/^(rows|refused)$/);
});
