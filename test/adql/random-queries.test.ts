/**
 * Random queries, right in all their types, over the real catalogue and a table of every type: each is
 * translated, passes the gate, is what PostgreSQL's own grammar takes, has the types that its columns
 * declare, and runs. RANDOM_QUERIES=100000 runs so many; the default is for every day. RANDOM_SEED=1
 * makes the same queries again.
 */
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadModule, parseSync } from 'libpg-query';
import {
  AdqlError,
  type Catalog,
  sql,
  type SqlStatement,
  translate,
  type Translation,
} from '../../adql/index.ts';
import { parse } from '../../adql/parse/parse.ts';
import { print } from '../../adql/parse/print.ts';
import { gateStatement } from '../../src/database/statement-gate.ts';
import { ServiceError } from '../../src/service-error.ts';
import { loadCatalog } from '../../src/tap-schema/load-catalog.ts';
import type { TestDatabase } from '../support/create-test-database.ts';
import { openGoldenDatabase } from './open-golden-database.ts';
import { prepare } from './prepared.ts';
import { drawFrom } from './random/draw.ts';
import { type Table, tablesOf } from './random/scope.ts';
import { writeQuery } from './random/write-query.ts';
import { readValues } from './read-values.ts';
import { withoutSpans } from './without-spans.ts';

let database: TestDatabase;
let catalog: Catalog;
let tables: readonly Table[];

beforeAll(async () => {
  database = await openGoldenDatabase();
  await database.owner.execute(sql`DELETE FROM ivoa.obscore WHERE obs_publisher_did NOT IN
    (SELECT obs_publisher_did FROM ivoa.obscore ORDER BY obs_publisher_did LIMIT 10)`);
  catalog = await loadCatalog(database.owner);
  tables = tablesOf(catalog);
  // Five tables side by side have as many rows as the product of theirs.
  await database.owner.execute(sql`DELETE FROM tap_schema.columns WHERE column_index > 2`);
  await loadModule();
}, 60_000);

afterAll(async () => {
  await database.drop();
});

const language = 'ADQL-2.1';

type Outcome = 'ran' | 'wrong-value' | 'data-error' | 'query-timeout';

/** In seconds: what is wrong with a statement shows before it runs. */
const longestRun = 2;

/** What became of a query; whatever is no outcome is thrown. */
async function outcomeOf(adql: string): Promise<Outcome> {
  const { query } = parse(adql, { language });
  expect(withoutSpans(parse(print(query), { language }).query)).toEqual(withoutSpans(query));
  const translation = translated(adql);
  if (translation === null) return 'wrong-value';
  const { statement, columns, uses } = translation;
  expect(parseSync(statement.text).stmts).toHaveLength(1);
  gateStatement(statement, uses);
  expect(await resultTypes(statement)).toEqual(columns.map(({ sqlType }) => sqlType));
  try {
    await readValues(translation, database, longestRun);
    return 'ran';
  } catch (error) {
    const kind = error instanceof ServiceError ? error.kind : null;
    if (kind === 'data-error' || kind === 'query-timeout') return kind;
    throw error;
  }
}

/** Null where a literal is impossible, as in CAST('x' AS INTEGER) or at latitude 95. */
function translated(adql: string): Translation | null {
  try {
    return translate(adql, { catalog, language, rowLimit: 3 });
  } catch (error) {
    if (error instanceof AdqlError && error.code === 'wrong-value') return null;
    throw error;
  }
}

async function resultTypes(statement: SqlStatement): Promise<readonly string[] | undefined> {
  return database.owner.transaction(async (session) => {
    await session.execute(prepare(statement));
    const [row] = await session.query<{ readonly types: readonly string[] }>(
      sql`SELECT CAST(result_types AS text[]) AS types FROM pg_prepared_statements`,
    );
    await session.execute(sql`DEALLOCATE translated`);
    return row?.types;
  });
}

const asked = process.env['RANDOM_QUERIES'];
const count = Number(asked ?? '300');
const seed = Number(process.env['RANDOM_SEED'] ?? randomInt(2 ** 31));

test(
  'PostgreSQL finds no fault with the translation of any query',
  async () => {
    const outcomes = { ran: 0, 'wrong-value': 0, 'data-error': 0, 'query-timeout': 0 };
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (generate) => {
        const adql = writeQuery(drawFrom(generate), tables);
        try {
          outcomes[await outcomeOf(adql)] += 1;
        } catch (cause) {
          throw new Error(adql, { cause });
        }
      }),
      // To make a long query shorter takes longer than thousands of others.
      { numRuns: count, seed, endOnFailure: asked !== undefined },
    );
    if (asked !== undefined) process.stderr.write(`${JSON.stringify({ seed, ...outcomes })}\n`);
    expect(outcomes.ran).toBeGreaterThan(count / 2);
  },
  60_000 + 500 * count,
);
