import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readConfig } from '../src/config.ts';
import { packageRoot } from '../src/package-root.ts';
import { settings } from '../src/settings.ts';

test('without any setting the service is one for a newcomer', () => {
  expect(readConfig({ PATH: '/bin', HOST: '' })).toEqual({
    host: '127.0.0.1',
    port: 8080,
    baseUrl: null,
    dataDirectory: '.data',
    databaseUrl: null,
    readerDatabaseUrl: null,
    readerConnections: 16,
    slowReaderConnections: 200,
    spoolMaxBytes: 4_000_000_000,
    queueLength: 1000,
    queueWait: 60,
    syncQueriesPerClient: 256,
    queriesPerMinutePerClient: null,
    syncMaxCost: null,
    sample: true,
    maxrecDefault: 1_000_000,
    maxrecHard: 10_000_000,
    syncExecutionDuration: 60,
    jobSlots: 5,
    jobSlotsPerClient: 3,
    liveJobsPerClient: 5000,
    jobWaitLimit: 45,
    jobDurationDefault: 3600,
    jobDurationHard: 14_400,
    jobRetentionDefault: 604_800,
    jobRetentionHard: 2_592_000,
    resultsDirectory: null,
    resultsBucket: null,
    resultsPrefix: 'cloudtap/',
    resultsRegion: 'us-east-1',
    resultsEndpoint: null,
    resultsRedirect: false,
    uploadMaxBytes: 500_000_000,
    uploadMaxRows: 5_000_000,
    uploadPrivateAddresses: false,
    maxQueryBytes: 2_000_000,
    idleReaderTimeout: 60,
    proxyHops: 0,
    logLevel: 'info',
  });
});

test('a database of the operator gets few connections, and no sample unless asked for', () => {
  const DATABASE_URL = 'postgres://owner@localhost/archive';
  const { sample, slowReaderConnections } = readConfig({ DATABASE_URL });
  expect([sample, slowReaderConnections]).toEqual([false, 20]);
  expect(readConfig({ DATABASE_URL, SAMPLE: 'yes' }).sample).toBe(true);
});

test('a database behind a socket is a URL without a host', () => {
  const DATABASE_URL = 'postgres://owner@/archive?host=/run/postgresql';
  expect(readConfig({ DATABASE_URL }).databaseUrl).toBe(DATABASE_URL);
});

test('every wrong setting is told in a line of its own', () => {
  const environment = {
    PORT: '80800',
    BASE_URL: 'archive.org',
    MAXREC_HARD: 'many',
    SAMPLE: 'perhaps',
    LOG_LEVEL: 'loud',
    READER_CONNECTIONS: '0',
    DATABASE_URL: 'mysql://x/y',
  };
  expect(() => readConfig(environment)).toThrow(
    [
      'PORT=80800: must be at most 65535.',
      'BASE_URL=archive.org: must be a URL such as https://example.org/tap.',
      'DATABASE_URL=mysql://x/y: must be a URL such as postgres://user:password@host:5432/database.',
      'READER_CONNECTIONS=0: must be greater than 0.',
      'SAMPLE=perhaps: must be true or false.',
      'MAXREC_HARD=many: must be a whole number.',
      'LOG_LEVEL=loud: must be one of debug, info, warn, error, silent.',
    ].join('\n'),
  );
});

test('defaults are written as an operator would write them', () => {
  for (const { name, default: text } of Object.values(settings)) {
    expect([name, typeof (text ?? '')]).toEqual([name, 'string']);
  }
});

test('the table of README lists every setting with its default, unit and meaning', () => {
  const readme = readFileSync(join(packageRoot(), 'README.md'), 'utf8');
  const rows = Object.values(settings).map(({ name, default: text, description, unit }) => {
    const meaning = unit === undefined ? description : `${description} (${unit})`;
    return `| \`${name}\` | ${text === null ? '' : `\`${text}\``} | ${meaning} |`;
  });
  const table = ['| setting | default | what it does |', '| --- | --- | --- |', ...rows].join('\n');
  expect(readme).toContain(`\n${table}\n\n`);
});
