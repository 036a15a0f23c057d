/**
 * `npm run bench:wire`: long answers in every format, sync and async, and the rate of small queries,
 * over HTTP. Against them in the same run: the floor (the same SELECT read from PostgreSQL's socket by
 * one process that drops the bytes; in the wire formats that the format asks for), psql, and pg's own
 * pool. Service, database and benchmark share the machine.
 *
 * All of it takes some 20 minutes. A part: `npm run bench:wire -- --rows 1000000 --columns 10
 * --only votable,csv --rounds 3`, or `--only rates`. Needs the full catalogue of `npm run bench` in
 * `.data/bench-full` (or `--folder`). Writes `bench/results/wire.md` and `wire.svg`; a part only prints.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot } from '../src/package-root.ts';
import { barChart } from './bar-chart.ts';
import { allSelections, type AnswerChoice, isSelection, measureAnswers } from './wire-answers.ts';
import { measureRates } from './wire-rates.ts';
import { answerLine, barsOf, reportOf, type WireResults } from './wire-report.ts';
import { startSetting } from './wire-setting.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string' },
    columns: { type: 'string' },
    only: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    folder: { type: 'string', default: join(packageRoot(), '.data', 'bench-full') },
  },
});
const { rows, columns, only } = values;
const isWhole = rows === undefined && columns === undefined && only === undefined;
const parts = only?.split(',') ?? null;

const setting = await startSetting(values.folder);
try {
  const rates = parts === null || parts.includes('rates') ? await measureRates(setting) : [];
  const nothing = { answers: [], floors: [], psql: [] };
  const measured =
    parts?.join() === 'rates'
      ? nothing
      : await measureAnswers(setting, choice(), (answer) => {
          process.stdout.write(`${answerLine(answer)}\n`);
        });
  const results = { rates, ...measured };
  process.stdout.write(`\n${reportOf(results)}`);
  if (isWhole) await writeResults(results);
} finally {
  await setting.stop();
}

function choice(): AnswerChoice {
  const named = columns === undefined ? null : `${columns} columns`;
  return {
    rowCounts: rows?.split(',').map(Number) ?? [100_000, 1_000_000],
    selections: named !== null && isSelection(named) ? [named] : allSelections,
    formats: parts,
    rounds: Number(values.rounds),
  };
}

async function writeResults(results: WireResults): Promise<void> {
  const folder = join(packageRoot(), 'bench', 'results');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'wire.md'), reportOf(results));
  const chart = barChart('time of an answer / floor (line: what was asked)', barsOf(results));
  await writeFile(join(folder, 'wire.svg'), chart);
}
