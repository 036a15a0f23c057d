/**
 * What PostgreSQL itself refuses to the reader, on the very connections that run users' queries: the
 * last wall, behind the translator and the gate, both of which know none of these statements.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from '../../adql/index.ts';
import { type ServiceError } from '../../src/service-error.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(async () => {
  await database.drop();
});

/** PostgreSQL's own message; the time limit's, or 'answered'. */
async function answerTo(text: string): Promise<string> {
  const { signal } = new AbortController();
  const options = { wireFormats: ['text'], signal, executionDuration: 1 } as const;
  try {
    for await (const batch of database.readRows({ text, values: [], types: [] }, options)) {
      if (batch.isLast) break;
    }
    return 'answered';
  } catch (error) {
    const { kind, cause } = error as ServiceError;
    return kind === 'query-timeout' ? kind : (cause as Error).message;
  }
}

test.each([
  ['SELECT count(*) FROM ivoa.obscore', 'answered'],

  // to write
  [
    `INSERT INTO ivoa.obscore (obs_id) VALUES ('x')`,
    'cannot execute INSERT in a read-only transaction',
  ],
  ['DELETE FROM ivoa.obscore', 'cannot execute DELETE in a read-only transaction'],
  ['SELECT obs_id FROM ivoa.obscore FOR UPDATE', 'cannot execute SELECT FOR UPDATE in a read-only'],
  [
    'SELECT obs_id INTO mine FROM ivoa.obscore',
    'cannot execute SELECT INTO in a read-only transaction',
  ],
  ['CREATE TEMP TABLE mine ()', 'cannot execute CREATE TABLE in a read-only transaction'],
  ['CREATE SCHEMA mine', 'cannot execute CREATE SCHEMA in a read-only transaction'],
  [
    'CREATE FUNCTION adql.f() RETURNS int LANGUAGE sql AS $$SELECT 1$$',
    'cannot execute CREATE FUNCTION in a read-only transaction',
  ],
  ['ALTER ROLE cloudtap_reader SUPERUSER', 'cannot execute ALTER ROLE in a read-only transaction'],
  [
    `DO $$ BEGIN DELETE FROM ivoa.obscore; END $$`,
    'cannot execute DELETE in a read-only transaction',
  ],
  ['TRUNCATE ivoa.obscore', 'cannot execute TRUNCATE TABLE in a read-only transaction'],

  // to read what is not published
  ['SELECT * FROM uws.job', 'permission denied for schema uws'],
  ['SELECT * FROM cloudtap.migration', 'permission denied for schema cloudtap'],
  ['SELECT * FROM pg_catalog.pg_authid', 'permission denied for table pg_authid'],
  ['SELECT * FROM pg_catalog.pg_statistic', 'permission denied for table pg_statistic'],
  ['SELECT * FROM pg_catalog.pg_file_settings', 'permission denied for view pg_file_settings'],
  [
    'SELECT query FROM pg_catalog.pg_stat_activity',
    'permission denied for function pg_stat_get_activity',
  ],

  // to reach files, other servers, other sessions
  [`SELECT pg_read_file('/etc/passwd')`, 'permission denied for function pg_read_file'],
  [`SELECT pg_ls_dir('/')`, 'permission denied for function pg_ls_dir'],
  [`SELECT lo_import('/etc/passwd')`, 'permission denied for function lo_import'],
  ['SELECT lo_create(0)', 'permission denied for function lo_create'],
  [`COPY ivoa.obscore TO PROGRAM 'id'`, 'permission denied to COPY to or from an external program'],
  [`COPY ivoa.obscore TO '/tmp/x'`, 'permission denied to COPY to a file'],
  ['CREATE EXTENSION dblink', 'cannot execute CREATE EXTENSION in a read-only transaction'],
  [`SELECT dblink('host=a', 'SELECT 1')`, 'function dblink(unknown, unknown) does not exist'],
  ['SELECT pg_terminate_backend(1)', 'permission denied for function pg_terminate_backend'],
  ['SELECT pg_reload_conf()', 'permission denied for function pg_reload_conf'],
  ['SELECT pg_advisory_lock(1)', 'permission denied for function pg_advisory_lock'],
  [`SELECT pg_notify('uws', 'x')`, 'permission denied for function pg_notify'],

  // to run longer, or as another
  ['SELECT pg_sleep(10)', 'permission denied for function pg_sleep'],
  [
    `SELECT set_config('statement_timeout', '0', false)`,
    'permission denied for function set_config',
  ],
  [
    `SELECT query_to_xml('SELECT 1', true, true, '')`,
    'permission denied for function query_to_xml',
  ],
  ['SET ROLE cloudtap', 'permission denied to set role "cloudtap"'],
  [
    'SET SESSION AUTHORIZATION cloudtap',
    'permission denied to set session authorization "cloudtap"',
  ],

  // endless
  ['SELECT count(*) FROM generate_series(1, 1000000000000)', 'query-timeout'],
  ['SELECT count(*) FROM ivoa.obscore a, ivoa.obscore b, ivoa.obscore c', 'query-timeout'],
  [`SELECT repeat('x', 2000000000)`, 'requested length too large'],
  [`SELECT lpad('x', 2000000000, 'y')`, 'requested length too large'],
])('%s: %s', async (text, answer) => {
  expect((await answerTo(text)).slice(0, answer.length)).toBe(answer);
});

test('all of it has changed nothing', async () => {
  const rows = await database.owner.query(
    sql`SELECT CAST(count(*) AS integer) AS images FROM ivoa.obscore`,
  );
  expect(rows).toEqual([{ images: 20_624 }]);
});
