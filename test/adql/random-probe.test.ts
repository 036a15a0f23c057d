/**
 * Random queries, right in all their types, over the real catalogue and a table of every type: each is
 * translated, passes the gate, is what PostgreSQL's own grammar takes, has the types that its columns
 * declare, and runs. RANDOM_QUERIES=100000 runs so many; the default is for every day.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadModule, parseSync } from 'libpg-query';
import { type Catalog, sql, type SqlStatement, translate } from '../../adql/index.ts';
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

const count = Number(process.env['RANDOM_QUERIES'] ?? '300');

let database: TestDatabase;
let catalog: Catalog;
let tables: readonly Table[];

beforeAll(async () => {
  database = await openGoldenDatabase();
  await database.owner.execute(sql`DELETE FROM ivoa.obscore WHERE obs_publisher_did NOT IN
    (SELECT obs_publisher_did FROM ivoa.obscore ORDER BY obs_publisher_did LIMIT 10)`);
  catalog = await loadCatalog(database.owner);
  tables = tablesOf(catalog);
  await loadModule();
}, 60_000);

afterAll(async () => {
  await database.drop();
});

const language = 'ADQL-2.1';

/** What became of a query: the kinds of failure that its data may cause, or that it ran. */
async function outcomeOf(adql: string): Promise<string> {
  const { query } = parse(adql, { language });
  expect(withoutSpans(parse(print(query), { language }).query)).toEqual(withoutSpans(query));
  const translation = translate(adql, { catalog, language, rowLimit: 3 });
  const { statement, columns, uses } = translation;
  expect(parseSync(statement.text).stmts).toHaveLength(1);
  gateStatement(statement, uses);
  expect(await resultTypes(statement)).toEqual(columns.map(({ sqlType }) => sqlType));
  try {
    await readValues(translation, database);
    return 'ran';
  } catch (error) {
    if (error instanceof ServiceError && dataErrors.has(error.kind)) return error.kind;
    throw error;
  }
}

/** Numbers out of range, impossible latitudes, time: never the query's grammar, names or types. */
const dataErrors: ReadonlySet<string> = new Set(['data-error', 'query-timeout']);

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


test('probe', async () => {
  const tally = new Map<string, string[]>();
  let n = 0; const t0 = Date.now();
  let tGen = 0;
  await fc.assert(fc.asyncProperty(fc.gen(), async (generate) => {
    let adql = '?';
    let key: string;
    try {
      const b = performance.now();
      adql = writeQuery(drawFrom(generate), tables);
      tGen += performance.now() - b;
      key = await outcomeOf(adql);
    } catch (error) {
      const e = error as any;
      const c = e.cause as any;
      key = `${e.name} ${e.code ?? e.kind ?? ''} ${String(e.message).slice(0, 140)} | ${c?.code ?? ''} ${c?.message ?? c ?? ''}`.replace(/t\d+\./g, 't.');
    }
    n++;
    const list = tally.get(key) ?? [];
    list.push(adql); tally.set(key, list);
  }), { numRuns: count });
  const out = [...tally].sort((a, b) => b[1].length - a[1].length).map(([k, v]) => `${v.length} ${k}\n     ${v.sort((a, b) => a.length - b.length)[0]}`);
  (await import('node:fs')).writeFileSync('/tmp/h12-probe.txt', `${n} in ${Date.now() - t0} ms, gen ${tGen}\n` + out.join('\n') + '\n');
}, 3_000_000);
