import type pg from 'pg';
import type { SqlStatement } from '../../adql/index.ts';
import { queryConfig } from './query-config.ts';

/** A node of `EXPLAIN (FORMAT JSON)`, as far as it is read here. */
interface Plan {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Relation Name'?: string;
  readonly 'Total Cost': number;
  readonly Plans?: readonly Plan[];
}

interface ExplainedRow {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: Plan }];
}

/** In the planner's unit, about one page read: below it even a wrong plan does no harm. */
const harmless = 500;

/** Milliseconds: a plan that takes longer to make is not worth a connection that others wait for. */
const patience = 1000;

/**
 * Whether PostgreSQL's plan for unknown values is good for any: it is the plan that it makes for these
 * values too, reads no table from end to end, and does not count on a LIMIT that ends it early (which a
 * rare value would not).
 */
export async function isPlanForAll(
  client: pg.ClientBase,
  statement: SqlStatement,
): Promise<boolean> {
  await client.query(`BEGIN; SET LOCAL statement_timeout = ${String(patience)}`);
  try {
    const special = await specialPlan(client, statement);
    const general = await generalPlan(client, statement);
    if (shapeOf(general) !== shapeOf(special)) return false;
    return !isRisky(isSearchOfSky(general, special) ? special : general);
  } finally {
    await client.query('ROLLBACK; DEALLOCATE ALL');
  }
}

/**
 * Of a search by GiST PostgreSQL expects the same whatever the values are: one plan is as good as many, and
 * only the LIMIT, of which the plan for unknown values expects a tenth, makes its costs look different.
 */
function isSearchOfSky(general: Plan, special: Plan): boolean {
  const [own, ...others] = general.Plans ?? [];
  const [same] = special.Plans ?? [];
  const isBoth = general['Node Type'] === 'Limit' && others.length === 0;
  return (
    isBoth && own?.['Node Type'] === 'Index Scan' && own['Total Cost'] === same?.['Total Cost']
  );
}

/** In a transaction of the caller's. EXPLAIN EXECUTE asks for values, which the general plan does not look at. */
async function generalPlan(client: pg.ClientBase, { text, types }: SqlStatement): Promise<Plan> {
  const parameters = types.length === 0 ? '' : `(${types.join(', ')})`;
  const nulls = types.length === 0 ? '' : `(${types.map(() => 'NULL').join(', ')})`;
  await client.query('SET LOCAL plan_cache_mode = force_generic_plan');
  await client.query(`PREPARE examined ${parameters} AS ${text}`);
  const { rows } = await client.query<ExplainedRow>(
    `EXPLAIN (FORMAT JSON) EXECUTE examined ${nulls}`,
  );
  return planOf(rows);
}

async function specialPlan(client: pg.ClientBase, statement: SqlStatement): Promise<Plan> {
  const text = `EXPLAIN (FORMAT JSON) ${statement.text}`;
  const { rows } = await client.query<ExplainedRow>(queryConfig({ ...statement, text }));
  return planOf(rows);
}

function planOf([row]: readonly ExplainedRow[]): Plan {
  if (row === undefined) throw new RangeError('EXPLAIN has no answer');
  return row['QUERY PLAN'][0].Plan;
}

function isRisky(plan: Plan): boolean {
  const { Plans: inputs = [] } = plan;
  const cost = plan['Total Cost'];
  const isLarge = (node: Plan): boolean => node['Total Cost'] > harmless;
  const readsAll = plan['Node Type'] === 'Seq Scan' && isLarge(plan);
  const stopsEarly =
    plan['Node Type'] === 'Limit' &&
    inputs.some((input) => isLarge(input) && cost < input['Total Cost'] / 2);
  return readsAll || stopsEarly || inputs.some(isRisky);
}

function shapeOf(plan: Plan): string {
  const own = [plan['Node Type'], plan['Index Name'] ?? '', plan['Relation Name'] ?? ''].join();
  return `${own}(${(plan.Plans ?? []).map(shapeOf).join(';')})`;
}
