/**
 * `npm run bench:sky`: questions about the sky to cloudtap, as translated and on the service's own reader,
 * against pgSphere and q3c on the same rows of the same server (Debian's PostgreSQL 15, started here when
 * its packages postgresql-15-pgsphere and postgresql-15-q3c are installed), and against the floor: the
 * fetch of the same rows by their key. Once with all TESS images (1088 footprints) and once with a million
 * small footprints that are all different. Answers are compared row by row too.
 * The data are made at the first run and kept in `.data/bench-sky-15` (or in `.data/bench-sky` of the
 * embedded PostgreSQL). `-- --only cone` asks only what has that in its name, `--content small` only that
 * catalogue, `--places 3` at fewer places. Writes bench/results/sky.md when everything was asked.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from '../adql/index.ts';
import { type EmbeddedServer, startEmbedded } from '../src/database/embedded/start-embedded.ts';
import { packageRoot } from '../src/package-root.ts';
import { destination, type Position } from '../test/sky/reference.ts';
import { compareAnswers, type Difference, farthestDistance } from './sky-answers.ts';
import {
  type Asked,
  type Context,
  candidatesFor,
  countRows,
  openReaders,
} from './sky-candidates.ts';
import { openCatalogue, type SkyCatalogue } from './sky-catalogue.ts';
import type { Content } from './sky-content.ts';
import { type Question, questions } from './sky-questions.ts';
import { reportOf } from './sky-report.ts';
import { startDebian } from './sky-server.ts';
import { dropTargets } from './sky-targets.ts';
import type { Measured, Timing } from './sky-timing.ts';

/** For each of ten places, after one that does not count. */
const rounds = 6;
/** Rounds before those of the first place: by then PostgreSQL keeps the plans of quick questions. */
const settling = 20;
/** Milliseconds; whoever takes longer needs no settling. */
const quick = 50;
/** A cross-match has one place only. */
const matchRounds = 20;
/** Milliseconds; whoever takes longer at first is asked once more for each place, not `rounds` times. */
const patience = 500;
const columns = 'o.obs_id, o.cloud_uri';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    content: { type: 'string', default: 'tess,small' },
    server: { type: 'string', default: 'debian' },
    places: { type: 'string', default: '10' },
    'skip-answers': { type: 'boolean', default: false },
  },
});
const contents = (['tess', 'small'] as const).filter((name) =>
  options.content.split(',').includes(name),
);
const debian = options.server === 'debian' ? await startDebian(dataFolder('bench-sky-15')) : null;
const server =
  debian ?? (await startEmbedded({ dataDirectory: dataFolder('bench-sky'), log: () => undefined }));
const measured: Measured[] = [];
const differences: Difference[] = [];
const distances: number[] = [];
try {
  for (const content of contents) await ask(content, server);
} finally {
  await server.stop();
}
const report = reportOf({ hasPeers: debian !== null, measured, differences, distances });
process.stdout.write(report);
if (options.only === '' && contents.length === 2) {
  await mkdir(join(packageRoot(), 'bench', 'results'), { recursive: true });
  await writeFile(join(packageRoot(), 'bench', 'results', 'sky.md'), report);
}

function dataFolder(name: string): string {
  return join(packageRoot(), '.data', name);
}

async function ask(content: Content, { connection }: EmbeddedServer): Promise<void> {
  const hasPeers = debian !== null;
  const place = { content, server: connection, name: content, hasPeers };
  const catalogue = await openCatalogue(place);
  const readers = openReaders(catalogue);
  const context = { catalogue, readers, hasPeers };
  try {
    const asked = questions.filter(
      ({ contents: own, name }) => own.includes(content) && name.includes(options.only),
    );
    for (const question of asked) await measure(question, context);
    if (hasPeers) distances.push(await farthestDistance(catalogue));
  } finally {
    await readers.end();
    await dropTargets(catalogue.database.owner);
    await catalogue.database.end();
  }
}

async function measure(question: Question, context: Context): Promise<void> {
  const { catalogue } = context;
  const timings: Timing[] = [];
  for (const [number, at] of (await placesFor(question, catalogue)).entries()) {
    const candidates = await candidatesFor(question, at, context);
    if (!options['skip-answers']) {
      differences.push(...(await compareAnswers({ question, at, candidates }, catalogue)));
    }
    let asked: readonly Candidate[] = [...candidates].map(([name, of]) => ({
      name,
      asked: of(columns),
    }));
    await settle(asked, number === 0 ? settling : 1);
    const last = question.kind === 'match' ? matchRounds : rounds;
    for (let round = 1; round <= last; round += 1) {
      const timed = await timeEach(turned(asked, round), `${at.join()} ${String(round)}`);
      timings.push(...timed);
      asked = quickerThan(patience, asked, timed);
    }
  }
  const { content } = catalogue;
  measured.push({ content, question, timings });
  process.stderr.write(`${content}: ${question.name}\n`);
}

interface Candidate {
  readonly name: Timing['name'];
  readonly asked: Asked;
}

/** Rounds that do not count: they fill caches. */
async function settle(candidates: readonly Candidate[], times: number): Promise<void> {
  let asked = candidates;
  for (let round = 0; round < times; round += 1) {
    asked = quickerThan(quick, asked, await timeEach(turned(asked, round), ''));
  }
}

/**
 * Another one begins each time, and they go round in either direction: who comes behind another finds
 * its rows in caches near the processor, or everything driven out of them.
 */
function turned(candidates: readonly Candidate[], by: number): readonly Candidate[] {
  const first = by % Math.max(candidates.length, 1);
  const round = [...candidates.slice(first), ...candidates.slice(0, first)];
  return by % 2 === 0 ? round : round.toReversed();
}

function quickerThan(
  limit: number,
  candidates: readonly Candidate[],
  timed: readonly Timing[],
): readonly Candidate[] {
  return candidates.filter(({ name }) =>
    timed.some((one) => one.name === name && one.milliseconds <= limit),
  );
}

/** Everyone once, side by side. */
async function timeEach(candidates: readonly Candidate[], run: string): Promise<readonly Timing[]> {
  const timings: Timing[] = [];
  for (const { name, asked } of candidates) {
    const began = performance.now();
    const rows = await countRows(asked);
    timings.push({ name, rows, milliseconds: performance.now() - began, run });
  }
  return timings;
}

/** Beside rows of the catalogue, so that something is found. */
async function placesFor(
  { places }: Question,
  { database }: SkyCatalogue,
): Promise<readonly Position[]> {
  if (places === 1) return [[0, 0]];
  const count = Math.min(places, Number(options.places));
  const rows = await database.owner.query<{ readonly ra: number; readonly dec: number }>(
    sql`SELECT DISTINCT s_ra AS ra, s_dec AS dec FROM ivoa.obscore
      WHERE hashtext(obs_publisher_did) BETWEEN 0 AND 100000 ORDER BY ra, dec`,
  );
  const step = Math.floor(rows.length / count);
  return Array.from({ length: count }, (_, i) => rows[i * step])
    .filter((row) => row !== undefined)
    .map(({ ra, dec }) => destination([ra, dec], 30, 0.0001));
}
