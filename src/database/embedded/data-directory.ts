import { execFile } from 'node:child_process';
import {
  access,
  chmod,
  chown,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeFolder } from '../../make-folder.ts';
import { ServiceError } from '../../service-error.ts';
import { codeOf, messageOf, stderrOf } from '../error-fields.ts';
import { type Account, canReach, serviceUid } from './account.ts';
import type { Binaries } from './binaries.ts';

const run = promisify(execFile);

const majorVersion = '18';
const marker = 'cloudtap-data';
const unfinished = 'postgres-new-';

export const embeddedLogin = { user: 'cloudtap', database: 'postgres' } as const;

/** The folder of PostgreSQL's files inside the service's data directory. */
export function clusterOf(dataDirectory: string): string {
  return join(dataDirectory, 'postgres');
}

/**
 * Checks that the data directory is ours and whole at first sight, and makes the database at first
 * start. `initdb` works in a folder of another name and the finished one is renamed, so that a
 * start killed half-way leaves nothing that looks like a database.
 */
export async function prepareDataDirectory(
  dataDirectory: string,
  binaries: Binaries,
  account: Account,
): Promise<void> {
  const cluster = clusterOf(dataDirectory);
  try {
    await makeFolder(dataDirectory);
    await refuseForeign(dataDirectory);
    if (await exists(cluster)) await checkCluster(cluster, account);
    else await createCluster(dataDirectory, binaries, account);
  } catch (cause) {
    if (cause instanceof ServiceError) throw cause;
    throw unusable(dataDirectory, `cannot be used: ${reasonOf(cause)}`, cause);
  }
}

/**
 * The argument of -D, for a process whose working directory is the cluster: below a folder that the
 * account may not enter (/root) no path leads to the cluster, but Linux has a name for the working
 * directory itself.
 */
export async function dataArgument(cluster: string, account: Account): Promise<string> {
  if (await canReach(cluster, account)) return cluster;
  if (platform() === 'linux') return '/proc/self/cwd';
  throw unusable(
    cluster,
    `cannot be reached by the account that runs PostgreSQL (user id ${String(account.uid)})`,
  );
}

async function refuseForeign(dataDirectory: string): Promise<void> {
  if (!(await exists(join(dataDirectory, 'PG_VERSION')))) return;
  throw unusable(dataDirectory, 'holds a PostgreSQL database that cloudtap did not make');
}

async function checkCluster(cluster: string, account: Account): Promise<void> {
  const { uid } = await stat(cluster);
  const isTheirs = uid === (account.uid ?? (await serviceUid()));
  // Whoever is neither root nor the owner cannot look inside.
  const canLook = isTheirs || account.uid !== undefined;
  if (canLook && !(await exists(join(cluster, marker)))) {
    throw unusable(cluster, 'was not made by cloudtap');
  }
  if (!isTheirs) throw unusable(cluster, `belongs to another account (user id ${String(uid)})`);
  const version = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version === undefined) {
    throw unusable(cluster, 'is damaged: PG_VERSION is missing');
  }
  if (version.trim() !== majorVersion) {
    throw unusable(
      cluster,
      `was written by PostgreSQL ${version.trim()}, this cloudtap brings ${majorVersion}`,
    );
  }
}

async function createCluster(
  dataDirectory: string,
  binaries: Binaries,
  account: Account,
): Promise<void> {
  await removeUnfinished(dataDirectory);
  const fresh = await mkdtemp(join(dataDirectory, unfinished));
  await chmod(fresh, 0o700);
  if (account.uid !== undefined && account.gid !== undefined) {
    await chown(fresh, account.uid, account.gid);
  }
  const argument = await dataArgument(fresh, account);
  const options = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin'];
  options.push('--builtin-locale=C.UTF-8', '--auth=trust', `--username=${embeddedLogin.user}`);
  await run(binaries.initdb, ['-D', argument, ...options], { ...account, cwd: fresh, env: {} });
  await writeFile(join(fresh, marker), 'This database belongs to a cloudtap service.\n');
  await rename(fresh, clusterOf(dataDirectory));
}

async function removeUnfinished(dataDirectory: string): Promise<void> {
  for (const name of await readdir(dataDirectory)) {
    if (!name.startsWith(unfinished)) continue;
    await rm(join(dataDirectory, name), { recursive: true, force: true });
  }
}

/** A data directory that we leave alone, and what its owner can do. */
export function unusable(folder: string, what: string, cause?: unknown): ServiceError {
  return new ServiceError(
    'database-unavailable',
    `The data directory ${folder} ${what}. Set DATA_DIR to another directory (an empty one gets ` +
      'a new database), or DATABASE_URL to a PostgreSQL server of yours.',
    { cause },
  );
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    (error: unknown) => {
      if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return false;
      throw error;
    },
  );
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this account may not read or write it',
  EPERM: 'this account may not read or write it',
  EROFS: 'it lies on a read-only file system',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'it is a file',
  ENOENT: 'no folder can be made there',
};

function reasonOf(error: unknown): string {
  const known = reasons[codeOf(error)];
  if (known !== undefined) return known;
  const stderr = stderrOf(error);
  if (stderr.includes('No space left on device')) return 'the disk is full';
  return stderr === '' ? messageOf(error) : stderr.split('\n').slice(-3).join(' ');
}
