/**
 * `npm run bench:translate`: what a query costs before PostgreSQL hears of it. Three short queries, each
 * translated anew and taken from the cache, with the gate, which knows the statement in both cases; then
 * queries of one shape in sizes n, 2n and 4n, translated and gated for the first time. Linear is 4.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AdqlError,
  type Catalog,
  explain,
  translate,
  type TranslateOptions,
} from '../adql/index.ts';
import { startEmbedded } from '../src/database/embedded/start-embedded.ts';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { gateStatement } from '../src/database/statement-gate.ts';
import { cachedTranslate, type Translate } from '../src/tap/translation-cache.ts';
import { loadCatalog } from '../src/tap-schema/load-catalog.ts';
import { list, nest, select, where } from '../test/adql/hostile-query.ts';
import { interleaved, median } from './measure.ts';

const rounds = 5000;
const repetitions = 7;

const shortQueries = {
  'the seed': `SELECT access_url, cloud_access, cloud_uri FROM ivoa.obscore WHERE obs_collection='TESS' AND dataproduct_type='image' AND obs_id LIKE 'tess%-s0012-3-4%'`,
  'a cone': `SELECT obs_id, access_url FROM ivoa.obscore WHERE 1=CONTAINS(POINT('ICRS', s_ra, s_dec), CIRCLE('ICRS', 83.63, 22.01, 0.1)) AND t_min > 58000`,
  'an error': `SELECT obs_id, access_url, em_mn FROM ivoa.obscore WHERE obs_collection='TESS' AND dataproduct_type='image' AND t_min > 58000`,
};

type Shape = (size: number) => string;

/** Each with its n. */
const shapes: Readonly<Record<string, readonly [number, Shape]>> = {
  'a IN (1, 2, ...)': [40_000, (size) => where(`s_xel1 IN (${list(size, String)})`)],
  "a NOT IN ('x1', ...)": [
    25_000,
    (size) => where(`obs_id NOT IN (${list(size, (i) => `'x${String(i)}'`)})`),
  ],
  'a = 1 OR a = 2 ...': [1500, (size) => where(list(size, (i) => `s_ra = ${String(i)}`, ' OR '))],
  'CASE WHEN a = 1 ...': [
    1000,
    (size) => select(`CASE ${list(size, (i) => `WHEN s_ra = ${String(i)} THEN 1`, ' ')} END`),
  ],
  'cones with OR': [
    400,
    (size) => where(list(size, () => '1 = CONTAINS(POINT(s_ra, s_dec), CIRCLE(1, 2, 3))', ' OR ')),
  ],
  'a, a, ...': [400, (size) => `SELECT ${list(size, () => 's_ra')} FROM ivoa.obscore`],
  'a + a + ...': [120, (size) => select(list(size, () => 's_ra', ' + '))],
  '... UNION ...': [45, (size) => list(size, () => 'SELECT s_ra FROM ivoa.obscore', ' UNION ')],
  'a = (SELECT ... a = (...))': [
    24,
    (size) => select(nest(size, ['(SELECT MAX(s_ra) + ', '1', ' FROM ivoa.obscore)'])),
  ],
  'a IN (SELECT ... a IN ...)': [
    45,
    (size) => where(nest(size, ['s_ra IN (SELECT s_ra FROM ivoa.obscore WHERE ', '1 = 1', ')'])),
  ],
};

const options: TranslateOptions = {
  catalog: await realCatalogue(),
  language: 'ADQL-2.1',
  rowLimit: 1_000_001,
};

await printShortQueries();
printShapes();

async function printShortQueries(): Promise<void> {
  process.stdout.write(
    '| query | characters | anew: median us | p99 us | cached: median us | p99 us |\n' +
      '| --- | --: | --: | --: | --: | --: |\n',
  );
  for (const [name, adql] of Object.entries(shortQueries)) {
    const cached = cachedTranslate(100);
    const times = await interleaved(rounds, {
      anew: () => answer(translate, adql),
      cached: () => answer(cached, adql),
    });
    const cells = [times.anew, times.cached].flatMap((milliseconds) => [
      (median(milliseconds) * 1000).toFixed(1),
      (percentile99(milliseconds) * 1000).toFixed(0),
    ]);
    process.stdout.write(`| ${name} | ${String(adql.length)} | ${cells.join(' | ')} |\n`);
  }
}

/** All that stands between the text of a query and PostgreSQL, or the text of its error. */
function answer(toSql: Translate, adql: string): Promise<void> {
  try {
    const { statement, uses } = toSql(adql, options);
    gateStatement(statement, uses);
  } catch (error) {
    if (!(error instanceof AdqlError)) throw error;
    explain(error, adql);
  }
  return Promise.resolve();
}

function printShapes(): void {
  process.stdout.write(
    '\n| shape | n | translate n, 2n, 4n: ms | gate n, 2n, 4n: ms | 4n / n |\n' +
      '| --- | --: | --: | --: | --: |\n',
  );
  for (const [name, [size, shape]] of Object.entries(shapes)) {
    const costs = [size, 2 * size, 4 * size].map((length) => costOf(shape(length)));
    const [first, , last] = costs;
    const ratio = totalOf(last) / totalOf(first);
    const cells = [
      costs.map(({ translation }) => translation.toFixed(1)).join(', '),
      costs.map(({ gate }) => gate.toFixed(1)).join(', '),
      ratio.toFixed(1),
    ];
    process.stdout.write(`| ${name} | ${String(size)} | ${cells.join(' | ')} |\n`);
  }
}

interface Cost {
  readonly translation: number;
  readonly gate: number;
}

function totalOf(cost: Cost | undefined): number {
  return cost === undefined ? Number.NaN : cost.translation + cost.gate;
}

/** Milliseconds of processor time, the median of a few; the gate sees a text of its own each time. */
function costOf(adql: string): Cost {
  const translations: number[] = [];
  const gates: number[] = [];
  for (let index = 0; index < repetitions; index += 1) {
    let began = process.cpuUsage();
    const { statement, uses } = translate(adql, options);
    translations.push(process.cpuUsage(began).user / 1000);
    const text = `${statement.text}${' '.repeat(index)}`;
    began = process.cpuUsage();
    gateStatement({ ...statement, text }, uses);
    gates.push(process.cpuUsage(began).user / 1000);
  }
  return { translation: median(translations), gate: median(gates) };
}

function percentile99(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN;
}

/** With all columns and indexes that a new database has. */
async function realCatalogue(): Promise<Catalog> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'cloudtap-bench-'));
  const server = await startEmbedded({ dataDirectory, log: () => undefined });
  try {
    const database = await openDatabase({ owner: server.connection });
    await migrate(database.owner);
    const catalog = await loadCatalog(database.owner);
    await database.end();
    return catalog;
  } finally {
    await server.stop();
    await rm(dataDirectory, { recursive: true });
  }
}
