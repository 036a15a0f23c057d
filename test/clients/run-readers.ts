/**
 * `npm run test:readers`: every result format read back by readers that others wrote, and compared
 * with the database value by value. Needs `stilts`, `fitsverify` and `python3` with venv on the
 * PATH; what comes from PyPI is installed into `.clients/readers`. Ends with `N passed, N failed`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Sql } from '../../adql/index.ts';
import {
  type ConnectionSettings,
  startEmbedded,
} from '../../src/database/embedded/start-embedded.ts';
import { migrate } from '../../src/database/migrate.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import { packageRoot } from '../../src/package-root.ts';
import { startedService } from './started-service.ts';

const clients = join(packageRoot(), 'test', 'clients');
const environment = join(packageRoot(), '.clients', 'readers');
const python = join(environment, 'bin', 'python');
const tally = { passed: 0, failed: 0 };

installReaders();
const folder = mkdtempSync(join(tmpdir(), 'cloudtap-readers-'));
const server = await startEmbedded({ dataDirectory: folder, log: () => undefined });
try {
  await publishSpecimen(server.connection);
  const { host, port, user, database } = server.connection;
  const socket = encodeURIComponent(host);
  const login = `postgres://${user}@/${database}?host=${socket}&port=${String(port)}`;
  const service = await startedService({ DATABASE_URL: login, DATA_DIR: folder });
  try {
    await readBack(service.url, login);
  } finally {
    await service.stop();
  }
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(`${String(tally.passed)} passed, ${String(tally.failed)} failed\n`);
process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1;

/** A reader that is missing is a failure, not a check left out. */
function installReaders(): void {
  if (existsSync(python)) return;
  const wanted = join(clients, 'readers', 'requirements.txt');
  const venv = spawnSync('python3', ['-m', 'venv', environment], { stdio: 'inherit' });
  const pip = ['-m', 'pip', 'install', '-q', '-r', wanted];
  const installed = spawnSync(python, pip, { stdio: 'inherit' });
  if (venv.status === 0 && installed.status === 0) return;
  rmSync(environment, { recursive: true, force: true });
  throw new Error('The readers could not be installed: see above.');
}

async function publishSpecimen(connection: ConnectionSettings): Promise<void> {
  const specimen = readFileSync(join(clients, 'readers', 'specimen.sql'), 'utf8');
  const { owner, end } = await openDatabase({ owner: connection });
  await migrate(owner);
  await owner.execute(new Sql([{ kind: 'text', text: specimen }]));
  await end();
}

/** Prints each check as it ends; a script that dies before its last one ends with a code of its own. */
async function readBack(url: string, login: string): Promise<void> {
  const checks = spawn(python, [join(clients, 'readers', 'checks.py'), url, login], {
    env: { ...process.env, PYTHONPATH: clients },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((done) => checks.on('close', done));
  for await (const line of createInterface(checks.stdout)) {
    process.stdout.write(`${line}\n`);
    if (/^(not )?ok /.test(line)) tally[line.startsWith('ok ') ? 'passed' : 'failed'] += 1;
  }
  if ((await ended) !== 0 && tally.failed === 0) tally.failed += 1;
}
