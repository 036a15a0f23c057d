import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { OutputColumn, SqlType } from '../adql/index.ts';
import { type Account, chooseAccount } from '../src/database/embedded/account.ts';
import type {
  ConnectionSettings,
  EmbeddedServer,
} from '../src/database/embedded/start-embedded.ts';
import { startDebian } from './sky-server.ts';

const run = promisify(execFile);

/** A running DaCHS with one table. */
export interface StartedDachs {
  /** TAP base. */
  readonly url: string;
  readonly processId: number;
  /** The table, as ADQL names it. */
  readonly table: string;
  readonly stop: () => Promise<void>;
}

/** What DaCHS shall publish: the first rows of cloudtap's ivoa.obscore. */
export interface PeerCatalogue {
  readonly server: ConnectionSettings;
  /** Those of `SELECT *`. */
  readonly columns: readonly OutputColumn[];
  readonly rows: number;
}

/** @returns null where there is no `dachs` */
export async function dachsVersion(): Promise<string | null> {
  const found = await run('sh', ['-c', 'command -v dachs']).catch(() => null);
  if (found === null) return null;
  const query = ['--show', '--showformat=${Version}', 'python3-gavo'];
  return (await run('dpkg-query', query).catch(() => ({ stdout: '' }))).stdout;
}

const port = 18_443;
const database = 'gavo';
const table = 'peer.obscore';

/**
 * Makes a DaCHS in the folder, with Debian's PostgreSQL 15 and pgSphere for itself, copies the
 * catalogue over and starts it.
 * @param folder empty; whoever made it removes it
 */
export async function startDachs(folder: string, catalogue: PeerCatalogue): Promise<StartedDachs> {
  // Neither PostgreSQL nor DaCHS may be root; their account passes through here.
  await chmod(folder, 0o711);
  const server = await startDebian(join(folder, 'database'));
  if (server === null) throw new Error('DaCHS needs postgresql-15-pgsphere and postgresql-15-q3c');
  try {
    const dachs = await prepare(folder, server.connection);
    await publish(dachs, catalogue, { ...server.connection, database });
    return await serve(dachs, server);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** How its commands are run. */
interface Dachs {
  readonly root: string;
  readonly options: Account & { readonly cwd: string; readonly env: NodeJS.ProcessEnv };
}

/** Its folders, settings and system tables. */
async function prepare(folder: string, server: ConnectionSettings): Promise<Dachs> {
  const account = await chooseAccount(join(folder, 'database', 'postgres'));
  const root = join(folder, 'dachs');
  await mkdir(root);
  if (account.uid !== undefined && account.gid !== undefined) {
    await chown(root, account.uid, account.gid);
  }
  const group = (await run('id', ['-gn'], account)).stdout.trim();
  const GAVOSETTINGS = join(folder, 'gavo.rc');
  await writeFile(GAVOSETTINGS, settingsOf(root, group));
  const env = { PATH: process.env['PATH'], HOME: root, LANG: 'C.UTF-8', GAVOSETTINGS };
  const options = { ...account, cwd: root, env };
  await run('psql', ['-Xqc', `CREATE DATABASE ${database} ENCODING UTF8`, dsnOf(server)]);
  await run('dachs', ['init', '-d', dsnOf({ ...server, database })], options);
  return { root, options };
}

/** The limits of rows and time are raised above all that is measured; the rest is as it comes. */
function settingsOf(root: string, group: string): string {
  return `[general]
rootDir: ${root}
gavoGroup: ${group}
group: ${group}
[web]
serverURL: http://127.0.0.1:${String(port)}
serverPort: ${String(port)}
[async]
hardMAXREC: 20000000
defaultExecTimeSync: 600
[ivoa]
authority: x-cloudtap.bench
`;
}

function dsnOf({ host, port, user, database }: ConnectionSettings): string {
  return `host=${host} port=${String(port)} user=${user} dbname=${database}`;
}

async function publish(
  { root, options }: Dachs,
  { server, columns, rows }: PeerCatalogue,
  target: ConnectionSettings,
): Promise<void> {
  const folder = join(root, 'inputs', 'peer');
  await mkdir(folder);
  await writeFile(join(folder, 'q.rd'), resourceDescriptor(columns));
  await run('dachs', ['imp', 'peer/q'], options);
  const names = columns.map(({ name }) => name).join(', ');
  const from = `COPY (SELECT ${names} FROM ivoa.obscore LIMIT ${String(rows)}) TO STDOUT`;
  const to = `COPY ${table} (${names}) FROM STDIN`;
  const pipe = 'psql -Xqc "$1" "$2" | psql -Xqc "$3" "$4"';
  await run('bash', ['-o', 'pipefail', '-c', pipe, '', from, dsnOf(server), to, dsnOf(target)]);
  await run('psql', ['-Xqc', `VACUUM ANALYZE ${table}`, dsnOf(target)]);
}

/** The index is what a publisher would ask for. */
function resourceDescriptor(columns: readonly OutputColumn[]): string {
  const elements = columns.map(({ name, sqlType }) => {
    return `    <column name="${name}" type="${typeOf(sqlType)}" required="False"/>`;
  });
  return `<resource schema="peer">
  <meta name="title">Images with cloud locations</meta>
  <meta name="creationDate">2026-01-01T00:00:00Z</meta>
  <meta name="description">The catalogue of cloudtap's benchmarks</meta>
  <meta name="creator">cloudtap</meta>
  <table id="obscore" onDisk="True" adql="True">
    <index columns="obs_id"/>
${elements.join('\n')}
  </table>
  <data id="import"><sources/><nullGrammar/><make table="obscore"/></data>
</resource>
`;
}

/** DaCHS knows no jsonb (cloud_access), and only the short name of a timestamp. */
function typeOf(sqlType: SqlType): string {
  if (sqlType === 'jsonb') return 'text';
  return sqlType.replace(' without time zone', '');
}

/** Starts the service; it is ready when it tells what it can do. */
async function serve({ options }: Dachs, server: EmbeddedServer): Promise<StartedDachs> {
  const child = spawn('dachs', ['serve', 'start', '--foreground'], { ...options, stdio: 'ignore' });
  const ended = once(child, 'close');
  const url = `http://127.0.0.1:${String(port)}/tap`;
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    await server.stop();
  };
  for (let tries = 0; tries < 300; tries += 1) {
    const answer = await fetch(`${url}/capabilities`).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok === true) return { url, processId: child.pid ?? 0, table, stop };
    await delay(100);
  }
  child.kill('SIGTERM');
  throw new Error('DaCHS did not answer within half a minute');
}
