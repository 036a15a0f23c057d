import { expect, test } from '@jest/globals';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { packageRoot } from '../../src/package-root.ts';
import { exampleQuery } from '../../src/tap/example-query.ts';
import { query, rowsOf } from '../http/talk.ts';

/** `cloudtap ...arguments` as a process of its own, from the sources. */
function cloudtap(
  commandLine: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): ChildProcessByStdio<null, Readable, Readable> {
  const main = join(packageRoot(), 'src', 'main.ts');
  return spawn(process.execPath, ['--import', 'tsx', main, ...commandLine], {
    cwd: packageRoot(),
    env: { ...process.env, LOG_LEVEL: 'warn', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** All that a process says, and its exit code. */
async function said(
  child: ChildProcessByStdio<null, Readable, Readable>,
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const [stdout, stderr] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code: child.exitCode, stdout, stderr };
}

test('a newcomer starts it, asks the query that it prints, and stops it', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'cloudtap-main-'));
  const child = cloudtap([], { DATA_DIR: dataDirectory, PORT: '0', HOST: '127.0.0.1' });
  const ended = said(child);
  const [first] = (await once(child.stdout, 'data')) as [Buffer];
  const url =
    /^cloudtap ready: (http:\/\/127\.0\.0\.1:\d+\/tap)\n/.exec(first.toString())?.[1] ?? '';
  const { body } = await query(url, { QUERY: exampleQuery });
  child.kill('SIGTERM');
  const { code, stdout, stderr } = await ended;
  await rm(dataDirectory, { recursive: true });
  expect([rowsOf(body).length, code, stderr]).toEqual([1289, 0, '']);
  expect(stdout).toContain(exampleQuery);
});

test('when its PostgreSQL dies it ends with code 1, for whoever starts it again', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'cloudtap-main-'));
  const settings = { DATA_DIR: dataDirectory, PORT: '0', SAMPLE: 'false' };
  const child = cloudtap([], settings);
  const ended = said(child);
  await once(child.stdout, 'data');
  const pidFile = await readFile(join(dataDirectory, 'postgres', 'postmaster.pid'), 'utf8');
  process.kill(Number(pidFile.split('\n')[0]), 'SIGQUIT');
  const { code, stderr } = await ended;
  // Its backends may still be ending.
  await rm(dataDirectory, { recursive: true, maxRetries: 20 });
  expect(code).toBe(1);
  expect(stderr).toContain('the embedded PostgreSQL ended by itself; start cloudtap again');
});

test.each([
  [
    ['serve'],
    { PORT: 'x', MAXREC_HARD: '-1' },
    'cloudtap: PORT=x: must be a whole number.\ncloudtap: MAXREC_HARD=-1: must be a whole number.\n',
  ],
  [
    ['serve'],
    { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' },
    'cloudtap: The database at 127.0.0.1:1 cannot be used: connect ECONNREFUSED 127.0.0.1:1. Check DATABASE_URL.\n',
  ],
  [
    ['tess-manifest', '--sectors', '99'],
    {},
    'cloudtap: Sectors "99": write numbers from 1 to 68, as in 1,5-7.\n',
  ],
])('%j with %j ends with a sentence and code 1', async (commandLine, settings, stderr) => {
  expect(await said(cloudtap(commandLine, settings as Record<string, string>))).toEqual({
    code: 1,
    stdout: '',
    stderr,
  });
});
