import { execFile } from 'node:child_process';
import { access, chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { type Account, chooseAccount } from '../src/database/embedded/account.ts';
import { clusterOf, embeddedLogin } from '../src/database/embedded/data-directory.ts';
import { startPostmaster } from '../src/database/embedded/postmaster.ts';
import { serverArguments, socketPort } from '../src/database/embedded/server-settings.ts';
import type { EmbeddedServer } from '../src/database/embedded/start-embedded.ts';

const run = promisify(execFile);

/** Where Debian and Ubuntu put PostgreSQL 15 and the two extensions of postgresql-15-pgsphere and -q3c. */
const installed = '/usr/lib/postgresql/15';
const extensions = ['pg_sphere.so', 'q3c.so'];

/** The catalogues with their indexes are larger than the cache of the embedded server: 11 GB. */
const ofAnArchive = ['-c', 'shared_buffers=2GB'];

/**
 * Starts Debian's PostgreSQL 15, the only one here with pgSphere and q3c, with the settings of the
 * embedded server and on data of its own, which is kept.
 * @returns null when the packages are not installed
 */
export async function startDebian(dataDirectory: string): Promise<EmbeddedServer | null> {
  const needed = [join(installed, 'bin', 'postgres'), ...extensions.map(libraryOf)];
  if (!(await Promise.all(needed.map(exists))).every(Boolean)) return null;
  const cluster = clusterOf(dataDirectory);
  const account = await chooseAccount(cluster);
  await mkdir(dataDirectory, { recursive: true });
  if (!(await exists(join(cluster, 'PG_VERSION')))) await createCluster(cluster, account);
  const socketDirectory = await folderFor(account);
  const postmaster = await startPostmaster({
    program: join(installed, 'bin', 'postgres'),
    arguments: ['-D', cluster, ...serverArguments(socketDirectory), ...ofAnArchive],
    cluster,
    account,
    log: () => undefined,
    onSpawn: () => undefined,
    onCrash: () => undefined,
    onExit: () => undefined,
  });
  const connection = { host: socketDirectory, port: socketPort, ...embeddedLogin };
  const stop = async (): Promise<void> => {
    // Else the server is cut off while it writes, and the next start takes minutes to recover.
    const client = new pg.Client(connection);
    await client.connect();
    await client.query('CHECKPOINT');
    await client.end();
    await postmaster.stop();
    await rm(socketDirectory, { recursive: true, force: true });
  };
  return { connection, stop };
}

function libraryOf(file: string): string {
  return join(installed, 'lib', file);
}

async function createCluster(cluster: string, account: Account): Promise<void> {
  await mkdir(cluster, { mode: 0o700 });
  await giveTo(account, cluster);
  const options = ['--encoding=UTF8', '--locale=C', '--auth=trust'];
  await run(
    join(installed, 'bin', 'initdb'),
    ['-D', cluster, ...options, `--username=${embeddedLogin.user}`],
    { ...account, cwd: cluster },
  );
}

/** A socket in /tmp: a path below the project may be too long for one. */
async function folderFor(account: Account): Promise<string> {
  const folder = await mkdtemp('/tmp/cloudtap-sky-');
  await chmod(folder, 0o700);
  await giveTo(account, folder);
  return folder;
}

async function giveTo({ uid, gid }: Account, folder: string): Promise<void> {
  if (uid !== undefined && gid !== undefined) await chown(folder, uid, gid);
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
