import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Account, canReach, chooseAccount } from './account.ts';
import { prepareBinaries } from './binaries.ts';
import { clusterOf, dataArgument, embeddedLogin, prepareDataDirectory } from './data-directory.ts';
import { startPostmaster } from './postmaster.ts';
import { waitForPredecessor } from './predecessor.ts';
import { serverArguments, socketPort } from './server-settings.ts';
import { startWatchdog } from './watchdog.ts';

export interface EmbeddedOptions {
  /** Made when it is not there; the database lies in its folder `postgres`. */
  readonly dataDirectory: string;
  /** Hears each line that PostgreSQL logs. */
  readonly log: (line: string) => void;
  /** The server ended by itself: whoever serves from it has to end, and be started again. */
  readonly onCrash?: () => void;
}

/** Where a PostgreSQL server listens, and who logs in. */
export interface ConnectionSettings {
  /** A host name, or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

export interface EmbeddedServer {
  readonly connection: ConnectionSettings;
  /** Ends the server in less than 3 s; open connections are cut. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts the PostgreSQL that comes with cloudtap, on a Unix socket that only this account (and
 * root) can reach. It ends with the service, however that ends.
 * @throws ServiceError that names the data directory and the cure
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const dataDirectory = resolve(options.dataDirectory);
  const cluster = clusterOf(dataDirectory);
  const account = await chooseAccount(cluster);
  const binaries = await prepareBinaries(account);
  await prepareDataDirectory(dataDirectory, binaries, account);
  await waitForPredecessor(cluster);

  const socketDirectory = await createSocketDirectory(account);
  const removeSocket = (): Promise<void> => rm(socketDirectory, { recursive: true, force: true });
  const watchdog = await startWatchdog(socketDirectory, account);
  try {
    const data = await dataArgument(cluster, account);
    const postmaster = await startPostmaster({
      program: binaries.postgres,
      arguments: ['-D', data, ...serverArguments(socketDirectory)],
      cluster,
      account,
      log: options.log,
      onSpawn: watchdog.guard,
      onCrash: options.onCrash ?? (() => undefined),
      onExit: watchdog.dismiss,
    });
    const connection = { host: socketDirectory, port: socketPort, ...embeddedLogin };
    return { connection, stop: () => postmaster.stop().then(removeSocket) };
  } catch (error) {
    await removeSocket();
    throw error;
  }
}

/** A socket's path has room for 103 bytes (macOS), of which its file name takes 15. */
const maxSocketDirectory = 85;

async function createSocketDirectory(account: Account): Promise<string> {
  const usual = join(tmpdir(), 'cloudtap-');
  const fits = usual.length + 6 <= maxSocketDirectory && (await canReach(tmpdir(), account));
  const folder = await mkdtemp(fits ? usual : '/tmp/cloudtap-');
  await chmod(folder, 0o700);
  if (account.uid !== undefined && account.gid !== undefined) {
    await chown(folder, account.uid, account.gid);
  }
  return folder;
}
