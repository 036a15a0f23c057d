/** What no query may reach: other statements, system tables and columns, dangerous functions. */
import { type HostileQuery, select, where } from './hostile-query.ts';

const { raw } = String;

export const forbiddenQueries: readonly HostileQuery[] = [
  [
    'a second statement',
    where("obs_id = 'a'; DROP TABLE ivoa.obscore"),
    'syntax: Line 1, column 53: Only one query can be asked at a time: nothing may follow',
  ],
  [
    'DROP',
    'DROP TABLE ivoa.obscore',
    'syntax: Line 1, column 1: A query begins with SELECT (or WITH). DROP is refused: data',
  ],
  [
    'COPY',
    "COPY ivoa.obscore TO PROGRAM 'id'",
    'syntax: Line 1, column 1: Expected SELECT, but found COPY.',
  ],
  [
    'SET',
    'SET statement_timeout = 0',
    'syntax: Line 1, column 1: A query begins with SELECT (or WITH). SET is refused: data',
  ],
  [
    'SELECT INTO',
    'SELECT * INTO mine FROM ivoa.obscore',
    'syntax: Line 1, column 10: ADQL cannot write: leave INTO out and save the answer.',
  ],
  [
    'FOR UPDATE',
    'SELECT * FROM ivoa.obscore FOR UPDATE',
    'reserved-word: Line 1, column 28: FOR is a reserved word of ADQL: as a name, write it',
  ],
  [
    'a system catalogue',
    'SELECT * FROM pg_catalog.pg_authid',
    'unknown-table: Line 1, column 15: No table "pg_catalog.pg_authid". TAP_SCHEMA.tables',
  ],
  [
    'a system view',
    'SELECT * FROM pg_stat_activity',
    'unknown-table: Line 1, column 15: No table "pg_stat_activity". TAP_SCHEMA.tables lists',
  ],
  [
    'another schema',
    'SELECT * FROM cloudtap.migration',
    'unknown-table: Line 1, column 15: No table "cloudtap.migration". TAP_SCHEMA.tables',
  ],
  [
    'the jobs of others',
    'SELECT * FROM uws.job',
    'unknown-table: Line 1, column 15: No table "uws.job". TAP_SCHEMA.tables lists all',
  ],
  [
    'information_schema',
    'SELECT * FROM information_schema.tables',
    'unknown-table: Line 1, column 15: No table "information_schema.tables".',
  ],
  ['ctid', select('ctid'), 'unknown-column: Line 1, column 8: No column "ctid" in ivoa.obscore.'],
  ['xmin', select('xmin'), 'unknown-column: Line 1, column 8: No column "xmin" in ivoa.obscore.'],
  [
    'tableoid',
    select('tableoid'),
    'unknown-column: Line 1, column 8: No column "tableoid" in ivoa.obscore.',
  ],
  [
    'a whole row',
    select('obscore'),
    'unknown-column: Line 1, column 8: No column "obscore" in ivoa.obscore.',
  ],
  [
    'a cast to regclass',
    select("CAST('pg_authid' AS regclass)"),
    'syntax: Line 1, column 28: CAST takes one of the types SMALLINT, INTEGER, BIGINT, REAL,',
  ],
  [
    'a PostgreSQL cast',
    where('obs_id::regclass = 1'),
    'syntax: Line 1, column 45: ADQL has no :: casts: write CAST(value AS TYPE).',
  ],
  [
    'dollar quotes',
    where('obs_id = $$a$$'),
    'syntax: Line 1, column 48: ADQL has no parameters: write the value itself. A name with',
  ],
  [
    'a placeholder',
    where('obs_id = $1'),
    'syntax: Line 1, column 48: ADQL has no parameters: write the value itself. A name with',
  ],
  [
    'an escape string',
    where(raw`obs_id = E'a\'b'`),
    'syntax: Line 1, column 49: Expected an operator, AND, OR, GROUP BY, HAVING, INTERSECT,',
  ],
  ['a backslash before a quote', where(raw`obs_id = 'a\' OR obs_id = ' OR 1=1 '`), 'accepted'],
  [
    'a Unicode string',
    where(raw`obs_id = U&'\0061'`),
    'syntax: Line 1, column 49: ADQL has no bit operators; conditions are combined with AND.',
  ],
  [
    'a Unicode name',
    raw`SELECT U&"\0070g_authid" FROM ivoa.obscore`,
    'syntax: Line 1, column 9: ADQL has no bit operators; conditions are combined with AND.',
  ],
  [
    'a name with quotes inside',
    'SELECT "obs_id"" FROM pg_authid --" FROM ivoa.obscore',
    'unknown-column: Line 1, column 8: No column "obs_id" FROM pg_authid --" in',
  ],
  [
    'an alias with quotes inside',
    'SELECT obs_id AS "x"", pg_sleep(9) AS ""y" FROM ivoa.obscore',
    'accepted',
  ],
  ['a comment in place of a condition', where("obs_id = 'a' -- AND 1 = 0"), 'accepted'],
  [
    'a block comment',
    where("obs_id = 'a' /* x */"),
    'syntax: Line 1, column 52: ADQL has no /* */ comments: a comment begins with -- and',
  ],
  [
    'an operator by its schema',
    where('s_ra OPERATOR(pg_catalog.=) 1'),
    'syntax: Line 1, column 44: Expected an operator, a comparison such as =, IS NULL,',
  ],
  [
    'a regular expression',
    where("obs_id ~ '(a+)+b'"),
    'syntax: Line 1, column 46: ADQL has no regular expressions: use LIKE with the wildcards',
  ],
  [
    'pg_sleep',
    select('pg_sleep(10)'),
    'unknown-function: Line 1, column 8: No function "pg_sleep".',
  ],
  [
    'pg_sleep in quotes',
    select('"pg_sleep"(10)'),
    'syntax: Line 1, column 8: The name of a function stands without quotes.',
  ],
  [
    'pg_sleep with its schema',
    select('pg_catalog.pg_sleep(10)'),
    'syntax: Line 1, column 8: The name of a function stands alone, without a schema.',
  ],
  [
    'lo_import',
    select("lo_import('/etc/passwd')"),
    'unknown-function: Line 1, column 8: No function "lo_import".',
  ],
  [
    'pg_read_file',
    select("pg_read_file('/etc/passwd')"),
    'unknown-function: Line 1, column 8: No function "pg_read_file".',
  ],
  [
    'dblink',
    select("dblink('host=a', 'SELECT 1')"),
    'unknown-function: Line 1, column 8: No function "dblink".',
  ],
  [
    'set_config',
    select("set_config('statement_timeout', '0', false)"),
    'unknown-function: Line 1, column 8: No function "set_config".',
  ],
  [
    'current_setting',
    select("current_setting('data_directory')"),
    'unknown-function: Line 1, column 8: No function "current_setting".',
  ],
  [
    'pg_cancel_backend',
    select('pg_cancel_backend(1)'),
    'unknown-function: Line 1, column 8: No function "pg_cancel_backend".',
  ],
  [
    'pg_advisory_lock',
    select('pg_advisory_lock(1)'),
    'unknown-function: Line 1, column 8: No function "pg_advisory_lock".',
  ],
  [
    'query_to_xml',
    select("query_to_xml('SELECT 1', true, true, '')"),
    'unknown-function: Line 1, column 8: No function "query_to_xml".',
  ],
  ['nextval', select("nextval('a')"), 'unknown-function: Line 1, column 8: No function "nextval".'],
  [
    'repeat',
    select("repeat('a', 1000000000)"),
    'unknown-function: Line 1, column 8: No function "repeat".',
  ],
  [
    'LPAD',
    select("LPAD('a', 1000000000, 'b')"),
    'unknown-function: Line 1, column 8: No function "LPAD".',
  ],
  [
    'generate_series',
    'SELECT * FROM generate_series(1, 1000000000)',
    'syntax: Line 1, column 15: ADQL has neither LATERAL nor functions that give tables.',
  ],
  [
    'generate_series as a value',
    select('generate_series(1, 1000000000)'),
    'unknown-function: Line 1, column 8: No function "generate_series". ADQL has no',
  ],
  [
    'a function of the translator',
    select('adql.log(1)'),
    'reserved-word: Line 1, column 13: ADQL has no function LOG, which is a reserved word.',
  ],
  [
    'a function of JavaScript',
    select('constructor(1)'),
    'unknown-function: Line 1, column 8: No function "constructor".',
  ],
  [
    'a table of JavaScript',
    'SELECT 1 AS x FROM __proto__',
    'syntax: Line 1, column 20: A name without quotes begins with a letter A-Z and holds',
  ],
  [
    'a column of JavaScript',
    'SELECT __proto__ FROM ivoa.obscore',
    'syntax: Line 1, column 8: A name without quotes begins with a letter A-Z and holds only',
  ],
];
