import { join } from 'node:path';
import { collectionFolder } from './collection.ts';
import { LoadError } from './load-error.ts';
import { readCsv } from './read-csv.ts';

/** The time stamps of one sector, or of the part of it that one spacecraft configuration covers. */
interface Run {
  readonly sector: string;
  /** Spacecraft configuration number, four digits. */
  readonly scid: string;
  /** UTC of the first exposure, `YYYYDDDHHMMSS`. */
  readonly first: string;
  /** Seconds from stamp to stamp, run-length encoded: `1800x633 100800 1800x306`. */
  readonly steps: string;
}

/** Images that never came: a CCD and its first and last missing stamp. */
interface Gap {
  readonly sector: string;
  readonly detector: string;
  readonly first: string;
  readonly last: string;
}

/** From these facts follow the names of all calibrated full-frame images of sectors 1 to 68. */
export interface TessFacts {
  readonly runs: readonly Run[];
  readonly gaps: readonly Gap[];
}

export async function readTessFacts(): Promise<TessFacts> {
  const folder = collectionFolder('tess-ffi');
  const runs = await readCsv(join(folder, 'timestamps.csv'));
  const gaps = await readCsv(join(folder, 'missing.csv'));
  return {
    runs: runs.rows.map(([sector = '', scid = '', first = '', steps = '']) => ({
      sector,
      scid,
      first,
      steps,
    })),
    gaps: gaps.rows.map(([sector = '', camera = '', ccd = '', first = '', last = '']) => ({
      sector,
      detector: `${camera}-${ccd}`,
      first,
      last,
    })),
  };
}

/** `1-68`, `12` or `1,5-7` as four-digit sector numbers; a LoadError for what the facts do not cover. */
export function readSectors(text: string, facts: TessFacts): readonly string[] {
  const known = new Set(facts.runs.map(({ sector }) => sector));
  const sectors = text.split(',').flatMap((range) => {
    const [, from, to = from] = /^\s*(\d{1,4})(?:-(\d{1,4}))?\s*$/.exec(range) ?? [];
    const numbers = sequence(Number(from), Number(to)).map((n) => String(n).padStart(4, '0'));
    if (numbers.length === 0 || numbers.some((sector) => !known.has(sector))) {
      throw new LoadError(
        `Sectors "${text}": write numbers from 1 to ${String(known.size)}, as in 1,5-7.`,
      );
    }
    return numbers;
  });
  return [...new Set(sectors)].sort();
}

/**
 * The manifest of some sectors as `aws s3 ls --recursive` would print it, in the order of the keys, in
 * pieces of a few kilobytes. Date and size are made up: they are the same for every object.
 */
export function* tessManifest(facts: TessFacts, sectors: readonly string[]): Generator<string> {
  for (const sector of sectors) {
    const gaps = facts.gaps.filter((gap) => gap.sector === sector);
    for (const images of imagesByDay(facts, sector)) {
      for (const detector of detectors) yield detectorLines({ sector, detector, images, gaps });
    }
  }
}

const detectors = ['1', '2', '3', '4'].flatMap((camera) =>
  ['1', '2', '3', '4'].map((ccd) => `${camera}-${ccd}`),
);

/** Calibrated images are all but always of 35,553,600 bytes. */
const lineHead = '2021-02-01 00:00:00   35553600 tess/public/ffi/';

/** One moment at which all CCDs took an image. */
interface Image {
  readonly stamp: string;
  readonly scid: string;
}

function detectorLines(folder: {
  readonly sector: string;
  readonly detector: string;
  readonly images: readonly Image[];
  readonly gaps: readonly Gap[];
}): string {
  const { sector, detector, images } = folder;
  const gaps = folder.gaps.filter((gap) => gap.detector === detector);
  const day = images[0]?.stamp.slice(0, 7) ?? '';
  const path = `${lineHead}s${sector}/${day.slice(0, 4)}/${day.slice(4)}/${detector}/tess`;
  let lines = '';
  for (const { stamp, scid } of images) {
    if (gaps.some(({ first, last }) => first <= stamp && stamp <= last)) continue;
    lines += `${path}${stamp}-s${sector}-${detector}-${scid}-s_ffic.fits\n`;
  }
  return lines;
}

/** The folders of a sector are days, so the keys of one day stand together. */
function imagesByDay(facts: TessFacts, sector: string): readonly (readonly Image[])[] {
  const days = new Map<string, Image[]>();
  for (const run of facts.runs.filter((one) => one.sector === sector)) {
    for (const stamp of stampsOf(run)) {
      const day = stamp.slice(0, 7);
      const images = days.get(day) ?? [];
      days.set(day, images);
      images.push({ stamp, scid: run.scid });
    }
  }
  return [...days.values()];
}

function* stampsOf({ first, steps }: Run): Generator<string> {
  let time = secondsOf(first);
  yield first;
  for (const step of steps.split(' ')) {
    const [seconds = '', times = '1'] = step.split('x');
    for (let n = 0; n < Number(times); n += 1) {
      time += Number(seconds);
      yield stampOf(time);
    }
  }
}

/** Seconds since 1970 of `YYYYDDDHHMMSS`. */
function secondsOf(stamp: string): number {
  const [year, day, hour, minute, second] = [
    [0, 4],
    [4, 7],
    [7, 9],
    [9, 11],
    [11, 13],
  ].map(([from, to]) => Number(stamp.slice(from, to)));
  return Date.UTC(year ?? 0, 0, day, hour, minute, second) / 1000;
}

function stampOf(seconds: number): string {
  const date = new Date(seconds * 1000);
  const newYear = Date.UTC(date.getUTCFullYear(), 0, 1) / 1000;
  const day = Math.floor((seconds - newYear) / 86_400) + 1;
  const clock = date.toISOString().slice(11, 19).replaceAll(':', '');
  return `${String(date.getUTCFullYear())}${String(day).padStart(3, '0')}${clock}`;
}

/** `from` to `to`, both included; nothing when either is no number. */
function sequence(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) || 0 }, (_, index) => from + index);
}
