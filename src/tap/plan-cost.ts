import type { SqlStatement } from '../../adql/index.ts';
import type { ReadOptions, ReadRows } from '../row-batch.ts';
import { ServiceError } from '../service-error.ts';

/** What PostgreSQL's planner expects of a statement. */
export interface PlanCost {
  /** In the planner's unit: about one page read. */
  readonly cost: number;
  readonly rows: number;
}

/** The planner's opinion, as the reader; nothing is run. @throws whatever readRows throws */
export async function planCost(
  statement: SqlStatement,
  readRows: ReadRows,
  options: Omit<ReadOptions, 'wireFormats'>,
): Promise<PlanCost> {
  const explained = { ...statement, text: `EXPLAIN (FORMAT JSON) ${statement.text}` };
  for await (const { bytes } of readRows(explained, { ...options, wireFormats: ['text'] })) {
    const [{ Plan: plan }] = planIn(bytes);
    return { cost: plan['Total Cost'], rows: plan['Plan Rows'] };
  }
  return { cost: 0, rows: 0 };
}

/** The part of PostgreSQL's plan that is read here. */
type Plans = readonly [
  { readonly Plan: { readonly 'Total Cost': number; readonly 'Plan Rows': number } },
];

/** A row's bytes before its first value: `D`, the two lengths and the number of columns. */
const rowHead = 1 + 4 + 2 + 4;

/** EXPLAIN answers with one row of one column. */
function planIn(row: Buffer): Plans {
  return JSON.parse(row.subarray(rowHead).toString()) as Plans;
}

/** @throws ServiceError 'too-costly' with the figures and the way out */
export async function refuseCostly(
  statement: SqlStatement,
  options: ReadOptions,
  { readRows, costLimit }: { readonly readRows: ReadRows; readonly costLimit: number | null },
): Promise<void> {
  const { cost, rows } = await planCost(statement, readRows, options);
  if (costLimit === null || cost <= costLimit) return;
  throw new ServiceError(
    'too-costly',
    `The database expects this query to cost ${inWords(cost)} units of work (${inWords(rows)} ${rows === 1 ? 'row' : 'rows'}); ` +
      `synchronous queries may cost ${inWords(costLimit)} here. Send it as an asynchronous job: the same ` +
      'parameters and PHASE=RUN to /async (in pyvo run_async, in TOPCAT mode asynchronous). ' +
      'Or ask for less: a smaller region of the sky, fewer joins, or indexed columns.',
  );
}

function inWords(number: number): string {
  return Math.round(number).toLocaleString('en');
}
