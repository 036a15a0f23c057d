/**
 * Every `golden/<topic>/*.adql` beside what becomes of it: `.sql` (statement, values, columns of the
 * answer) or `.error` (the text that clients see). The accepted ones run on the real database.
 * `npm run test:golden` rewrites the expectations; read the diff.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadModule, parseSync } from 'libpg-query';
import {
  AdqlError,
  type Catalog,
  explain,
  type OutputColumn,
  sql,
  type SqlStatement,
  translate,
  type Translation,
} from '../../adql/index.ts';
import { gateStatement } from '../../src/database/statement-gate.ts';
import { loadCatalog } from '../../src/tap-schema/load-catalog.ts';
import type { TestDatabase } from '../support/create-test-database.ts';
import { openGoldenDatabase } from './open-golden-database.ts';
import { prepare } from './prepared.ts';
import { readValues } from './read-values.ts';

const folder = join(import.meta.dirname, 'golden');
const queries = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.adql'))
  .sort();
const isUpdate = process.env['UPDATE_GOLDEN'] !== undefined;

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

test.each(queries)('%s', async (name) => {
  const file = join(folder, name);
  const adql = readFileSync(file, 'utf8').trimEnd();
  const outcome = outcomeOf(adql);
  if (isUpdate) rewrite(file, outcome);
  expect(outcome.text).toBe(readFileSync(goldenOf(file, outcome), 'utf8'));
  if (outcome.translation !== null) await run(outcome.translation);
});

interface Outcome {
  readonly text: string;
  readonly translation: Translation | null;
}

function goldenOf(file: string, { translation }: Pick<Outcome, 'translation'>): string {
  return file.replace(/adql$/, translation === null ? 'error' : 'sql');
}

function rewrite(file: string, outcome: Outcome): void {
  for (const extension of ['error', 'sql'])
    rmSync(file.replace(/adql$/, extension), { force: true });
  writeFileSync(goldenOf(file, outcome), outcome.text);
}

function outcomeOf(adql: string): Outcome {
  try {
    const translation = translate(adql, { catalog, language: 'ADQL-2.1', rowLimit: 2001 });
    return { text: describe(translation, adql), translation };
  } catch (error) {
    if (!(error instanceof AdqlError)) throw error;
    return { text: `${error.code}\n${explain(error, adql)}\n`, translation: null };
  }
}

/** The statement, its values, the FIELDs, the names for the gate and the warnings, as one reads them. */
function describe({ statement, columns, uses, warnings }: Translation, adql: string): string {
  const values = statement.values.map(
    (value, index) => `$${String(index + 1)} ${statement.types[index] ?? ''} = ${value ?? 'NULL'}`,
  );
  const lines = [
    ...values,
    ...columns.map(describeColumn),
    `uses ${[...uses.tables, ...uses.functions].join(', ')}`,
    ...warnings.map((warning) => `warning: ${explain(warning, adql)}`),
  ];
  const comments = lines.join('\n').split('\n');
  return `${statement.text}\n${comments.map((line) => `-- ${line}`).join('\n')}\n`;
}

function describeColumn(column: OutputColumn, index: number): string {
  const { name, sqlType, datatype, arraysize, xtype, unit, ucd } = column;
  const type = arraysize === null ? datatype : `${datatype}(${arraysize})`;
  const details = Object.entries({ xtype, unit, ucd }).flatMap(([key, value]) =>
    value === null ? [] : [`${key} ${value}`],
  );
  return [`c${String(index + 1)} ${name}: ${sqlType} -> ${type}`, ...details].join(', ');
}

/** Accepted by PostgreSQL's own grammar and by the gate, of exactly the declared types, and executable. */
async function run(translation: Translation): Promise<void> {
  const { statement, columns, uses } = translation;
  expect(parseSync(statement.text).stmts).toHaveLength(1);
  gateStatement(statement, uses);
  expect(await resultTypes(statement)).toEqual(columns.map(({ sqlType }) => sqlType));
  expect((await readValues(translation, database)).length).toBeLessThanOrEqual(2001);
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
