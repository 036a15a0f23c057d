/**
 * `npm run test:clients`: real clients against a started service on a fresh sample database.
 * Needs `stilts` and `python3` with venv on the PATH (`.ci/run` installs both); pyvo and
 * astroquery come from PyPI into `.clients/`, and so does a newer STILTS where the machine is a Debian.
 * Ends with `N passed, N failed`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.ts';
import { stiltsChecks } from './stilts-checks.ts';
import { startedMoto } from './started-moto.ts';
import { startedService } from './started-service.ts';

const root = packageRoot();
const clients = join(root, 'test', 'clients');
const python = join(root, '.clients', 'venv', 'bin', 'python');

const tally = { passed: 0, failed: 0 };

installPython();
const stilts = installStilts();
const data = mkdtempSync(join(tmpdir(), 'cloudtap-clients-'));
try {
  await checkClients();
  await checkS3();
} finally {
  rmSync(data, { recursive: true, force: true });
}
process.stdout.write(`${String(tally.passed)} passed, ${String(tally.failed)} failed\n`);
process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1;

async function checkClients(): Promise<void> {
  const service = await startedService({ DATA_DIR: data });
  try {
    await count('pyvo', [python, join(clients, 'pyvo_checks.py'), service.url]);
    await count('astroquery', [python, join(clients, 'astroquery_checks.py'), service.url]);
    const report = join(root, '.clients', 'taplint.txt');
    for (const line of stiltsChecks(service.url, stilts, report)) say(line);
  } finally {
    await service.stop();
  }
}

/** The same database, its results in a bucket. */
async function checkS3(): Promise<void> {
  const moto = await startedMoto(python);
  // The checks look into the bucket with the same keys.
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'clients', AWS_SECRET_ACCESS_KEY: 'secret' });
  const bucket = { RESULTS_S3_BUCKET: moto.bucket, RESULTS_S3_ENDPOINT: moto.url };
  try {
    const service = await startedService({ DATA_DIR: data, ...bucket, RESULTS_REDIRECT: 'true' });
    const checks = [python, join(clients, 's3_checks.py'), service.url, moto.url, moto.bucket];
    await count('S3', checks).finally(() => service.stop());
  } finally {
    await moto.stop();
  }
}

function installPython(): void {
  const venv = ['-m', 'venv', join(root, '.clients', 'venv')];
  if (!existsSync(python)) spawnSync('python3', venv, { stdio: 'inherit' });
  const wanted = ['-m', 'pip', 'install', '-q', '-r', join(clients, 'requirements.txt')];
  if (spawnSync(python, wanted, { stdio: 'inherit' }).status !== 0)
    throw new Error('pyvo and astroquery could not be installed: see above.');
}

/** How STILTS is called: the newest that can be had, else that of the system. */
function installStilts(): string {
  const folder = join(root, '.clients', 'stilts');
  const install = [join(clients, 'install-stilts.sh'), folder, python];
  const installed = spawnSync('sh', install, { stdio: 'inherit' });
  return installed.status === 0 ? join(folder, 'stilts') : 'stilts';
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
