import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sql, value } from '../../adql/index.ts';
import { wordKeysOf } from '../../adql/compile/word-keys.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ content: 'schema' });
});
afterAll(() => database.drop());

const piece = fc.string({
  unit: fc.constantFrom('a', 'b', '1', 'é', '-', '_', '.', '/', ':', '+', ' '),
  maxLength: 8,
});

/** An identifier and a pattern that it matches: the same pieces with `%` or `_` between them. */
const match = fc
  .array(fc.tuple(piece, fc.constantFrom('', '%', '_'), piece), { minLength: 1, maxLength: 5 })
  .map((parts) => ({
    pattern: parts.map(([known, wildcard]) => known + wildcard).join(''),
    identifier: parts
      .map(([known, wildcard, unknown]) => known + hidden(wildcard, unknown))
      .join(''),
  }));

function hidden(wildcard: string, unknown: string): string {
  if (wildcard === '_') return unknown.slice(0, 1) || 'x';
  return wildcard === '%' ? unknown : '';
}

test('whatever matches a pattern has the keys of its whole words', async () => {
  const matches = fc.sample(match, 3000);
  const rows = await database.owner.query<{ keys: readonly string[]; matches: boolean }>(
    sql`SELECT to_json(adql.word_keys(m ->> 'identifier')) AS keys,
        textlike(m ->> 'identifier', m ->> 'pattern') AS matches
      FROM jsonb_array_elements(CAST(${value(JSON.stringify(matches), 'text')} AS jsonb)) AS m`,
  );
  const missed = matches.filter(({ pattern }, index) => {
    const keys = new Set(rows[index]?.keys);
    return rows[index]?.matches !== true || wordKeysOf(pattern).some((key) => !keys.has(key));
  });
  expect(missed).toEqual([]);
  expect(matches.some(({ pattern }) => wordKeysOf(pattern).length > 1)).toBe(true);
});
