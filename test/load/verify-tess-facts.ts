/**
 * Compares the facts of schema/collections/tess-ffi with the real lists, key by key. By hand, where
 * those lie: `npx tsx test/load/verify-tess-facts.ts ../shared/tess`
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readSectors, readTessFacts, tessManifest } from '../../src/load/tess-manifest.ts';

const folder = process.argv[2] ?? '../shared/tess';
const detectors = ['1', '2', '3', '4'].flatMap((a) => ['1', '2', '3', '4'].map((b) => `${a}-${b}`));

async function readRows(file: string): Promise<readonly (readonly string[])[]> {
  const text = gunzipSync(await readFile(join(folder, file))).toString();
  return text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
}

/** Rebuilds the keys of one time stamp from its row: sector, time, scid, number, missing CCDs. */
function keysOf([sector = '', time = '', scid = '', , missing = '']: readonly string[]): string[] {
  const s = sector.padStart(4, '0');
  return detectors
    .filter((detector) => !missing.split(' ').includes(detector))
    .map(
      (detector) =>
        `tess/public/ffi/s${s}/${time.slice(0, 4)}/${time.slice(4, 7)}/${detector}/` +
        `tess${time}-s${s}-${detector}-${scid}-s_ffic.fits`,
    );
}

async function verify(): Promise<void> {
  const facts = await readTessFacts();
  const rows = await readRows('tess-ffi-timestamps.csv.gz');
  const listed = (await readRows('tess-s0012-spoc-ffi-catalog.csv.gz')).map(
    ([path = '']) => `tess/public/${path}`,
  );
  let count = 0;
  for (const sector of readSectors('1-68', facts)) {
    const real = rows
      .filter(([name]) => Number(name) === Number(sector))
      .flatMap(keysOf)
      .sort();
    const made = [...tessManifest(facts, [sector])].join('').trimEnd().split('\n');
    const keys = made.map((line) => line.slice(31));
    const isRight = keys.length === real.length && keys.every((key, n) => key === real[n]);
    if (!isRight) throw new Error(`sector ${sector} differs`);
    if (sector === '0012' && keys.join() !== listed.sort().join()) {
      throw new Error('sector 12 differs from its catalogue');
    }
    count += keys.length;
  }
  process.stdout.write(`${String(count)} keys, no difference\n`);
}

await verify();
