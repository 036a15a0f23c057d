import { execFile } from 'node:child_process';
import { mkdtemp, rmdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Who PostgreSQL's processes are. Empty: whoever runs the service. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * PostgreSQL refuses to run as root, so root lends it another account: the one that owns the data
 * already, else `nobody`.
 * @param cluster folder of the data, which need not exist yet
 */
export async function chooseAccount(cluster: string): Promise<Account> {
  if ((await serviceUid()) !== 0) return {};
  const owner = await stat(cluster).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return { uid: await idOf('-u'), gid: await idOf('-g') };
}

/** Our user id, seen on a folder that we made: works where the id has no entry in /etc/passwd. */
export async function serviceUid(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'cloudtap-'));
  try {
    return (await stat(folder)).uid;
  } finally {
    await rmdir(folder);
  }
}

/** May the account enter the folder, with all folders above it? */
export async function canReach(folder: string, account: Account): Promise<boolean> {
  const test = run('/bin/sh', ['-c', 'test -r "$1" && test -x "$1"', 'sh', folder], {
    ...account,
    cwd: '/',
  });
  return test.then(
    () => true,
    () => false,
  );
}

async function idOf(option: '-u' | '-g'): Promise<number> {
  const { stdout } = await run('id', [option, 'nobody']);
  return Number(stdout);
}
