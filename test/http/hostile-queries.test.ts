import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { forbiddenQueries } from '../adql/hostile-forbidden.ts';
import { longQueries } from '../adql/hostile-long.ts';
import { nestedQueries } from '../adql/hostile-nested.ts';
import { type HostileQuery, list } from '../adql/hostile-query.ts';
import { growingQueries, strangeCharacters } from '../adql/hostile-texts.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { type ServiceProcess, startServiceProcess } from '../support/service-process.ts';
import { errorOf, post, statusesOf } from './talk.ts';

let database: TestDatabase;
let service: ServiceProcess;

beforeAll(async () => {
  database = await createTestDatabase();
  const { host, port, user, database: name } = database.connection;
  service = await startServiceProcess({
    DATABASE_URL: `postgres://${user}@/${name}?host=${encodeURIComponent(host)}&port=${String(port)}`,
    SYNC_EXECUTION_DURATION: '1',
    MAX_QUERY_BYTES: '10000000',
  });
});

afterAll(async () => {
  await service.stop();
  await database.drop();
});

/** Right as ADQL, and more than any database computes. */
const endlessQueries: readonly HostileQuery[] = [
  [
    'a CROSS JOIN of 8 trillion rows',
    'SELECT COUNT(*) AS n FROM ivoa.obscore AS a CROSS JOIN ivoa.obscore AS b CROSS JOIN ivoa.obscore AS c',
    'accepted',
  ],
  [
    'a join of 190 tables',
    `SELECT s_ra FROM ivoa.obscore AS t0 ${list(190, (i) => `JOIN ivoa.obscore AS t${String(i + 1)} USING (s_ra)`, ' ')}`,
    'accepted',
  ],
  [
    'a table doubled 60 times',
    `WITH a0 AS (SELECT s_ra FROM ivoa.obscore), ${list(60, (i) => `a${String(i + 1)} AS (SELECT * FROM a${String(i)} UNION ALL SELECT * FROM a${String(i)})`)} SELECT COUNT(*) AS n FROM a60`,
    'accepted',
  ],
];

/** A form is UTF-8, which has no half pairs. */
const isWellFormed = ([, adql]: HostileQuery): boolean => !/\p{Surrogate}/u.test(adql);

const hostileQueries: readonly HostileQuery[] = [
  ...endlessQueries,
  ...longQueries,
  ...nestedQueries,
  ...growingQueries,
  ...strangeCharacters.filter(isWellFormed),
  ...forbiddenQueries,
];

async function send(adql: string): Promise<string> {
  const parameters = { LANG: 'ADQL', QUERY: adql, MAXREC: '1' };
  const { status, body } = await post(`${service.url}/sync`, parameters);
  return `${String(status)} ${unescaped(errorOf(body) ?? statusesOf(body).join())}`;
}

const accepted = hostileQueries.filter(([, , answer]) => answer === 'accepted');
const refused = hostileQueries.filter(([, , answer]) => answer !== 'accepted');
const named = ([name, adql, answer]: HostileQuery): {
  name: string;
  adql: string;
  answer: string;
} => ({
  name,
  adql,
  answer,
});

test.each(accepted.map(named))('$name: rows, or the end of its time', async ({ adql }) => {
  expect(await send(adql)).toMatch(
    /^(200 OK(,OVERFLOW)?$|400 The query was stopped: |400 This query is too large for the database: )/,
  );
});

test.each(refused.map(named))('$name: refused in words', async ({ adql, answer }) => {
  const begin = `400 ${answer.slice(answer.indexOf(': ') + 2)}`;
  expect((await send(adql)).slice(0, begin.length)).toBe(begin);
});

function unescaped(xml: string): string {
  return xml
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

test('behind all of them the service answers, and holds less than 300 MB', async () => {
  expect(await send('SELECT COUNT(*) AS n FROM ivoa.obscore')).toBe('200 OK');

  const size = execFileSync('ps', ['-o', 'rss=', '-p', String(service.processId)]);
  expect(Number(size.toString()) * 1024).toBeLessThan(300e6);
});
