/**
 * `npm run test:clients`: real clients against a started service on a fresh sample database.
 * Needs `stilts` and `python3` with venv on the PATH (`.ci/run` installs both); pyvo and
 * astroquery come from PyPI into `.clients/`. Ends with `N passed, N failed`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.ts';
import { stiltsChecks } from './stilts-checks.ts';
import { startedService } from './started-service.ts';

const root = packageRoot();
const clients = join(root, 'test', 'clients');
const python = join(root, '.clients', 'venv', 'bin', 'python');

const tally = { passed: 0, failed: 0 };

installPython();
const data = mkdtempSync(join(tmpdir(), 'cloudtap-clients-'));
const service = await startedService({ DATA_DIR: data });
try {
  await count('pyvo', [python, join(clients, 'pyvo_checks.py'), service.url]);
  await count('astroquery', [python, join(clients, 'astroquery_checks.py'), service.url]);
  for (const line of stiltsChecks(service.url, join(root, '.clients', 'taplint.txt'))) say(line);
} finally {
  await service.stop();
  rmSync(data, { recursive: true, force: true });
}
process.stdout.write(`${String(tally.passed)} passed, ${String(tally.failed)} failed\n`);
process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1;

function installPython(): void {
  if (existsSync(python)) return;
  const venv = spawnSync('python3', ['-m', 'venv', join(root, '.clients', 'venv')], {
    stdio: 'inherit',
  });
  const wanted = ['-m', 'pip', 'install', '-q', '-r', join(clients, 'requirements.txt')];
  const installed = spawnSync(python, wanted, { stdio: 'inherit' });
  if (venv.status !== 0 || installed.status !== 0)
    throw new Error('pyvo and astroquery could not be installed: see above.');
}

/** A client that dies before its first check is a failure of its own. */
async function count(client: string, [command = '', ...rest]: readonly string[]): Promise<void> {
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  await new Promise((done) => child.on('close', done));
  const lines = output.split('\n').filter((line) => /^(not )?ok /.test(line));
  if (lines.length === 0) say(`not ok ${client}: made no check`);
  lines.forEach(say);
}

function say(line: string): void {
  tally[line.startsWith('ok ') ? 'passed' : 'failed'] += 1;
  process.stdout.write(`${line}\n`);
}
