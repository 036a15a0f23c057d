import { open } from 'node:fs/promises';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Owner } from '../database/database.ts';
import { codeOf } from '../database/error-fields.ts';
import { openCollection } from '../load/collection.ts';
import { LoadError } from '../load/load-error.ts';
import {
  type LoadCounts,
  loadManifest,
  type LoadProgress,
  type OnProgress,
} from '../load/load-manifest.ts';
import type { Oddities } from '../load/manifest.ts';
import { readSectors, readTessFacts, tessManifest } from '../load/tess-manifest.ts';

export interface LoadManifestCommand {
  /** A path, or `-` for what comes in on `input`. */
  readonly file: string;
  /** A collection of the project by name, or the path of an operator's own `.json` file. */
  readonly collection: string;
  readonly owner: Owner;
  readonly input: Readable;
  /** Told progress and the counts at the end, whole lines. */
  readonly report: (line: string) => void;
}

/** `cloudtap load manifest FILE|- --collection NAME`. Throws a LoadError worded for the operator. */
export async function runLoadManifest(command: LoadManifestCommand): Promise<LoadCounts> {
  const collection = await openCollection(command.collection);
  const manifest = await openManifest(command);
  const onProgress = reportProgress(command.report);
  const counts = await loadManifest(command.owner, { manifest, collection }, onProgress);
  for (const line of describeCounts(counts)) command.report(line);
  return counts;
}

export interface TessManifestCommand {
  /** `1-68`, `12` or `1,5-7`. */
  readonly sectors: string;
  readonly output: Writable;
}

/** `cloudtap tess-manifest --sectors 12`. A reader that has enough (`| head`) is no fault. */
export async function runTessManifest({ sectors, output }: TessManifestCommand): Promise<void> {
  const facts = await readTessFacts();
  const lines = Readable.from(tessManifest(facts, readSectors(sectors, facts)));
  try {
    await pipeline(lines, output);
  } catch (error) {
    if (codeOf(error) !== 'EPIPE') throw error;
  }
}

/** Large pieces: at the default of 64 kB reading a file costs more than matching its lines. */
const readSize = 262_144;

async function openManifest({ file, input }: LoadManifestCommand): Promise<Readable> {
  if (file === '-') return input;
  try {
    return (await open(file)).createReadStream({ highWaterMark: readSize });
  } catch (cause) {
    throw new LoadError(`The manifest ${file} cannot be read.`, { cause });
  }
}

/** Milliseconds from one line about reading to the next. */
const reportEvery = 2000;

function reportProgress(report: (line: string) => void): OnProgress {
  let lastReport = Date.now();
  return (progress) => {
    const isDue = Date.now() - lastReport >= reportEvery;
    if (progress.step === 'reading' && !isDue) return;
    lastReport = Date.now();
    report(describeProgress(progress));
  };
}

function describeProgress(progress: LoadProgress): string {
  switch (progress.step) {
    case 'reading':
      return `reading: ${count(progress.read)} lines, ${count(progress.matched)} of the collection`;
    case 'comparing':
      return 'comparing with the catalogue';
    case 'storing':
      return `storing ${count(progress.rows)} rows`;
  }
}

function describeCounts(counts: LoadCounts): readonly string[] {
  const { read, matched, loaded, unchanged, repeated } = counts;
  return [
    `read ${count(read)}, matched ${count(matched)}, loaded ${count(loaded)}, unchanged ${count(unchanged)}`,
    ...(repeated === 0 ? [] : [`repeated ${count(repeated)}: the last line of a key holds`]),
    ...describeOddities('not matched', counts.notMatched),
    ...describeOddities('malformed', counts.malformed),
  ];
}

function describeOddities(name: string, oddities: Oddities): readonly string[] {
  if (oddities.count === 0) return [];
  return [
    `${name} ${count(oddities.count)}, for example`,
    ...oddities.examples.map((example) => `  ${example}`),
  ];
}

function count(number: number): string {
  return number.toLocaleString('en-GB');
}
