import { spawnSync } from 'node:child_process';

const seedQuery =
  "SELECT access_url, cloud_access, cloud_uri FROM ivoa.obscore WHERE obs_collection='TESS' " +
  "AND dataproduct_type='image' AND obs_id LIKE 'tess%-s0012-3-4%'";

/** STILTS asks the seed's query and reads metadata: the TAP code of TOPCAT. */
export function stiltsChecks(url: string): readonly string[] {
  return [
    check('tapquery sync answers the seed query with 1289 S3 URIs', () => {
      const csv = stilts([
        'tapquery',
        'sync=true',
        `tapurl=${url}`,
        `adql=${seedQuery}`,
        'ofmt=csv',
      ]);
      const rows = csv.trim().split('\n').slice(1);
      const inBucket = rows.filter((row) => row.includes('s3://stpubdata/tess/public/ffi/s0012/'));
      return rows.length === 1289 && inBucket.length === 1289
        ? null
        : `${String(rows.length)} rows`;
    }),
    check('tapquery shows the text of an error', () => {
      const run = spawnSync('stilts', [
        'tapquery',
        'sync=true',
        `tapurl=${url}`,
        'adql=SELECT obs_idd FROM ivoa.obscore',
      ]);
      return run.stderr.toString().includes('obs_id') ? null : run.stderr.toString();
    }),
    check('votlint finds no fault in an answer with every column', () => {
      const query = encodeURIComponent('SELECT TOP 100 * FROM ivoa.obscore');
      const report = stilts(['votlint', `votable=${url}/sync?LANG=ADQL&QUERY=${query}`]);
      return report.trim() === '' ? null : report;
    }),
  ];
}

/** `judge` returns null when all is well, else what it saw. */
function check(name: string, judge: () => string | null): string {
  const problem = judge();
  return problem === null
    ? `ok stilts: ${name}`
    : `not ok stilts: ${name}: ${problem.replaceAll('\n', ' | ').slice(0, 500)}`;
}

function stilts(parameters: readonly string[]): string {
  const run = spawnSync('stilts', parameters, { maxBuffer: 64 * 1024 * 1024 });
  if (run.error !== undefined) throw run.error;
  return run.stdout.toString() + (run.status === 0 ? '' : run.stderr.toString());
}
