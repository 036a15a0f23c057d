/**
 * What no astronomer writes, through translator and gate: each query is accepted, or refused in words
 * with its place. `test/http/hostile-queries.test.ts` sends the same to a service.
 */
import { beforeAll, expect, test } from '@jest/globals';
import { loadModule, parseSync } from 'libpg-query';
import { AdqlError, explain, translate, type Translation } from '../../adql/index.ts';
import { gateStatement } from '../../src/database/statement-gate.ts';
import { catalogue } from './catalogue.ts';
import { forbiddenQueries } from './hostile-forbidden.ts';
import { longQueries } from './hostile-long.ts';
import type { HostileQuery } from './hostile-query.ts';
import { nestedQueries } from './hostile-nested.ts';
import { growingQueries, strangeCharacters } from './hostile-texts.ts';

beforeAll(async () => {
  await loadModule();
});

const hostileQueries: readonly HostileQuery[] = [
  ...longQueries,
  ...nestedQueries,
  ...growingQueries,
  ...strangeCharacters,
  ...forbiddenQueries,
];

test.each(hostileQueries.map(([name, ...rest]) => ({ name, rest })))('$name', ({ rest }) => {
  const [adql, answer] = rest;
  expect(answerTo(adql).slice(0, answer.length)).toBe(answer);
});

/** `accepted` by PostgreSQL's own grammar too, or the error's code and first line. */
function answerTo(adql: string): string {
  const translation = translated(adql);
  if (typeof translation === 'string') return translation;
  const { statement, uses } = translation;
  gateStatement(statement, uses);
  expect(parseSync(statement.text).stmts).toHaveLength(1);
  return 'accepted';
}

function translated(adql: string): Translation | string {
  try {
    return translate(adql, { catalog: catalogue, language: 'ADQL-2.1', rowLimit: 2001 });
  } catch (error) {
    if (!(error instanceof AdqlError)) throw error;
    return `${error.code}: ${explain(error, adql).split('\n')[0] ?? ''}`;
  }
}
