import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isNewerXtype, judgeTaplint } from './taplint.ts';

const seedQuery =
  "SELECT access_url, cloud_access, cloud_uri FROM ivoa.obscore WHERE obs_collection='TESS' " +
  "AND dataproduct_type='image' AND obs_id LIKE 'tess%-s0012-3-4%'";

const uploadQuery =
  'SELECT u.n, o.cloud_uri FROM TAP_UPLOAD.up1 AS u JOIN ivoa.obscore AS o ON o.obs_id = u.obs';

/**
 * STILTS asks the seed's query, uploads, and lints: the TAP code of TOPCAT.
 * @param command how it is called
 * @param reportFile where taplint's whole report is kept
 */
export function stiltsChecks(url: string, command: string, reportFile: string): readonly string[] {
  const stilts = (parameters: readonly string[]): string => run(command, parameters);
  const version = /STILTS version (\S+)/.exec(stilts(['-version']))?.[1] ?? 'of unknown version';
  const check = (name: string, judge: () => string | null): string =>
    checked(`stilts ${version}: ${name}`, judge);
  return [
    ...['sync=true', 'sync=false'].flatMap((mode) => [
      check(`tapquery ${mode} answers the seed query with 1289 S3 URIs`, () => {
        const csv = stilts(['tapquery', mode, `tapurl=${url}`, `adql=${seedQuery}`, 'ofmt=csv']);
        const rows = csv.trim().split('\n').slice(1);
        const found = rows.filter((row) => row.includes('s3://stpubdata/tess/public/ffi/s0012/'));
        return rows.length === 1289 && found.length === 1289 ? null : `${String(rows.length)} rows`;
      }),
      check(`tapquery ${mode} uploads a table`, () => upload(stilts, url, mode)),
    ]),
    check('taplint has nothing to say but what is named in test/clients/taplint.ts', () => {
      const report = stilts(['taplint', `tapurl=${url}`]);
      writeFileSync(reportFile, report);
      return judgeTaplint(report);
    }),
    check('tapquery shows the text of an error', () => {
      const mistake = 'adql=SELECT obs_idd FROM ivoa.obscore';
      const told = stilts(['tapquery', 'sync=true', `tapurl=${url}`, mistake]);
      return told.includes('Did you mean obs_id?') ? null : told;
    }),
    check('votlint finds no fault in an answer with every column', () => {
      const query = encodeURIComponent('SELECT TOP 100 * FROM ivoa.obscore');
      const report = stilts(['votlint', `votable=${url}/sync?LANG=ADQL&QUERY=${query}`]);
      const lines = report.split('\n').filter((line) => line !== '' && !line.startsWith('INFO '));
      const faults = lines.filter((line) => !isNewerXtype(line));
      return faults.length === 0 ? null : faults.join('\n');
    }),
  ];
}

/** Runs STILTS; gives what it printed, and its complaints when it failed. */
type Stilts = (parameters: readonly string[]) => string;

/** null when the one row that has a match comes back with its URI. */
function upload(stilts: Stilts, url: string, mode: string): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'cloudtap-stilts-'));
  try {
    const table = join(folder, 'mine.csv');
    writeFileSync(table, 'n,obs\n1,tess2019141105932-s0012-3-4-0144-s\n2,nowhere\n');
    const tables = ['nupload=1', 'upname1=up1', `upload1=${table}`, 'ufmt1=csv'];
    const query = ['tapquery', mode, `tapurl=${url}`, `adql=${uploadQuery}`, 'ofmt=csv', ...tables];
    const csv = stilts(query);
    return /^n,cloud_uri\n1,s3:\/\/stpubdata\/\S+\n$/.test(csv) ? null : csv;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `judge` returns null when all is well, else what it saw. */
function checked(name: string, judge: () => string | null): string {
  const problem = judge();
  return problem === null
    ? `ok ${name}`
    : `not ok ${name}: ${problem.replaceAll('\n', ' | ').slice(0, 500)}`;
}

function run(command: string, parameters: readonly string[]): string {
  const ended = spawnSync(command, parameters, { maxBuffer: 64 * 1024 * 1024 });
  if (ended.error !== undefined) throw ended.error;
  return ended.stdout.toString() + (ended.status === 0 ? '' : ended.stderr.toString());
}
