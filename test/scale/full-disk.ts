import { spawnSync } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type StartedService, startedService } from '../clients/started-service.ts';
import { endOf, get, post } from './talk.ts';

/** What came of a job whose result does not fit on the disk. */
export interface FullDisk {
  readonly phase: string;
  /** Its errorSummary. */
  readonly message: string;
  /** Files that are left. */
  readonly left: readonly string[];
  /** How a small job fares afterwards. */
  readonly next: string;
}

/** Null where no disk of 2 MB can be made: that takes root, on Linux. */
export async function onFullDisk(
  folder: string,
  settings: Readonly<Record<string, string>>,
): Promise<FullDisk | null> {
  const disk = join(folder, 'small-disk');
  await mkdir(disk);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk]);
  if (mounted.status !== 0) return null;
  try {
    const service = await startedService({ ...settings, RESULTS_DIR: disk });
    return await tooLargeJob(service, disk).finally(() => service.stop());
  } finally {
    spawnSync('umount', [disk]);
  }
}

async function tooLargeJob({ url }: StartedService, disk: string): Promise<FullDisk> {
  const all = await post(`${url}/async`, query('SELECT * FROM ivoa.obscore'));
  const phase = await endOf(all.location);
  const { body } = await get(all.location);
  const message = /<uws:message>([^<]*)/.exec(body)?.[1] ?? '';
  const left = await readdir(disk);
  const small = await post(`${url}/async`, query('SELECT TOP 1 obs_id FROM ivoa.obscore'));
  return { phase, message, left, next: await endOf(small.location) };
}

function query(QUERY: string): Readonly<Record<string, string>> {
  return { LANG: 'ADQL', PHASE: 'RUN', QUERY };
}
